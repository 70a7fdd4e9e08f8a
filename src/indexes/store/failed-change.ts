import { currentSnapshot } from './snapshot-reader.ts';
import { asUnwritable } from './unwritable.ts';

/** The name of the current snapshot; undefined when there is none or it cannot be read. */
export async function snapshotName(indexFolder: string): Promise<string | undefined> {
  return currentSnapshot(indexFolder).catch(() => undefined);
}

/**
 * What to throw for an error that ended a change of an index: INDEX_UNWRITABLE where the system refused to write,
 * which says what is in the index now; else the error itself.
 * @param before name of the snapshot that the change left current, as far as it knows.
 * @param unchanged what is in the index if that snapshot is still current.
 */
export async function asFailedChange(
  error: unknown,
  indexFolder: string,
  before: string | undefined,
  unchanged = 'The index is as it was.',
): Promise<unknown> {
  const isAsBefore = (await snapshotName(indexFolder)) === before;
  return asUnwritable(error, {
    folder: indexFolder,
    what: 'the index folder',
    consequence: isAsBefore
      ? unchanged
      : 'The new snapshot is in use already, but the disk did not confirm that it would survive a power cut.',
  });
}
