import { titleKindOf, titleMatchKey } from '../../../ingest/identity/titles.ts';
import { identifierKey, identifierKeys, withoutVersion } from '../../../papers/identifiers.ts';
import type { Paper } from '../../../papers/paper.ts';
import type { Notice } from '../../../papers/read/reader.ts';
import type { LabelFile, LabelRow } from './label-row.ts';

/** What of a paper identifies it. */
export type MatchedPaper = Pick<Paper, 'id' | 'aliases' | 'externalIds' | 'title' | 'year'>;

/** Labels with the papers that they are of. */
export interface MatchedLabels {
  /** In the order of the file; one a paper, stage and reviewer. */
  readonly labels: readonly { readonly paper: string; readonly row: LabelRow }[];
  /** Rows of papers that are not in the pool. */
  readonly unmatched: readonly LabelRow[];
  /** What the user has to know about the file: records not read, titles of several papers, contradictions. */
  readonly problems: readonly Notice[];
}

/**
 * Finds the papers of labels: by an identifier, else by title where exactly one paper has it. Titles such as
 * "Introduction" and "Editorial" identify nothing.
 * @param papers those of a pool.
 * @returns each row once: with its paper, unmatched, or in `problems`. A second row of the same paper, stage and reviewer
 *   is left out, with a problem if its decision differs.
 */
export function matchLabels(file: LabelFile, papers: readonly MatchedPaper[]): MatchedLabels {
  const byKey = new Map<string, string>();
  const byTitle = new Map<string, Set<string>>();
  for (const paper of papers) {
    for (const key of identifierKeys(paper)) if (!byKey.has(key)) byKey.set(key, paper.id);
    const title = titleMatchKey(paper.title);
    if (title !== '') byTitle.set(title, (byTitle.get(title) ?? new Set()).add(paper.id));
  }
  const labels = new Map<string, { readonly paper: string; readonly row: LabelRow }>();
  const unmatched: LabelRow[] = [];
  const problems: Notice[] = [...file.problems];
  for (const row of file.rows) {
    const titled = titleKindOf(row.title) === 'recurring' ? undefined : byTitle.get(titleMatchKey(row.title));
    const paper = paperOf(row, byKey) ?? (titled?.size === 1 ? [...titled][0] : undefined);
    if (paper === undefined) {
      if ((titled?.size ?? 0) > 1) {
        const reason = `${titled!.size} papers of the pool have this title, and no identifier says which: "${row.title}".`;
        problems.push({ ...row.place, reason });
      } else unmatched.push(row);
      continue;
    }
    const key = JSON.stringify([paper, row.stage, row.by]);
    const earlier = labels.get(key);
    if (earlier === undefined) labels.set(key, { paper, row });
    else if (earlier.row.decision !== row.decision) {
      const { line, record } = earlier.row.place;
      const reason = `It is the paper of ${line === undefined ? `record ${record}` : `line ${line}`} with another decision: ${earlier.row.decision} was kept, not ${row.decision}.`;
      problems.push({ ...row.place, reason });
    }
  }
  return { labels: [...labels.values()], unmatched, problems };
}

function paperOf({ identifiers }: LabelRow, byKey: ReadonlyMap<string, string>): string | undefined {
  for (const identifier of identifiers) {
    const key = identifierKey(identifier);
    const found = byKey.get(key) ?? byKey.get(withoutVersion(key) ?? key);
    if (found !== undefined) return found;
  }
  return undefined;
}
