import { setImmediate } from 'node:timers/promises';
import { Growable } from '../../../indexes/binary/growable.ts';
import type { Paper } from '../../../papers/paper.ts';
import { dayOf, publicationDateOf } from '../../../papers/semantic-scholar/dates.ts';
import { fieldBits, fieldsOfStudyOf } from '../../../papers/semantic-scholar/fields-of-study.ts';
import { authorIdOf, corpusIdOf, hashOf, paperIdOf } from '../../../papers/semantic-scholar/identity.ts';
import { urlKey } from '../../../papers/semantic-scholar/urls.ts';
import type { Snapshot } from '../../../search/engine.ts';
import type { Positions } from '../../../search/positions.ts';
import { type KeyTable, KeyTableBuilder } from './key-table.ts';
import { publicationTypesOf, typeBits } from './publication-types.ts';

/** Bytes of a `paperId`. */
const ID_BYTES = 20;
/** Papers between two pauses that let requests through. */
const YIELD_EVERY = 500;

/**
 * What Semantic Scholar's API asks of all papers of a snapshot at once and the index does not tell: about 100 bytes a
 * paper and 12 an author, in memory.
 */
export class Catalogue {
  readonly size: number;
  /** By which papers are filtered: see `dayOf`. */
  readonly days: Uint32Array;
  /** Whether the day of publication is known, one byte a paper. */
  readonly hasDay: Uint8Array;
  /** See `fieldBits` and `typeBits`. */
  readonly fields: Uint32Array;
  readonly types: Uint16Array;
  /** Positions in the order of their `paperId`, and the place of each position in it. */
  readonly byPaperId: Uint32Array;
  readonly placeByPaperId: Uint32Array;
  readonly #ids: Buffer;
  readonly #idHeads: KeyTable;
  readonly #corpusIds: KeyTable;
  readonly #urls: KeyTable;
  readonly #authors: KeyTable;

  constructor(builder: CatalogueBuilder) {
    this.#ids = Buffer.from(builder.ids.trimmed().buffer);
    this.days = builder.days.trimmed();
    this.hasDay = builder.hasDay.trimmed();
    this.fields = builder.fields.trimmed();
    this.types = builder.types.trimmed();
    this.size = this.days.length;
    this.#idHeads = builder.idHeads.finish();
    this.#corpusIds = builder.corpusIds.finish();
    this.#urls = builder.urls.finish();
    this.#authors = builder.authors.finish();
    const heads = Float64Array.from(this.days, (_, doc) => this.#ids.readUIntBE(doc * ID_BYTES, 6));
    this.byPaperId = Uint32Array.from(this.days, (_, doc) => doc).sort(
      (a, b) => heads[a]! - heads[b]! || Buffer.compare(this.#idAt(a), this.#idAt(b)) || a - b,
    );
    this.placeByPaperId = new Uint32Array(this.size);
    for (const [place, doc] of this.byPaperId.entries()) this.placeByPaperId[doc] = place;
  }

  /** The position of the paper with a `paperId`; undefined for none. */
  positionOfPaperId(paperId: string): number | undefined {
    const id = Buffer.from(paperId, 'hex');
    if (id.length !== ID_BYTES) return undefined;
    return Array.from(this.#idHeads.positionsOf(id.readUIntBE(0, 6))).find((doc) =>
      this.#idAt(doc).equals(id),
    );
  }

  /** The position of the paper with a `corpusId`; undefined for none. */
  positionOfCorpusId(corpusId: number): number | undefined {
    return this.#corpusIds.positionsOf(corpusId)[0];
  }

  /** The positions of papers that may have a web address: one in 10^14 others does, too. */
  positionsOfUrl(url: string): Uint32Array {
    return this.#urls.positionsOf(hashOf(urlKey(url)));
  }

  /** The positions of an author's papers, ascending; none for an unknown `authorId`. */
  positionsOfAuthor(authorId: string): Uint32Array {
    return this.#authors.positionsOf(/^\d{1,15}$/.test(authorId) ? Number(authorId) : -1);
  }

  #idAt(doc: number): Buffer {
    return this.#ids.subarray(doc * ID_BYTES, (doc + 1) * ID_BYTES);
  }
}

/** Collects the facts of papers in the order of their positions. */
class CatalogueBuilder {
  readonly ids = new Growable(Uint8Array);
  readonly days = new Growable(Uint32Array);
  readonly hasDay = new Growable(Uint8Array);
  readonly fields = new Growable(Uint32Array);
  readonly types = new Growable(Uint16Array);
  readonly idHeads = new KeyTableBuilder();
  readonly corpusIds = new KeyTableBuilder();
  readonly urls = new KeyTableBuilder();
  readonly authors = new KeyTableBuilder();

  add(paper: Paper, doc: number): void {
    const id = Buffer.from(paperIdOf(paper), 'hex');
    for (const byte of id) this.ids.push(byte);
    this.idHeads.add(id.readUIntBE(0, 6), doc);
    this.corpusIds.add(corpusIdOf(paper), doc);
    for (const url of [paper.urls.landing, paper.urls.pdf]) if (url) this.urls.add(hashOf(urlKey(url)), doc);
    for (const author of new Set(paper.authors.map(authorIdOf))) this.authors.add(Number(author), doc);
    this.days.push(dayOf(paper));
    this.hasDay.push(publicationDateOf(paper) === null ? 0 : 1);
    this.fields.push(fieldBits(fieldsOfStudyOf(paper)));
    this.types.push(typeBits(publicationTypesOf(paper)));
  }
}

const catalogues = new WeakMap<Positions['corpus'], Promise<Catalogue>>();

/**
 * The catalogue of a snapshot: made at the first use by reading all papers, with other requests let through
 * meanwhile, and kept as long as the snapshot is.
 * @throws PaperSearchError INDEX_CORRUPT when a paper cannot be read; the next call tries again.
 */
export function catalogueOf(snapshot: Snapshot, { corpus }: Positions): Promise<Catalogue> {
  const known = catalogues.get(corpus);
  if (known) return known;
  const catalogue = build(snapshot);
  catalogues.set(corpus, catalogue);
  catalogue.catch(() => catalogues.delete(corpus));
  return catalogue;
}

async function build(snapshot: Snapshot): Promise<Catalogue> {
  const builder = new CatalogueBuilder();
  let doc = 0;
  for await (const paper of snapshot.papers()) {
    builder.add(paper, doc++);
    if (doc % YIELD_EVERY === 0) await setImmediate();
  }
  return new Catalogue(builder);
}
