import { z } from 'zod';
import { DEFAULT_DATA } from '../../ingest/fetch/names.ts';
import { SEARCH_MODES } from '../../search/mode.ts';
import { ANSWER_FORMATS } from '../answer-output.ts';
import { DEFAULT_CORPUS, ENGINE_NAMES, isNodeAddress } from '../place.ts';
import { LOG_LEVELS } from '../server-options.ts';

/** A setting that replaces an option of commands. */
export interface Setting {
  readonly name: string;
  /** The option in camel case. Default: the name. */
  readonly option?: string;
  readonly description: string;
  /** The value in a file. */
  readonly schema: z.ZodType;
  /** What is expected, for messages. */
  readonly expected: string;
  /** The default; undefined for none. */
  readonly default: unknown;
  /** Commands that use it; undefined for all that have an option of this name. */
  readonly commands?: readonly string[];
  /** Whether it is a path: paths in the user's file are relative to that file's folder. */
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
    name: 'venueAliases',
    description: 'file with more names of venues that are one',
    ...path,
    default: undefined,
    commands: ['ingest'],
  },
  {
    name: 'retractions',
    description: 'list of Retraction Watch by which papers are marked',
    ...path,
    default: undefined,
    commands: ['ingest'],
  },
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
    description: 'output format of hits',
    ...oneOf(ANSWER_FORMATS),
    default: 'table',
    commands: ANSWERING,
  },
  {
    name: 'pager',
    description: 'whether to use a pager for long output',
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
    description: 'file with a token that allows every change over HTTP',
    ...path,
    default: undefined,
    commands: ['serve'],
  },
  {
    name: 'rateLimit',
    description: 'requests per minute and client; 0 for no limit',
    schema: z.int().min(0),
    expected: 'a whole number of at least 0',
    default: undefined,
    commands: ['serve'],
  },
  {
    name: 'logLevel',
    description: 'least severe level to log',
    ...oneOf(LOG_LEVELS),
    default: 'info',
    commands: ['serve'],
  },
  {
    name: 'data',
    description: 'folder for the fetched pages',
    ...path,
    default: DEFAULT_DATA,
    commands: FETCHING,
  },
  {
    name: 'mailto',
    description: 'your e-mail address, sent to services',
    schema: text,
    expected: 'an e-mail address',
    default: undefined,
    commands: FETCHING,
  },
  {
    name: 'engine',
    description: 'where the papers are: in the index, or in an OpenSearch cluster',
    ...oneOf(ENGINE_NAMES),
    default: 'embedded',
  },
  {
    name: 'nodes',
    option: 'node',
    description: 'addresses of nodes of the cluster',
    schema: z.array(z.string().refine(isNodeAddress)).min(1),
    expected: 'a list of addresses such as https://node1.example.org:9200, without a password',
    default: undefined,
  },
  {
    name: 'corpus',
    description: 'which papers of the cluster',
    schema: text,
    expected: 'a name',
    default: DEFAULT_CORPUS,
  },
  { name: 'user', description: 'user of the cluster', schema: text, expected: 'a name', default: undefined },
  { name: 'passwordFile', description: 'file with the password of the user', ...path, default: undefined },
  { name: 'apiKeyFile', description: 'file with an API key of the cluster', ...path, default: undefined },
  {
    name: 'ca',
    description: 'file with the certificates of the authorities to trust',
    ...path,
    default: undefined,
  },
];

/** The environment variable of a setting: `PAPER_SEARCH_TOKEN_FILE` for `tokenFile`. */
export function variableOf({ name }: Setting): string {
  return `PAPER_SEARCH_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}

/**
 * The value of an environment variable: the text itself if the setting is a text, its parts between commas if it is a list,
 * else a number or a boolean.
 */
export function valueOfText(given: string, { schema }: Setting): unknown {
  if (schema.safeParse(given).success) return given;
  if (schema instanceof z.ZodArray) return given.split(',').map((part) => part.trim());
  if (/^\d+$/.test(given)) return Number(given);
  if (/^(?:true|false)$/i.test(given)) return given.toLowerCase() === 'true';
  return given;
}
