import { removeStale } from '../indexes/store/clean-up.ts';
import { asFailedChange } from '../indexes/store/failed-change.ts';
import type { MergeDecision } from '../indexes/store/manifest.ts';
import type { Damage } from '../indexes/store/verify.ts';
import type { Assembled } from './assemble.ts';
import { buildAndPublish } from './build-and-publish.ts';
import { withDecisions } from './decisions.ts';
import type { EarlierPapers } from './earlier-papers.ts';
import type { EarlyTexts } from './early-texts.ts';
import type { LinkReport } from './links.ts';
import { openBasis, startWork } from './open-basis.ts';
import { isSame, planSnapshot } from './plan-snapshot.ts';
import type { RecordSet } from './record-set.ts';
import type { SourcePaths } from './source-paths.ts';
import type { UpdateOptions } from './update-options.ts';

/** What a change of the records may need. */
export interface Surroundings {
  /** The papers of the previous snapshot, in its order. */
  readonly earlier: EarlierPapers;
  /** Where the records come from; the change names new ones by it. */
  readonly sources: SourcePaths;
  /** Takes the texts of records that were added, where they can be indexed before all are. */
  readonly early: EarlyTexts | undefined;
  /** Whether the index keeps every record as a separate paper. */
  readonly keepsDuplicates: boolean;
  /** Adds decisions about pairs of records. */
  readonly decide: (decisions: readonly MergeDecision[]) => void;
  /** Aborts when the change should stop. */
  readonly signal: AbortSignal;
}

/** The outcome of a change. */
export interface Update<T> {
  readonly index: string;
  /** Name of the current snapshot afterwards. */
  readonly snapshot: string;
  readonly assembled: Assembled;
  /** What people decided about pairs of records. */
  readonly decisions: readonly MergeDecision[];
  /** Texts that were encoded, of papers and of sentences; all other vectors were there already. */
  readonly encoded: number;
  /** The links between the papers of a new snapshot; absent where none was written. */
  readonly links?: LinkReport;
  /** With `rebuild`: why the snapshot before could not be opened, so that all papers count as new. */
  readonly unreadable?: string | undefined;
  /** With `rebuild`: what of the snapshot before was damaged, so that none of its vectors was reused. */
  readonly damage?: Damage | undefined;
  /** What `change` returned. */
  readonly result: T;
}

/** What is in an index whose change failed after its papers were published. */
const SEARCHABLE = 'The papers are in the index, and some have no vector yet: the next ingest encodes them.';

/**
 * Changes the records of an index and writes the snapshot that they make, under the ingest lock. The current snapshot
 * stays in use until the new one can be searched by words, or is complete: see `UpdateOptions.waitForVectors`. Where nothing
 * differs, none is written.
 * @param change adds records or removes some; when it throws, the index stays as it was.
 * @throws PaperSearchError as `ingest` does.
 */
export async function updateIndex<T>(
  options: UpdateOptions,
  change: (records: RecordSet, surroundings: Surroundings) => Promise<T>,
): Promise<Update<T>> {
  const work = await startWork(options);
  let early: EarlyTexts | undefined;
  try {
    const opened = await openBasis(work, options);
    const { records, earlier, sources } = opened;
    early = opened.early;
    const decide = (decisions: readonly MergeDecision[]) => {
      opened.decisions = withDecisions(opened.decisions, decisions);
    };
    const result = await change(records, {
      earlier,
      sources,
      early,
      keepsDuplicates: opened.basis?.keepDuplicates ?? false,
      decide,
      signal: work.signal,
    });
    const plan = await planSnapshot(opened, options);
    const { index } = work;
    const { assembled } = plan;
    if (!options.rewrite && isSame(plan, opened)) {
      const { name } = opened.basis;
      // Removes what an ingest left behind if it was killed just after it made the snapshot current.
      await removeStale(index, name, name);
      return { index, snapshot: name, assembled, decisions: plan.decisions, encoded: 0, result };
    }
    return {
      index,
      assembled,
      decisions: plan.decisions,
      ...(await buildAndPublish(work, opened, plan, options)),
      unreadable: work.unreadable,
      damage: work.damage,
      result,
    };
  } catch (error) {
    throw await asFailedChange(error, work.index, work.before, work.isSearchable ? SEARCHABLE : undefined);
  } finally {
    await early?.build.close();
    work.previous?.close();
    work.spool.close();
    if (!options.encoder) await work.encoder?.close();
    await work.unlock();
  }
}
