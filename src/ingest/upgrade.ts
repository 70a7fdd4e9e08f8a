import { PaperSearchError } from '../errors.ts';
import { FORMAT_VERSION } from '../indexes/store/manifest.ts';
import { type OldSnapshot, readOldSnapshot } from '../indexes/store/old-snapshot.ts';
import { currentSnapshot, missingIndex } from '../indexes/store/snapshot-reader.ts';
import { VectorJournal, vectorKey } from '../indexes/store/vector-journal.ts';
import { pause } from '../util/pause.ts';
import type { RecordSet } from './record-set.ts';
import { updateIndex } from './update-index.ts';
import type { UpdateOptions } from './update-options.ts';
import { textOf } from './vectors.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/** What an upgrade did. */
export interface Upgrade {
  readonly index: string;
  /** Name of the current snapshot afterwards. */
  readonly snapshot: string;
  /** The format of the snapshot before. */
  readonly formatVersion: number;
  /** Whether a new snapshot was written. */
  readonly changed: boolean;
  readonly papers: number;
  /** Texts that were encoded; all other vectors were taken over. */
  readonly encoded: number;
  /** Records that turned out to be of a paper that another record is of: formats 1 and 2 did not compare them. */
  readonly merged: number;
}

/**
 * Writes an index as this version does, from the records and vectors that it has: the files that its papers came from are
 * not needed. The snapshot before stays in use until the new one is complete. After an interruption, the same call
 * continues.
 * @throws PaperSearchError INDEX_MISSING, INDEX_CORRUPT; INDEX_INCOMPATIBLE for an index of a newer version; and what
 *   `ingest` throws.
 */
export async function upgradeIndex(
  options: Pick<UpdateOptions, 'index' | 'encoder' | 'onProgress' | 'signal'> = {},
): Promise<Upgrade> {
  const { index = 'index' } = options;
  const before = await currentSnapshot(index);
  if (before === undefined) throw missingIndex(index);
  const old = readOldSnapshot(index, before);
  const { snapshot, assembled, encoded } = old
    ? await updateIndex({ ...options, rebuild: true, arrivedAt: old.createdAt }, (records) =>
        takeOver(old, records, index),
      )
    : await updateIndex({ ...options, rewrite: true }, async () => undefined);
  return {
    index,
    snapshot,
    formatVersion: old?.formatVersion ?? FORMAT_VERSION,
    changed: snapshot !== before,
    papers: assembled.papers.length,
    encoded,
    merged: assembled.merged,
  };
}

/** Adds the papers of an old snapshot as records, and their vectors to the journal, where the ingest looks for them. */
async function takeOver(
  { papers, vectorOf, model }: OldSnapshot,
  records: RecordSet,
  index: string,
): Promise<void> {
  const journal = await VectorJournal.open(index, model.dimension);
  try {
    for (const [position, paper] of papers.entries()) {
      if (position % YIELD_EVERY === 0) await pause();
      const { outcome, notice } = records.add(paper, paper.source.record);
      if (outcome === 'rejected') {
        // Ids were unique: a record that is lost here would be lost for good.
        throw new PaperSearchError('INDEX_CORRUPT', `The index has a record twice: ${notice?.reason}`);
      }
      const key = vectorKey(textOf(paper), model.digest);
      if (!journal.has(key)) journal.append(key, vectorOf(position));
    }
  } finally {
    await journal.close(false);
  }
}
