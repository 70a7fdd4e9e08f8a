import { lowerBound } from '../../util/lower-bound.ts';
import type { NamedArrays } from '../binary/arrays.ts';
import { isAscending } from '../binary/numbers.ts';

/** Which end of a link: the works that a paper cites, or the papers that cite it. */
export const LINK_DIRECTIONS = ['references', 'citations'] as const;
export type LinkDirection = (typeof LINK_DIRECTIONS)[number];

/** Names of the arrays of a graph in a snapshot: to change one is to change the format. */
export const CITATION_ARRAYS = ['citesEnds', 'citesTargets', 'citesWorks'] as const;

/** A graph as a snapshot stores it: compressed sparse rows. */
export type CitationArrays = {
  /** Where the works of each paper end in `citesTargets`. */
  readonly citesEnds: Uint32Array;
  /**
   * The works that each paper cites, ascending and each once: a number below the number of papers is the position of a
   * paper, any other the place of a work in `citesWorks`, added to the number of papers.
   */
  readonly citesTargets: Uint32Array;
  /** Digests of the cited works that are not in the index (`keyDigest`), ascending: the high 32 bits, the low ones. */
  readonly citesWorks: Uint32Array;
};

/** What there is of citations in an index. */
export interface CitationCounts {
  /** Papers with at least one reference. */
  readonly citing: number;
  /** Papers of the index that another one cites. */
  readonly cited: number;
  /** References of all papers; a paper's reference to one work counts once. */
  readonly references: number;
  /** Those to papers of the index, and those to other works. */
  readonly resolved: number;
  readonly unresolved: number;
}

const NONE = new Uint32Array(0);

/** Which papers of an index cite which papers, and which other works. Papers are known by their position. */
export class CitationGraph {
  /** Number of papers. */
  readonly size: number;
  readonly #ends: Uint32Array;
  readonly #targets: Uint32Array;
  readonly #works: Uint32Array;
  #reverse: { readonly ends: Uint32Array; readonly citing: Uint32Array } | undefined;

  /** @param arrays that fit together: see `citationGraphOf`. */
  constructor({ citesEnds, citesTargets, citesWorks }: CitationArrays) {
    this.size = citesEnds.length;
    this.#ends = citesEnds;
    this.#targets = citesTargets;
    this.#works = citesWorks;
  }

  /** Whether no paper cites anything. */
  get isEmpty(): boolean {
    return this.#targets.length === 0;
  }

  /** How many works that are not in the index are cited. */
  get works(): number {
    return this.#works.length / 2;
  }

  /** All works that a paper cites, ascending: papers below `size`, other works from there on. */
  worksOf(doc: number): Uint32Array {
    return this.#targets.subarray(startOf(this.#ends, doc), this.#ends[doc]!);
  }

  /** The papers that a paper cites, ascending. */
  referencesOf(doc: number): Uint32Array {
    const works = this.worksOf(doc);
    return works.subarray(
      0,
      lowerBound(0, works.length, (place) => works[place]! < this.size),
    );
  }

  /** The papers that cite a work, ascending. @param work position of a paper, or a number of `worksOf`. */
  citationsOf(work: number): Uint32Array {
    if (this.isEmpty) return NONE;
    const { ends, citing } = this.#reversed();
    return citing.subarray(startOf(ends, work), ends[work]!);
  }

  /** The papers at one end of the links of a paper. */
  linked(doc: number, direction: LinkDirection): Uint32Array {
    return direction === 'references' ? this.referencesOf(doc) : this.citationsOf(doc);
  }

  /** How many works a paper cites, in the index or not; or how many papers cite it. */
  count(doc: number, direction: LinkDirection): number {
    return direction === 'references' ? this.worksOf(doc).length : this.citationsOf(doc).length;
  }

  /** The number of a cited work that is not in the index, by the digest of its key; -1 when no paper cites it. */
  workWith(digest: number): number {
    const at = (place: number) => this.#works[2 * place]! * 2 ** 32 + this.#works[2 * place + 1]!;
    const place = lowerBound(0, this.works, (each) => at(each) < digest);
    return place < this.works && at(place) === digest ? this.size + place : -1;
  }

  counts(): CitationCounts {
    // Plain loops over the arrays: an index of a million papers is asked whenever its snapshot is replaced.
    const { size } = this;
    let resolved = 0;
    const isCited = new Uint8Array(size);
    for (const target of this.#targets) {
      if (target >= size) continue;
      resolved++;
      isCited[target] = 1;
    }
    let [citing, cited] = [0, 0];
    for (let doc = 0, start = 0; doc < size; doc++) {
      const end = this.#ends[doc]!;
      if (end > start) citing++;
      cited += isCited[doc]!;
      start = end;
    }
    const references = this.#targets.length;
    return { citing, cited, references, resolved, unresolved: references - resolved };
  }

  /** The same links from the cited work to the citing papers; made at the first use. */
  #reversed(): { readonly ends: Uint32Array; readonly citing: Uint32Array } {
    if (this.#reverse) return this.#reverse;
    const ends = new Uint32Array(this.size + this.works);
    for (const target of this.#targets) ends[target]!++;
    for (let n = 1; n < ends.length; n++) ends[n]! += ends[n - 1]!;
    const citing = new Uint32Array(this.#targets.length);
    const next = new Uint32Array(ends.length);
    for (let n = 1; n < ends.length; n++) next[n] = ends[n - 1]!;
    for (let doc = 0; doc < this.size; doc++) {
      for (const target of this.worksOf(doc)) citing[next[target]!++] = doc;
    }
    this.#reverse = { ends, citing };
    return this.#reverse;
  }
}

/** The arrays of a graph without links. */
export function withoutCitations(size: number): CitationArrays {
  return { citesEnds: new Uint32Array(size), citesTargets: NONE, citesWorks: NONE };
}

/** The graph in arrays of a snapshot; undefined when they are not those of a graph, or do not fit together. */
export function citationGraphOf(arrays: NamedArrays, size: number): CitationGraph | undefined {
  const { citesEnds, citesTargets, citesWorks } = arrays;
  const areNumbers = [citesEnds, citesTargets, citesWorks].every((array) => array instanceof Uint32Array);
  if (!areNumbers) return undefined;
  const found = { citesEnds, citesTargets, citesWorks } as CitationArrays;
  return fits(found, size) ? new CitationGraph(found) : undefined;
}

function fits({ citesEnds, citesTargets, citesWorks }: CitationArrays, size: number): boolean {
  const works = citesWorks.length / 2;
  if (citesEnds.length !== size || !Number.isInteger(works)) return false;
  if (!isAscending(citesEnds, citesTargets.length)) return false;
  if ((citesEnds.at(-1) ?? 0) !== citesTargets.length) return false;
  for (let doc = 0; doc < size; doc++) {
    let before = -1;
    for (let at = startOf(citesEnds, doc); at < citesEnds[doc]!; at++) {
      const target = citesTargets[at]!;
      if (target <= before || target === doc || target >= size + works) return false;
      before = target;
    }
  }
  return true;
}

function startOf(ends: Uint32Array, place: number): number {
  return place === 0 ? 0 : ends[place - 1]!;
}
