import { FIELD_GAP } from '../../indexes/keyword/bm25/positions.ts';
import { TEXT_FIELDS } from '../../papers/fields.ts';
import { EVERY_FIELD } from '../../papers/internal-fields.ts';
import { SUGGEST_MAPPING } from '../suggest/suggest-fields.ts';
import { CONTENT_PARTS } from './content-sums.ts';
import { flagsPath, SOURCES } from './paths.ts';
import { ALTERNATIVE, GAP } from './stored-texts.ts';

/*
 * The mapping of a snapshot's index. `paths.ts` says what each field of a document contains and where it is.
 *
 * How conditions find their papers exactly:
 * - Words, phrases and near words of a text field: `words.FIELD`. A stop word of a phrase is in `surfaces.FIELD` at the same
 *   position, so `intervals` can mix both with `use_field`.
 * - Prefixes: `surfaces.FIELD`, which has every word as it is written (folded), of any kind. So has phrases of stop words.
 * - "Any value that contains these words, in any order": `within.FIELD`, where all words of one value are at one position
 *   and values are WITHIN_GAP apart: `intervals` of all words, unordered, `max_gaps: 0`.
 * - Authors: names that may be meant are the terms of `peopleByWord` that begin with `WORD PART` (all words of at least two
 *   letters; `=` and the letters of the whole name for names written together). The rest of such a term is the person, to be
 *   compared by `isNamed`, or by its last word for family names; papers of people: `people`, exactly.
 * - Keywords (`values`, `keys`, `people`, …) are compared with what `storedKeyword` makes of a text; words with what
 *   `storedWord` makes of one.
 */

/** Version of the mapping and the documents: raised with every change that makes this program read older ones wrongly. */
export const CLUSTER_FORMAT = 1;

/** Positions between two values in `within.FIELD`. */
const WITHIN_GAP = 1000;

/** The longest token between blanks, in characters: alternatives at one position are one. OpenSearch's maximum. */
const MAX_TOKEN_LENGTH = 1_048_576;

type Properties = Readonly<Record<string, unknown>>;

/** What may be chosen about the index of a snapshot. */
export interface IndexSettings {
  /** Primary shards. Default 3. */
  readonly shards?: number | undefined;
  /** Copies of each shard while it is published. Default 1. */
  readonly replicas?: number | undefined;
}

export const DEFAULT_SHARDS = 3;
export const DEFAULT_REPLICAS = 1;

/** Members of `_source` that are kept; all others are indexed and not kept. */
export const KEPT_MEMBERS = ['paper', 'records', 'segment', 'vectorBytes', 'numbers'] as const;

/** The settings of the index of a new snapshot, without copies and refreshes: see `publish`. */
export function indexSettings({ shards = DEFAULT_SHARDS }: IndexSettings = {}): Properties {
  return {
    index: {
      number_of_shards: shards,
      number_of_replicas: 0,
      refresh_interval: '-1',
      knn: true,
    },
    analysis: {
      tokenizer: { blanks: { type: 'whitespace', max_token_length: MAX_TOKEN_LENGTH } },
      filter: {
        alternatives: {
          type: 'pattern_capture',
          preserve_original: false,
          patterns: [`([^${ALTERNATIVE}]+)`],
        },
        gaps: { type: 'stop', stopwords: [GAP] },
      },
      analyzer: {
        stream: { type: 'custom', tokenizer: 'blanks', filter: ['alternatives', 'gaps'] },
        blanks: { type: 'custom', tokenizer: 'blanks' },
      },
    },
    // The factor (k1 + 1) of version 2 does not change the order; scores are computed by this program.
    similarity: { default: { type: 'BM25', k1: 1.2, b: 0.75 } },
  };
}

/** The mapping of a snapshot's index. @param dimension of the vectors. @param meta see `SnapshotMeta`. */
export function indexMapping(dimension: number, meta: Properties): Properties {
  return {
    dynamic: 'strict',
    _meta: { paperSearch: meta },
    _source: { includes: KEPT_MEMBERS.flatMap((member) => [member, `${member}.*`]) },
    properties: {
      paper: UNINDEXED,
      records: UNINDEXED,
      segment: BYTES,
      vectorBytes: BYTES,
      id: SORTED,
      aliases: KEY,
      terms: { type: 'text', analyzer: 'blanks', index_options: 'freqs' },
      words: nested(TEXT_FIELDS, () => stream(FIELD_GAP - 1)),
      surfaces: nested(TEXT_FIELDS, () => stream(FIELD_GAP - 1)),
      lengths: nested(TEXT_FIELDS, () => ({ type: 'integer', index: false })),
      spellings: COUNTED,
      lang: COUNTED,
      people: COUNTED,
      peopleByWord: COUNTED,
      cites: COUNTED,
      citedBy: KEY,
      works: KEY,
      suggest: SUGGEST_MAPPING,
      scheduled: { type: 'boolean' },
      content: nested(CONTENT_PARTS, () => ({ type: 'integer', index: false })),
      vector: {
        type: 'knn_vector',
        dimension,
        // The vectors are in files of their own, and exactly in `vectorBytes`.
        doc_values: false,
        method: { name: 'hnsw', engine: 'lucene', space_type: 'cosinesimil' },
      },
      [SOURCES]: { type: 'integer' },
      ...declared(),
    },
  };
}

const UNINDEXED = { type: 'object', enabled: false };
/** Base64, only in `_source`. */
const BYTES = { type: 'binary' };
/** Found by term queries, and counted by aggregations. */
const COUNTED = { type: 'keyword' };
/** Found by term queries alone. */
const KEY = { type: 'keyword', doc_values: false };
const SORTED = { type: 'keyword' };

function stream(gap: number): Properties {
  return { type: 'text', analyzer: 'stream', norms: false, position_increment_gap: gap };
}

function nested(names: readonly string[], of: (name: string) => Properties): Properties {
  return { properties: Object.fromEntries(names.map((name) => [name, of(name)])) };
}

/** What the kinds of the declared fields need. */
function declared(): Properties {
  const values = EVERY_FIELD.filter(({ kind }) => kind === 'values');
  const identifiers = EVERY_FIELD.filter(({ kind }) => kind === 'identifier');
  const numbers = EVERY_FIELD.filter(({ kind }) => kind === 'number');
  const flags = EVERY_FIELD.filter(({ kind }) => kind === 'flags');
  const sorts = EVERY_FIELD.filter(({ sort }) => sort?.by === 'text' || sort?.by === 'number');
  const names = (fields: typeof EVERY_FIELD) => fields.map(({ name }) => name);
  return {
    values: nested(names(values), () => COUNTED),
    shown: nested(names(values.filter(({ facet }) => facet)), () => ({ type: 'keyword', index: false })),
    within: nested(names(values.filter(({ text }) => !text)), () => stream(WITHIN_GAP - 1)),
    keys: nested(names(identifiers), () => KEY),
    numbers: nested(names(numbers), () => ({ type: 'long' })),
    sort: nested(names(sorts), (name) => ({
      type: EVERY_FIELD.find((field) => field.name === name)!.sort!.by === 'text' ? 'keyword' : 'long',
      index: false,
    })),
    ...Object.fromEntries(flags.map(({ name }) => [flagsPath(name), KEY])),
  };
}
