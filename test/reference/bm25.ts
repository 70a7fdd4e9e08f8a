import type { Bm25Parameters } from '../../src/indexes/keyword/bm25/scoring.ts';
import type { QueryTerm } from '../../src/indexes/keyword/keyword-index.ts';
import type { Scored } from '../../src/indexes/scores.ts';
import type { TextField } from '../../src/papers/fields.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { analyze } from '../../src/text/analyzer.ts';

/** Larger counts are equal, as in the index. */
const MOST: Record<TextField, number> = { title: 15, abstract: 63, keywords: 7, authors: 3, venue: 1 };

/**
 * BM25F by its textbook definition, paper by paper and term by term, for comparison: slow, without precomputed values.
 * @returns the k best papers that match a term, best first, ties by position.
 */
export function referenceTop(
  papers: readonly Paper[],
  terms: readonly QueryTerm[],
  k: number,
  { k1, b, fieldWeights: v }: Bm25Parameters,
): Scored[] {
  const counted = papers.map((paper) => ({
    title: termsOf([paper.title]),
    abstract: termsOf([paper.abstract]),
    keywords: termsOf(paper.keywords),
    authors: termsOf(paper.authors),
    venue: termsOf([paper.venue ?? '']),
  }));
  const length = ({ title, abstract, keywords }: (typeof counted)[number]) =>
    v.title * title.length + v.abstract * abstract.length + v.keywords * keywords.length;
  const meanLength = counted.reduce((sum, paper) => sum + length(paper), 0) / counted.length || 1;
  const occurrences = (list: readonly Placed[], term: QueryTerm): number => {
    const { followedBy, anyOf } = term;
    if (anyOf) return Math.max(0, ...anyOf.map((one) => occurrences(list, { term: one, weight: 1 })));
    const joined = followedBy?.joined;
    return Math.max(
      side(list, term),
      joined === undefined ? 0 : occurrences(list, { term: joined, weight: 1 }),
    );
  };
  const side = (list: readonly Placed[], { term, followedBy }: QueryTerm) =>
    list.filter(
      (first) =>
        first.term === term &&
        (!followedBy ||
          list.some(
            (other) =>
              other.term === followedBy.term &&
              other.value === first.value &&
              other.position === first.position + followedBy.distance,
          )),
    ).length;
  const frequency = (fields: (typeof counted)[number], field: TextField, term: QueryTerm) =>
    Math.min(MOST[field], occurrences(fields[field], term));

  const matches = (fields: (typeof counted)[number], term: QueryTerm) =>
    Object.values(fields).some((list) => occurrences(list, term) > 0);
  const factor = (term: QueryTerm): number => {
    const { followedBy } = term;
    if (!followedBy) return 1;
    const has = (fields: (typeof counted)[number], one: string) => matches(fields, { term: one, weight: 1 });
    const either = counted.filter(
      (fields) =>
        (has(fields, term.term) && has(fields, followedBy.term)) ||
        (followedBy.joined !== undefined && has(fields, followedBy.joined)),
    ).length;
    return 1 - (counted.filter((fields) => matches(fields, term)).length + 1) / (either + 2);
  };

  const scored = counted.map((fields, doc) => {
    const relative = length(fields) / meanLength;
    const B = 1 - b + b * (fields.abstract.length === 0 ? Math.max(relative, 0.75) : relative);
    let score = 0;
    for (const term of terms) {
      const weight = term.weight * factor(term);
      const df = counted.filter((other) => matches(other, term)).length;
      const idf = Math.log(1 + (counted.length - df + 0.5) / (df + 0.5));
      const text =
        v.title * frequency(fields, 'title', term) +
        v.abstract * frequency(fields, 'abstract', term) +
        v.keywords * frequency(fields, 'keywords', term);
      const names =
        v.authors * frequency(fields, 'authors', term) + v.venue * frequency(fields, 'venue', term);
      // B is 0 for a document without text if b is 1; then no text matches.
      const x = (text === 0 ? 0 : text / B) + names;
      score += (weight * idf * (k1 + 1) * x) / (k1 + x);
    }
    return { doc, score };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((first, second) => second.score - first.score || first.doc - second.doc)
    .slice(0, k);
}

interface Placed {
  readonly term: string;
  readonly position: number;
  /** The values of a field that contain it. */
  readonly value: number;
}

function termsOf(values: readonly string[]): Placed[] {
  return values.flatMap((text, value) =>
    analyze(text).map(({ term, position }) => ({ term, position, value })),
  );
}
