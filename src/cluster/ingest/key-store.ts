import { type BulkItem, bulk } from '../client/bulk.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import type { Key } from './identity-keys.ts';

/**
 * Papers that a key names at most. What more papers have, such as the ISBN of a large volume of proceedings, says nothing
 * about which of them are one.
 */
export const MAX_OF_KEY = 256;

/** What the index of keys has under a key. */
export interface KeyEntry {
  /** Ids of papers that have the key or had it: some may be gone. */
  readonly papers: readonly string[];
  /** Of the key of an id: the file of the record with the id, for each of `papers`; empty for ids without a record. */
  readonly files: readonly string[];
  /** The transaction that wrote it last. */
  readonly transaction: string | undefined;
  /** The last change in which several papers have claimed an id. */
  readonly contested: string | undefined;
  /** Undefined while there is no document. */
  readonly version: Version | undefined;
}

/** What a document must be like when it is changed. */
export interface Version {
  readonly if_seq_no: number;
  readonly if_primary_term: number;
}

/** A key with the papers that it will name. */
export interface Claim extends KeyEntry {
  readonly key: Key;
}

const NO_ENTRY: KeyEntry = {
  papers: [],
  files: [],
  transaction: undefined,
  contested: undefined,
  version: undefined,
};

/** The mapping of the index of keys. What is searched is in `kind`, `files` and `contested`; the rest is only read. */
export const KEYS_MAPPING = {
  dynamic: false,
  properties: {
    kind: { type: 'keyword' },
    files: { type: 'keyword', ignore_above: 8191 },
    contested: { type: 'keyword' },
  },
};

/** Documents read at once. */
const READ_AT_ONCE = 1000;

/** The keys of papers, which workers read and change at the same time. */
export class KeyStore {
  readonly #client: ClusterClient;
  readonly index: string;

  constructor(client: ClusterClient, index: string) {
    this.#client = client;
    this.index = index;
  }

  /** The entries of keys as they are at this moment; an empty one for a key without a document. */
  async read(keys: readonly Key[]): Promise<Map<Key, KeyEntry>> {
    const entries = new Map<Key, KeyEntry>();
    for (let start = 0; start < keys.length; start += READ_AT_ONCE) {
      const ids = keys.slice(start, start + READ_AT_ONCE);
      const { docs } = await this.#client.request<{
        docs: { _id: Key; found?: boolean; _seq_no: number; _primary_term: number; _source: Stored }[];
      }>('POST', `/${this.index}/_mget`, { body: { ids } });
      for (const { _id, found, _source: stored, _seq_no, _primary_term } of docs) {
        entries.set(
          _id,
          found
            ? {
                papers: stored.papers,
                files: stored.files ?? [],
                transaction: stored.transaction,
                contested: stored.contested,
                version: { if_seq_no: _seq_no, if_primary_term: _primary_term },
              }
            : NO_ENTRY,
        );
      }
    }
    return entries;
  }

  /** Writes keys that no one has changed since they were read. @returns those that someone has. */
  async claim(claims: readonly Claim[], signal?: AbortSignal): Promise<Set<Key>> {
    const lost = new Set<Key>();
    const items = claims.map(({ key, version, papers, files, transaction, contested }): BulkItem => {
      const document: Stored = {
        kind: 'key',
        papers,
        ...(files.length > 0 && { files }),
        transaction,
        ...(contested !== undefined && { contested }),
      };
      return version
        ? { action: 'index', index: this.index, id: key, document, when: version }
        : { action: 'create', index: this.index, id: key, document };
    });
    await bulk(this.#client, items, {
      signal,
      onAcknowledged: ({ id }, outcome) => {
        if (outcome === 'conflict') lost.add(id);
      },
    });
    return lost;
  }
}

interface Stored {
  readonly kind: 'key';
  readonly papers: readonly string[];
  readonly files?: readonly string[];
  readonly transaction: string | undefined;
  readonly contested?: string;
}
