import { isObject } from '../../../papers/read/json/reader.ts';
import type { LoggedEvent, WholeReview } from '../../service.ts';
import { plain, table } from './markdown.ts';

/** The events about protocol, searches and pool, in their order, as a table. Labels are in the exports of the review. */
export function historyOf({ log }: WholeReview): string {
  const rows = log.flatMap((event): string[][] => {
    const what = whatOf(event);
    if (what === undefined) return [];
    const by = event.agent ? `${plain(event.by)} (agent)` : plain(event.by);
    return [[String(event.number), event.at, by, what]];
  });
  return rows.length === 0 ? 'No event was recorded.' : table(['No.', 'When (UTC)', 'Who', 'What'], rows);
}

function whatOf({ type, value }: LoggedEvent): string | undefined {
  const event = isObject(value) ? value : {};
  if (type === 'created') return 'The review was begun.';
  if (type === 'amended') return amended(event);
  if (type === 'searched') return searched(isObject(event.source) ? event.source : {});
  if (type === 'pooled') return pooled(isObject(event.pool) ? event.pool : {});
  return undefined;
}

function amended({ protocol, name }: Readonly<Record<string, unknown>>): string {
  const parts = [...(name === undefined ? [] : ['name']), ...Object.keys(isObject(protocol) ? protocol : {})];
  return `The protocol was changed: ${plain(parts.join(', '))}.`;
}

function searched({ name, date, records }: Readonly<Record<string, unknown>>): string {
  const when = typeof date === 'string' ? ` on ${plain(date)}` : '';
  const found = typeof records === 'number' ? `, ${records} records` : '';
  return `A search was added: ${plain(String(name ?? ''))}${when}${found}.`;
}

function pooled({ snapshot, size, added, removed }: Readonly<Record<string, unknown>>): string {
  const count = (value: unknown) => (typeof value === 'number' ? value : 0);
  return `The pool was taken from the index (snapshot ${plain(String(snapshot ?? ''))}): ${count(added)} papers came in, ${count(removed)} were removed, ${count(size)} in all.`;
}
