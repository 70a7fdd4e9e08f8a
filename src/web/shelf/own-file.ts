import type { KeptPaper } from '../../collections/collection.ts';
import type { AddedEntry } from '../../collections/events.ts';
import { annotationsInJson, OWN_JSON } from '../../collections/own-json.ts';
import type { Paper } from '../../papers/paper.ts';
import { keptHere, titleOnly } from './kept.ts';

/** What a file of ours has. */
export interface OwnFile {
  readonly entries: readonly AddedEntry[];
  /** Records without an id or a title. */
  readonly rejected: number;
}

/**
 * Reads an export of a collection in our own JSON, without a server.
 * @returns undefined for any other file.
 */
export function readOwnFile(text: string): OwnFile | undefined {
  let parsed: { format?: unknown; papers?: unknown } | null;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (parsed?.format !== OWN_JSON.format || !Array.isArray(parsed.papers)) return undefined;
  const entries = parsed.papers.flatMap((record: unknown): AddedEntry[] => {
    if (!isObject(record) || !isObject(record.paper)) return [];
    const paper = paperIn(record.paper);
    return paper ? [{ paper, ...annotationsInJson(record) }] : [];
  });
  return { entries, rejected: parsed.papers.length - entries.length };
}

/** The paper of a record; a field of another type than expected is left out. */
function paperIn(record: Readonly<Record<string, unknown>>): KeptPaper | undefined {
  const { id, title } = record;
  if (typeof id !== 'string' || id === '' || typeof title !== 'string' || title === '') return undefined;
  const base = titleOnly({ id, title });
  const fits = ([name, value]: [string, unknown]): boolean => {
    if (Array.isArray(value)) return LISTS.has(name) && value.every((each) => typeof each === 'string');
    if (OBJECTS.has(name))
      return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
    return name === 'year' ? typeof value === 'number' : TEXTS.has(name) && typeof value === 'string';
  };
  return keptHere({ ...base, ...Object.fromEntries(Object.entries(record).filter(fits)) } as Paper);
}

const TEXTS = new Set(['venue', 'venueAsGiven', 'date', 'language', 'authorRole', 'acceptance']);
const LISTS = new Set(['authors', 'keywords', 'categories', 'aliases']);
const OBJECTS = new Set(['urls', 'externalIds', 'session', 'status']);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
