import type { Corpus } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { titleWords } from './match/titles.ts';
import type { RankedHit } from './rerank/rerank.ts';

/** The first papers of a ranking among which one whose title is the query is looked for: it has all words of the query. */
export const TITLED_AMONG = 10;
/** A title is written with other spaces and punctuation marks at most so much longer or shorter, as a share. */
const MAX_DIFFERENCE = 0.25;

/**
 * Puts papers whose titles are the query first, in the order they have; scores stay as they are. Titles and queries are
 * compared by their folded words, stop words included. A longer text by other words may have a slightly higher score, but
 * who writes a whole title wants that paper.
 * @param hits best first: the beginning of a ranking.
 */
export function titledFirst(
  hits: readonly RankedHit[],
  { text, parsed }: Pick<EncodedQuery, 'text' | 'parsed'>,
  { paperAt }: Pick<Corpus, 'paperAt'>,
): readonly RankedHit[] {
  // As it was written, and without the filler phrases and years that a title may contain too.
  const texts = [parsed.text, text];
  const asked = new Set(texts.map(titleWords).filter((words) => words !== ' '));
  const isTitled = ({ doc }: RankedHit) => {
    const { title } = paperAt(doc);
    // Most titles are much longer than a query: their words need not be compared.
    const isLikely = texts.some(
      ({ length }) => Math.abs(title.length - length) <= 5 + MAX_DIFFERENCE * length,
    );
    return isLikely && asked.has(titleWords(title));
  };
  const titled = hits.slice(0, TITLED_AMONG).filter(isTitled);
  if (titled.length === 0 || titled.at(-1)!.rank === titled.length) return hits;
  const first = new Set(titled);
  return [
    ...titled.map((hit) => ({ ...hit, movedBy: 'title' as const })),
    ...hits.filter((hit) => !first.has(hit)),
  ].map((hit, i) => ({ ...hit, rank: i + 1 }));
}
