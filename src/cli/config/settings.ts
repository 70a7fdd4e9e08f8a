import { z } from 'zod';
import { DEFAULT_DATA } from '../../ingest/fetch/names.ts';
import { SEARCH_MODES } from '../../search/mode.ts';
import { ANSWER_FORMATS } from '../answer-output.ts';
import { LOG_LEVELS } from '../server-options.ts';

/** What can be set once instead of with each command. Its name is that of the option, in camel case. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  /** The value in a file. */
  readonly schema: z.ZodType;
  /** What is expected, for messages. */
  readonly expected: string;
  /** Where nothing else is said; undefined for none. */
  readonly default: unknown;
  /** Commands that take it; undefined for all that have an option of this name. */
  readonly commands?: readonly string[];
  /** Whether it is a path: in the user's file, it starts from that file's folder. */
  readonly isPath?: boolean;
}

const text = z.string().min(1);
const ANSWERING = ['search', 'related'];
const FETCHING = ['fetch', 'sync'];
const path = { schema: text, expected: 'a path', isPath: true };
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => ({
  schema: z.enum(values),
  expected: `one of ${values.join(', ')}`,
});

/** All settings. */
export const SETTINGS: readonly Setting[] = [
  { name: 'index', description: 'folder of the index', ...path, default: 'index' },
  {
    name: 'mode',
    description: 'how to search',
    ...oneOf(SEARCH_MODES),
    default: 'hybrid',
    commands: ANSWERING,
  },
  {
    name: 'limit',
    description: 'hits to show',
    schema: z.int().min(1),
    expected: 'a whole number of at least 1',
    default: 10,
    commands: ANSWERING,
  },
  {
    name: 'format',
    description: 'how to print hits',
    ...oneOf(ANSWER_FORMATS),
    default: 'table',
    commands: ANSWERING,
  },
  {
    name: 'pager',
    description: 'whether to page what is longer than the screen',
    schema: z.boolean(),
    expected: 'true or false',
    default: true,
    commands: ANSWERING,
  },
  {
    name: 'host',
    description: 'address to listen on',
    schema: text,
    expected: 'an address',
    default: '127.0.0.1',
    commands: ['serve'],
  },
  {
    name: 'port',
    description: 'port to listen on',
    schema: z.int().min(0).max(65_535),
    expected: 'a whole number from 0 to 65535',
    default: 3000,
    commands: ['serve'],
  },
  {
    name: 'tokenFile',
    description: 'file with the token that allows changes over HTTP',
    ...path,
    default: undefined,
    commands: ['serve'],
  },
  {
    name: 'rateLimit',
    description: 'requests a minute that each client may send; 0 for any number',
    schema: z.int().min(0),
    expected: 'a whole number of at least 0',
    default: undefined,
    commands: ['serve'],
  },
  {
    name: 'logLevel',
    description: 'what is logged',
    ...oneOf(LOG_LEVELS),
    default: 'info',
    commands: ['serve'],
  },
  {
    name: 'data',
    description: 'where fetched pages are kept',
    ...path,
    default: DEFAULT_DATA,
    commands: FETCHING,
  },
  {
    name: 'mailto',
    description: 'your e-mail address, for services',
    schema: text,
    expected: 'an e-mail address',
    default: undefined,
    commands: FETCHING,
  },
];

/** The environment variable of a setting: `PAPER_SEARCH_TOKEN_FILE` for `tokenFile`. */
export function variableOf({ name }: Setting): string {
  return `PAPER_SEARCH_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}

/** What a text in the environment stands for: itself where the setting is a text, else a number or a truth value. */
export function valueOfText(given: string, { schema }: Setting): unknown {
  if (schema.safeParse(given).success) return given;
  if (/^\d+$/.test(given)) return Number(given);
  if (/^(?:true|false)$/i.test(given)) return given.toLowerCase() === 'true';
  return given;
}
