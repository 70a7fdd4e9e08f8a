import type { Reader } from '../reader.ts';
import type { RecordResult } from '../record.ts';
import { Unread } from '../unread.ts';
import { type JsonObject, readJson, sampleRecords } from './records.ts';

/** What distinguishes one JSON format from others. */
export interface JsonFormat extends Pick<Reader, 'format' | 'description' | 'files'> {
  /** Whether a record is of this format, from keys that others do not have. The record may lack its last members. */
  matches(record: JsonObject): boolean;
  /** Undefined for a record that is not a paper (an attachment, a note). */
  toPaper(record: JsonObject, file: string): RecordResult | undefined;
}

/** A reader of a format whose records are JSON objects, in any of the arrangements that `readJson` reads. */
export function jsonReader({ matches, toPaper, ...names }: JsonFormat): Reader {
  return {
    ...names,
    detect: (head) => sampleRecords(head).some(matches),
    async *read(source) {
      const unread = new Unread('members');
      yield* readJson(source, (record) => {
        const { watched, unreadMembers } = watchReads(record);
        const result = toPaper(watched, source.file);
        if (result && 'paper' in result) {
          for (const name of [...unreadMembers(), ...(result.left ?? [])]) unread.add(name);
        }
        return result;
      });
      yield* unread.items(source.file);
    },
  };
}

/** A record that notes which of its members are read. */
function watchReads(record: JsonObject): { watched: JsonObject; unreadMembers(): string[] } {
  const seen = new Set<string | symbol>();
  const watched = new Proxy(record, {
    get: (target, name) => {
      seen.add(name);
      return Reflect.get(target, name);
    },
    has: (target, name) => {
      seen.add(name);
      return Reflect.has(target, name);
    },
  });
  const unreadMembers = () => Object.keys(record).filter((name) => !seen.has(name) && isValue(record[name]));
  return { watched, unreadMembers };
}

/** Whether there is something to lose in a value. */
function isValue(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** Whether all of `keys` are there, whatever their values. */
export function hasKeys(record: JsonObject, ...keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(record, key));
}

/** Whether a value is an object and no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
