/**
 * Inverse document frequency: ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it; never negative.
 * Robertson and Zaragoza (Foundations and Trends in IR, 2009), equation 3.3, with 1 added inside.
 * @param frequency n, documents with the term. @param documents N, all documents.
 */
export function inverseDocumentFrequency(frequency: number, documents: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}
