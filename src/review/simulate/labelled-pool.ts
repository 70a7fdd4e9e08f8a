import type { LearnerInput } from '../learn/learner.ts';
import type { PoolContent } from '../pool/files.ts';
import { learnerInputOf } from '../ranking.ts';
import type { MatchedLabels } from '../records/labels/match.ts';

/** Papers whose labels are known, as a simulation needs them: row i of all parts is the same paper. */
export interface LabelledPool {
  readonly ids: readonly string[];
  readonly input: LearnerInput;
  /** 1 for an include and 0 for an exclude. */
  readonly truth: Uint8Array;
  /** Papers that were left out, because they have no label. */
  readonly unlabelled: number;
}

/**
 * The papers of a pool that have a label. Removed ones are left out, too.
 * @param included by id of the paper, whether it was included.
 */
export function labelledPool(
  { papers, vectors }: PoolContent,
  included: ReadonlyMap<string, boolean>,
  keywordOnly: boolean,
): LabelledPool {
  const rows = papers.flatMap(({ paper, removed }, row) => (removed || !included.has(paper.id) ? [] : [row]));
  const kept = rows.map((row) => papers[row]!);
  const ids = kept.map(({ paper }) => paper.id);
  return {
    ids,
    input: learnerInputOf(
      { papers: kept, ...(vectors && { vectors: { ...vectors, values: rowsOf(vectors, rows) } }) },
      keywordOnly,
    ),
    truth: Uint8Array.from(ids, (id) => Number(included.get(id))),
    unlabelled: papers.filter(({ removed }) => !removed).length - rows.length,
  };
}

function rowsOf(
  { values, dimensions }: NonNullable<PoolContent['vectors']>,
  rows: readonly number[],
): Float32Array {
  const some = new Float32Array(rows.length * dimensions);
  for (const [place, row] of rows.entries()) {
    some.set(values.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
  }
  return some;
}

/**
 * Which papers a file of labels includes, by id of the paper, at the stage of titles and abstracts. Of several reviewers, one who
 * includes is enough. A maybe does not count as a label.
 * @param ids those of the pool; without a label they are excludes where the file says so (`othersExcluded`).
 */
export function includedBy(
  { labels }: MatchedLabels,
  othersExcluded: boolean,
  ids: readonly string[],
): ReadonlyMap<string, boolean> {
  const included = new Map<string, boolean>();
  for (const { paper, row } of labels) {
    if (row.stage !== 'abstract' || row.decision === 'maybe') continue;
    included.set(paper, row.decision === 'include' || (included.get(paper) ?? false));
  }
  if (othersExcluded) for (const id of ids) if (!included.has(id)) included.set(id, false);
  return included;
}
