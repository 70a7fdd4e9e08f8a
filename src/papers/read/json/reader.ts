import type { Reader } from '../reader.ts';
import type { RecordResult } from '../record.ts';
import { type JsonObject, readJson, sampleRecords } from './records.ts';

/** What tells one JSON format from others. */
export interface JsonFormat extends Pick<Reader, 'format' | 'description' | 'files'> {
  /** Whether a record is of this format, from keys that others do not have. The record may lack its last members. */
  matches(record: JsonObject): boolean;
  toPaper(record: JsonObject, file: string): RecordResult;
}

/** A reader of a format whose records are JSON objects, in any of the arrangements that `readJson` reads. */
export function jsonReader({ matches, toPaper, ...names }: JsonFormat): Reader {
  return {
    ...names,
    detect: (head) => sampleRecords(head).some(matches),
    read: (source) => readJson(source, (record) => toPaper(record, source.file)),
  };
}

/** Whether all of `keys` are there, whatever their values. */
export function hasKeys(record: JsonObject, ...keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(record, key));
}

/** Whether a value is an object and no array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
