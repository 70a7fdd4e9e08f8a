import { createHash, randomBytes } from 'node:crypto';
import { PaperSearchError } from '../../errors.ts';

const PREFIX = 'paper-search-';
/** What an index may be called, with room for the rest of the name within 255 bytes. */
const CORPUS = /^[a-z0-9][a-z0-9_-]{0,99}$/;
/** The end of the name of a snapshot: its time, and six digits that keep two of one second apart. */
const STAMP = /^(\d{8}T\d{6})-[0-9a-f]{6}$/i;
const KEYS = '-keys';
/** OpenSearch takes ids of at most so many bytes. */
const MAX_ID_BYTES = 512;

/**
 * The alias that a corpus is read by.
 * @throws PaperSearchError BAD_REQUEST for a name that an index cannot have, or that another corpus's parts could have.
 */
export function aliasOf(corpus: string): string {
  if (!CORPUS.test(corpus) || corpus.endsWith(KEYS) || STAMP.test(corpus.slice(-22))) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `--corpus: "${corpus}" cannot be the name of a corpus. Use up to 100 lower-case letters, digits, "-" and "_" that begin with a letter or a digit and do not end in "-keys" or a time, such as "papers".`,
      { details: { parameter: 'corpus', corpus } },
    );
  }
  return PREFIX + corpus;
}

/** The index with the identity keys of a corpus, which only writers use. */
export function keysIndexOf(corpus: string): string {
  return aliasOf(corpus) + KEYS;
}

/** A name for a new snapshot of a corpus: the index that contains it. */
export function newIndexName(corpus: string, now: Date = new Date()): string {
  const time = now
    .toISOString()
    .replace(/[-:]|\.\d+Z/g, '')
    .toLowerCase();
  return `${aliasOf(corpus)}-${time}-${randomBytes(3).toString('hex')}`;
}

/** When the index of a snapshot was begun, as its name says: milliseconds since 1970; undefined for other indices. */
export function timeOfIndex(corpus: string, index: string): number | undefined {
  const alias = aliasOf(corpus);
  if (!index.startsWith(`${alias}-`)) return undefined;
  const time = STAMP.exec(index.slice(alias.length + 1))?.[1]?.toUpperCase();
  if (time === undefined) return undefined;
  return Date.parse(time.replace(/^(....)(..)(..T..)(..)(..)$/, '$1-$2-$3:$4:$5Z'));
}

/** A pattern of the names of all indices of snapshots of a corpus; `timeOfIndex` says which are. */
export function indexPattern(corpus: string): string {
  return `${aliasOf(corpus)}-*`;
}

/** The corpus of an alias; undefined for other names. */
export function corpusOf(alias: string): string | undefined {
  return alias.startsWith(PREFIX) ? alias.slice(PREFIX.length) : undefined;
}

/** A pattern of the aliases of all corpora. */
export const EVERY_ALIAS = `${PREFIX}*`;

/** The id of the document of a paper: the paper's, or its digest where that is too long. */
export function documentId(paperId: string): string {
  // An id of a paper that looks like a digest must not be read as one.
  const isPlain = Buffer.byteLength(paperId) <= MAX_ID_BYTES && !paperId.startsWith(DIGEST);
  return isPlain ? paperId : DIGEST + createHash('sha256').update(paperId).digest('hex');
}

const DIGEST = 'sha256:';
