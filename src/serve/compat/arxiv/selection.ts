import type { Paper } from '../../../papers/paper.ts';
import type { OneSnapshot } from '../../../search/api.ts';
import { publishedInstant, UNKNOWN_INSTANT } from '../feeds/atom.ts';
import type { MinuteRange } from './date-range.ts';
import { asCondition, type Expression } from './expression.ts';

/**
 * The papers that fulfil an expression: one byte each, 1 for those that do.
 * @throws PaperSearchError BAD_REQUEST when the index cannot answer a part of it.
 */
export async function selectPapers(expression: Expression, snapshot: OneSnapshot): Promise<Uint8Array> {
  const condition = asCondition(expression);
  if (condition) return snapshot.select({ condition });
  switch (expression.kind) {
    case 'dates':
      return withinDates(expression, snapshot);
    case 'not':
      return (await selectPapers(expression.clause, snapshot)).map((bit) => 1 - bit);
    case 'and':
    case 'or': {
      const masks: Uint8Array[] = [];
      for (const clause of expression.clauses) masks.push(await selectPapers(clause, snapshot));
      const [first, ...others] = masks;
      const isAnd = expression.kind === 'and';
      return first!.map((bit, doc) =>
        others.reduce((held, mask) => (isAnd ? held & mask[doc]! : held | mask[doc]!), bit),
      );
    }
    default:
      return (await snapshot.select({})).fill(0);
  }
}

/** The papers that were published in a time: in the order of dates they stand together, so only its ends are looked for. */
async function withinDates({ from, to }: MinuteRange, snapshot: OneSnapshot): Promise<Uint8Array> {
  const newestFirst = await snapshot.positionsBy('date');
  const mask = new Uint8Array(newestFirst.length);
  const firstOlderThan = async (limit: number) => {
    let [low, high] = [0, newestFirst.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const [paper] = await snapshot.papersAt([newestFirst[middle]!]);
      if (minuteOf(paper!) < limit) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const begin = await firstOlderThan(to + 1);
  const end = await firstOlderThan(from);
  for (const position of newestFirst.slice(begin, end)) mask[position] = 1;
  return mask;
}

/** When a paper was published, as `MinuteRange` counts. */
function minuteOf(paper: Paper): number {
  const instant = publishedInstant(paper);
  // Before any time that can be asked for.
  return instant === UNKNOWN_INSTANT ? -1 : Number(instant.replace(/\D/g, '').slice(0, 12));
}
