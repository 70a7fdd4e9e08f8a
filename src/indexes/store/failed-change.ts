import { currentSnapshot } from './snapshot-reader.ts';
import { asUnwritable } from './unwritable.ts';

/** The name of the current snapshot; undefined when there is none or it cannot be read. */
export async function snapshotName(indexFolder: string): Promise<string | undefined> {
  return currentSnapshot(indexFolder).catch(() => undefined);
}

/**
 * What to throw for an error that ended a change of an index: INDEX_UNWRITABLE where the system refused to write,
 * which says what is in the index now; else the error itself.
 * @param before name of the snapshot that was current before the change.
 */
export async function asFailedChange(
  error: unknown,
  indexFolder: string,
  before: string | undefined,
): Promise<unknown> {
  const isAsBefore = (await snapshotName(indexFolder)) === before;
  return asUnwritable(error, {
    folder: indexFolder,
    what: 'the index folder',
    consequence: isAsBefore
      ? 'The index is as it was.'
      : 'The new snapshot is in use already, but the disk did not confirm that it would survive a power cut.',
  });
}
