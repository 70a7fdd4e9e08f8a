import { createHash } from 'node:crypto';
import type { RecordKeys } from '../../ingest/identity/record-keys.ts';
import { titleKindOf } from '../../ingest/identity/titles.ts';

/**
 * A key is the id of a document in the index of keys, which names the papers that have the key. Keys are digests, so that
 * titles of any length fit: 128 bits do not collide by chance.
 */
export type Key = string;

const DIGEST_BYTES = 16;

/** The key of an id: of a paper, an alias, or a record in its file. */
export function idKey(id: string): Key {
  return keyOf('i', id);
}

/** The key of an id in one file: for ids that too many papers have (`MAX_OF_KEY`). */
export function slotKey(id: string, file: string): Key {
  return keyOf('i', JSON.stringify([file, id]));
}

/** Whether papers of a key may be one paper; the others only have an id in common, which each of them needs for itself. */
export function isJoining(key: Key): boolean {
  return !key.startsWith('i');
}

/**
 * The keys by which records find those that `groupRecords` may put into one group with them: external ids, and the title.
 * Every journal has its editorials, so titles that recur come with what such records must have in common as well.
 */
export function joiningKeys(record: RecordKeys): Key[] {
  const { externalIds, titleKey } = record;
  return [...externalIds.map((id) => keyOf('x', id)), ...(titleKey === '' ? [] : titleKeys(record))];
}

/** The key of an external id with its kind, as `RecordKeys` has it. */
export function externalKey(id: string): Key {
  return keyOf('x', id);
}

function titleKeys({ id, isGiven, title, titleKey, people, year }: RecordKeys): Key[] {
  if (titleKindOf(title) !== 'recurring') return [keyOf('t', titleKey)];
  // As `titleAgreement` has it: all authors and the year are the same, or a source gives both the same id.
  const sameId = isGiven ? [keyOf('t', JSON.stringify([titleKey, id]))] : [];
  if (year === undefined || people.length === 0) return sameId;
  return [...sameId, keyOf('t', JSON.stringify([titleKey, year, people.length]))];
}

function keyOf(kind: 'i' | 'x' | 't', text: string): Key {
  return kind + createHash('sha256').update(text).digest().toString('base64url', 0, DIGEST_BYTES);
}
