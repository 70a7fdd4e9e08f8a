import type { Paper } from '../../papers/paper.ts';
import { keyDigest, linkKeysOf, lookUpKeys, workKey } from '../../papers/references.ts';
import { Growable } from '../binary/growable.ts';
import type { CitationArrays } from './citation-graph.ts';

/** Represents the papers of a key that several papers have. */
const SEVERAL = -1;

/**
 * Finds the papers that references mean, by the ids, aliases and external ids of all papers. Keys are kept as digests: an
 * index of a million papers has some thirty million references.
 */
export class LinkBuilder {
  readonly #ownKeys = new Growable(Float64Array);
  readonly #ownDocs = new Growable(Uint32Array);
  readonly #links = new Growable(Float64Array);
  /** Of each link: the paper whose record names it, how many keys it has in `#links`, and whether it cites the paper. */
  readonly #docs = new Growable(Uint32Array);
  readonly #keyCounts = new Growable(Uint16Array);
  readonly #isCiting = new Growable(Uint8Array);

  /** @param doc position of the paper: 0, then 1 and so on. */
  add(doc: number, paper: Paper): void {
    for (const key of linkKeysOf(paper)) {
      this.#ownKeys.push(keyDigest(key));
      this.#ownDocs.push(doc);
    }
    for (const reference of paper.references ?? []) this.#addLink(doc, reference, 0);
    for (const reference of paper.citedBy ?? []) this.#addLink(doc, reference, 1);
  }

  /** How many links the papers name. */
  get links(): number {
    return this.#docs.length;
  }

  /**
   * The graph of the links. A reference to an identifier that several papers have, such as the DOI of a book on its
   * chapters, links to no paper.
   * @param size number of papers.
   */
  finish(size: number): CitationArrays {
    const papers = this.#docs.length === 0 ? new Map<number, number>() : this.#papersByKey();
    const works = new Map<number, number>();
    const from = new Growable(Uint32Array);
    const to = new Growable(Uint32Array);
    let at = 0;
    for (let link = 0; link < this.#docs.length; link++) {
      const doc = this.#docs.view()[link]!;
      const count = this.#keyCounts.view()[link]!;
      // The last key represents the work where no paper has one of the others.
      const keys = this.#links.view().subarray(at, at + count - 1);
      const work = this.#links.view()[at + count - 1]!;
      at += count;
      const found = paperWith(keys, papers);
      if (this.#isCiting.view()[link] === 1) {
        if (found === undefined || found === doc) continue;
        from.push(found);
        to.push(doc);
      } else if (found !== doc) {
        from.push(doc);
        to.push(found ?? size + placeOf(work, works));
      }
    }
    return rowsOf(size, from.view(), to.view(), [...works.keys()]);
  }

  #addLink(doc: number, reference: string, isCiting: 0 | 1): void {
    const keys = [...lookUpKeys(reference), workKey(reference)];
    for (const key of keys) this.#links.push(keyDigest(key));
    this.#docs.push(doc);
    this.#keyCounts.push(keys.length);
    this.#isCiting.push(isCiting);
  }

  #papersByKey(): Map<number, number> {
    const papers = new Map<number, number>();
    const docs = this.#ownDocs.view();
    for (const [place, key] of this.#ownKeys.view().entries()) {
      const known = papers.get(key);
      if (known === undefined) papers.set(key, docs[place]!);
      else if (known !== docs[place]) papers.set(key, SEVERAL);
    }
    return papers;
  }
}

/** The only paper with one of several keys, the first that has one counts. */
function paperWith(keys: Float64Array, papers: ReadonlyMap<number, number>): number | undefined {
  for (const key of keys) {
    const doc = papers.get(key);
    if (doc !== undefined && doc !== SEVERAL) return doc;
  }
  return undefined;
}

function placeOf(work: number, works: Map<number, number>): number {
  const known = works.get(work) ?? works.size;
  works.set(work, known);
  return known;
}

/**
 * Links as rows, ascending and each once.
 * @param works digests of the works from `size` on, in the order of their numbers in `to`.
 */
function rowsOf(size: number, from: Uint32Array, to: Uint32Array, works: readonly number[]): CitationArrays {
  const sorted = Float64Array.from(works).sort();
  const rank = new Map(Array.from(sorted, (digest, place) => [digest, place]));
  const targets = to.map((target) => (target < size ? target : size + rank.get(works[target - size]!)!));
  const ends = new Uint32Array(size);
  for (const doc of from) ends[doc]!++;
  for (let doc = 1; doc < size; doc++) ends[doc]! += ends[doc - 1]!;
  const next = new Uint32Array(size);
  for (let doc = 1; doc < size; doc++) next[doc] = ends[doc - 1]!;
  const rows = new Uint32Array(targets.length);
  for (let link = 0; link < from.length; link++) rows[next[from[link]!]!++] = targets[link]!;
  let length = 0;
  let start = 0;
  for (let doc = 0; doc < size; doc++) {
    const row = rows.subarray(start, ends[doc]!).sort();
    start = ends[doc]!;
    for (const [place, target] of row.entries()) {
      if (place === 0 || target !== row[place - 1]) rows[length++] = target;
    }
    ends[doc] = length;
  }
  const halves = new Uint32Array(sorted.length * 2);
  for (const [place, digest] of sorted.entries()) {
    halves[2 * place] = Math.floor(digest / 2 ** 32);
    halves[2 * place + 1] = digest % 2 ** 32;
  }
  return { citesEnds: ends, citesTargets: rows.slice(0, length), citesWorks: halves };
}
