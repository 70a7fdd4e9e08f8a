import type { Place } from './reader.ts';

/** A place as people read it: `file:line:field`, with `record N` where there is no line. */
export function placeText({ file, line, record, field }: Place): string {
  const where = line ?? (record === undefined ? undefined : `record ${record}`);
  return [file, where, field].filter((part) => part !== undefined).join(':');
}
