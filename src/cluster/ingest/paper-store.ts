import { isDeepStrictEqual } from 'node:util';
import type { PaperIds } from '../../ingest/identity/paper-ids.ts';
import type { Paper } from '../../papers/paper.ts';
import { workKey } from '../../papers/references.ts';
import { type BulkItem, bulk } from '../client/bulk.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { documentId, documentOf, paperOf, vectorOf } from '../store/document.ts';
import { SOURCES } from '../store/paths.ts';
import { contentDigest } from './content-digest.ts';
import type { Version } from './key-store.ts';

/** A paper as it was when the change began, of which a paper has records now. */
export interface Base extends PaperIds {
  /** Milliseconds since 1970. */
  readonly added: number;
  readonly changed: number;
  /** Digest of what it said. */
  readonly said: string;
}

/** A record of a paper, and the paper that it was of when the change began. */
export interface KnownRecord {
  readonly record: Paper;
  /** Undefined of a record that this change has brought. */
  readonly base: Base | undefined;
}

/** A document as it was when its records were given to others. */
interface Replaced {
  readonly id: string;
  readonly seqNo: number;
}

/** A paper as the new snapshot has it at this moment. */
export interface KnownPaper {
  readonly paper: Paper;
  readonly records: readonly KnownRecord[];
  readonly added: number;
  readonly changed: number;
  /** How many papers cite it, as counted when the last change was published. */
  readonly citations: number;
  /** Whether it is as it was when the change began. */
  readonly isBase: boolean;
  /**
   * Documents whose records this one took over. One of them that is still the same was to be written or deleted next, when a
   * worker was killed.
   */
  readonly replaces: readonly Replaced[];
  readonly version: Version;
}

/** A paper to write. */
export interface WantedPaper {
  readonly paper: Paper;
  readonly records: readonly KnownRecord[];
  readonly added: number;
  readonly changed: number;
  /** How many papers cite it, as far as known. */
  readonly citations: number;
  /** L2-normalised. */
  readonly vector: Float32Array | undefined;
  readonly replaces: readonly Replaced[];
  /** Of the document that it replaces; undefined where there must be none. */
  readonly version: Version | undefined;
}

/** What a document keeps of its records. */
interface StoredRecords {
  /** The change that wrote the document. For another one, the paper as it is here is its base. */
  readonly change: string;
  /** `record` is absent where the paper is its only record; `base` is a place in `bases`. */
  readonly list: readonly { readonly record?: Paper; readonly base?: number }[];
  readonly bases?: readonly Base[];
  readonly replaces?: readonly Replaced[];
}

interface Got {
  readonly _id: string;
  readonly found?: boolean;
  readonly _seq_no: number;
  readonly _primary_term: number;
  // biome-ignore lint/suspicious/noExplicitAny: the document's own functions read it.
  readonly _source: any;
}

/** Documents read at once. */
const READ_AT_ONCE = 500;

/** The papers of a snapshot while it is written. */
export class PaperStore {
  readonly #client: ClusterClient;
  readonly #change: string;
  readonly #basis: string | undefined;
  readonly index: string;

  /**
   * @param index of the new snapshot. @param change that writes it.
   * @param basis the index of the snapshot that it was cloned from; undefined if it began empty.
   */
  constructor(client: ClusterClient, index: string, change: string, basis: string | undefined) {
    this.#client = client;
    this.#basis = basis;
    this.#change = change;
    this.index = index;
  }

  /** Papers by their ids, as they are at this moment; those that are not there are left out. */
  async read(ids: readonly string[]): Promise<Map<string, KnownPaper>> {
    const found = await this.#get(ids, ['paper', 'records', 'numbers']);
    return new Map(Array.from(found, ([id, got]) => [id, this.#known(got)]));
  }

  /** Papers as they were when the change began. */
  async readBases(ids: readonly string[]): Promise<Base[]> {
    if (this.#basis === undefined || ids.length === 0) return [];
    const found = await this.#get(ids, ['paper', 'records', 'numbers'], this.#basis);
    return Array.from(found.values(), (got) => baseOf(paperOf(got._source), got._source.numbers));
  }

  /** Which of these ids papers have. */
  async existing(ids: readonly string[]): Promise<Set<string>> {
    return new Set((await this.#get(ids, false)).keys());
  }

  /** The vectors of papers, by their ids. */
  async vectors(ids: readonly string[]): Promise<Map<string, Float32Array>> {
    const found = await this.#get(ids, ['vectorBytes']);
    return new Map(
      Array.from(found).flatMap(([id, { _source }]) =>
        _source.vectorBytes === undefined ? [] : [[id, vectorOf(_source)] as const],
      ),
    );
  }

  /**
   * Writes papers, then deletes those that are gone, so that a record is twice there rather than not at all when this
   * process dies in between.
   * @returns whether all were as their versions say; else some are not written.
   */
  async write(
    wanted: readonly WantedPaper[],
    gone: readonly { readonly id: string; readonly version: Version }[],
    signal?: AbortSignal,
  ): Promise<boolean> {
    let conflicts = 0;
    const onAcknowledged = (_: BulkItem, outcome: string) => {
      if (outcome === 'conflict') conflicts++;
    };
    const items = function* (this: PaperStore) {
      for (const each of wanted) yield this.#itemOf(each);
    };
    await bulk(this.#client, items.call(this), { signal, onAcknowledged });
    if (conflicts > 0) return false;
    await bulk(
      this.#client,
      gone.map(({ id, version }) => ({
        action: 'delete',
        index: this.index,
        id: documentId(id),
        when: version,
      })),
      { signal, onAcknowledged },
    );
    return conflicts === 0;
  }

  /** Corrects how many papers cite each of these. No other worker may be writing. @param counts by id. */
  async setCitations(counts: ReadonlyMap<string, number>, signal?: AbortSignal): Promise<void> {
    const ids = [...counts.keys()];
    const [known, vectors] = await Promise.all([this.read(ids), this.vectors(ids)]);
    const wanted = Array.from(known, ([id, paper]): WantedPaper => {
      return { ...paper, citations: counts.get(id)!, vector: vectors.get(id) };
    });
    await this.write(wanted, [], signal);
  }

  #itemOf(wanted: WantedPaper): BulkItem {
    const { paper, records, added, changed, citations, vector, replaces, version } = wanted;
    // Records that other papers had in between have copies of one base.
    const byId = new Map(records.flatMap(({ base }) => (base ? [[base.id, base] as const] : [])));
    const bases = [...byId.values()];
    const placeOf = new Map(bases.map(({ id }, place) => [id, place]));
    const isItsRecord = records.length === 1 && isDeepStrictEqual(plain(records[0]!.record), plain(paper));
    const stored: StoredRecords = {
      change: this.#change,
      list: records.map(({ record, base }) => ({
        ...(!isItsRecord && { record }),
        ...(base && { base: placeOf.get(base.id)! }),
      })),
      ...(bases.length > 0 && { bases }),
      ...(replaces.length > 0 && { replaces }),
    };
    const references = new Set((paper.references ?? []).map(workKey)).size;
    const document = documentOf(paper, {
      vector,
      records: stored,
      arrival: { added, changed },
      links: { references, citations },
    });
    const target = {
      index: this.index,
      id: documentId(paper.id),
      document: { ...document, [SOURCES]: records.length },
    };
    return version ? { action: 'index', ...target, when: version } : { action: 'create', ...target };
  }

  #known({ _source: source, _seq_no, _primary_term }: Got): KnownPaper {
    const paper = paperOf(source);
    const stored: StoredRecords = source.records;
    const { added = 0, changed = 0, citations = 0 } = source.numbers;
    const isBase = stored.change !== this.#change;
    const base = isBase ? baseOf(paper, { added, changed }) : undefined;
    return {
      paper,
      records: stored.list.map((each) => ({
        record: each.record ?? paper,
        base: base ?? (each.base === undefined ? undefined : stored.bases![each.base]!),
      })),
      added,
      changed,
      citations,
      isBase,
      replaces: isBase ? [] : (stored.replaces ?? []),
      version: { if_seq_no: _seq_no, if_primary_term: _primary_term },
    };
  }

  async #get(
    ids: readonly string[],
    source: false | readonly string[],
    index = this.index,
  ): Promise<Map<string, Got>> {
    const found = new Map<string, Got>();
    for (let start = 0; start < ids.length; start += READ_AT_ONCE) {
      const part = ids.slice(start, start + READ_AT_ONCE);
      const { docs } = await this.#client.request<{ docs: Got[] }>('POST', `/${index}/_mget`, {
        body: { docs: part.map((id) => ({ _id: documentId(id), _source: source })) },
      });
      docs.forEach((got, at) => {
        if (got.found) found.set(part[at]!, got);
      });
    }
    return found;
  }
}

function baseOf(paper: Paper, { added = 0, changed = 0 }: { added?: number; changed?: number }): Base {
  const { id, aliases = [] } = paper;
  return { id, aliases, added, changed, said: contentDigest(paper) };
}

/** Without absent members, as it is stored. */
function plain(paper: Paper): unknown {
  return JSON.parse(JSON.stringify(paper));
}
