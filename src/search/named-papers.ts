/** The papers of the people that a query names. */
export interface NamedPapers {
  /** One byte a paper; at least one is 1. */
  readonly papers: Uint8Array;
  /** Whether the query has other words too: "time sharing by Fernando Corbató". */
  readonly inSentence: boolean;
}
