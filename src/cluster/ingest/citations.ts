import type { Paper } from '../../papers/paper.ts';
import type { ClusterClient, SearchBody } from '../client/cluster-client.ts';
import { linksOfDocument } from '../store/document-links.ts';
import { documentId } from '../store/names.ts';
import { CITED_BY, CITES, WORKS } from '../store/paths.ts';
import { allDocuments } from './documents.ts';
import type { PaperStore } from './paper-store.ts';
import type { Component } from './regroup.ts';

/** Papers that are counted at once. */
const PAGE = 200;
/** Digests that one query names. */
const WORKS_OF_QUERY = 1000;
/** Papers with one identifier in common that are compared. */
const MAX_SHARING = 100;

/** The works whose citations may differ after a component is written: those that papers no longer or newly cite or are. */
export function touchedWorks({ before, wanted, gone }: Component): Set<string> {
  const touched = new Set<string>();
  const after = new Map(wanted.map(({ paper }) => [paper.id, paper]));
  const lost = new Set(gone.map(({ paper }) => paper.id));
  const earlier = before.filter(({ paper }) => lost.has(paper.id) || after.has(paper.id));
  const [old, now] = [earlier.map(({ paper }) => paper), [...after.values()]].map(worksOf);
  for (const work of old!) if (!now!.has(work)) touched.add(work);
  for (const work of now!) if (!old!.has(work)) touched.add(work);
  return touched;
}

function worksOf(papers: readonly Paper[]): Set<string> {
  return new Set(
    papers.flatMap((paper) => {
      const { cites = [], citedBy = [], works } = linksOfDocument(paper);
      // Who is cited by whom depends on both ends.
      return [...cites, ...works, ...(citedBy.length > 0 ? [...citedBy, ...works] : [])];
    }),
  );
}

/**
 * Counts the citations of papers of a snapshot that is being written, and corrects those that differ. A paper is cited by
 * another that has a reference to one of its keys, or that its own source names as citing. A key that several papers have,
 * such as the DOI of a book on its chapters, does not count.
 */
export class CitationCounter {
  readonly #client: ClusterClient;
  readonly #papers: PaperStore;
  readonly #signal: AbortSignal | undefined;

  constructor(client: ClusterClient, papers: PaperStore, signal?: AbortSignal) {
    this.#client = client;
    this.#papers = papers;
    this.#signal = signal;
  }

  /** Whether any paper has links: without, there is nothing to count. @param index refreshed. */
  async hasLinks(): Promise<boolean> {
    const should = [CITES, CITED_BY].map((field) => ({ exists: { field } }));
    const { hits } = await this.#client.search(this.#papers.index, {
      query: { bool: { should } },
      size: 0,
      track_total_hits: 1,
    });
    return hits.total!.value > 0;
  }

  /** Counts those of all papers. @returns how many were corrected. */
  async countAll(onProgress: (done: number) => void): Promise<number> {
    return this.#countWhere({ match_all: {} }, onProgress);
  }

  /** Counts those of papers that are one of these works. */
  async countWorks(works: readonly string[], onProgress: (done: number) => void): Promise<number> {
    let corrected = 0;
    for (let start = 0; start < works.length; start += WORKS_OF_QUERY) {
      const query = { terms: { [WORKS]: works.slice(start, start + WORKS_OF_QUERY) } };
      corrected += await this.#countWhere(query, onProgress);
    }
    return corrected;
  }

  async #countWhere(
    query: Readonly<Record<string, unknown>>,
    onProgress: (done: number) => void,
  ): Promise<number> {
    let corrected = 0;
    let done = 0;
    const pages = allDocuments<{ paper: Paper; numbers?: { citations?: number } }>(
      this.#client,
      this.#papers.index,
      query,
      PAGE,
      ['paper', 'numbers'],
      this.#signal,
    );
    for await (const page of pages) {
      const papers = page.map(({ document }) => document.paper);
      const counts = await this.#counts(papers);
      const wrong = new Map(
        page.flatMap(({ document: { paper, numbers } }, at) =>
          (numbers?.citations ?? 0) === counts[at] ? [] : [[paper.id, counts[at]!] as const],
        ),
      );
      if (wrong.size > 0) await this.#papers.setCitations(wrong, this.#signal);
      corrected += wrong.size;
      done += page.length;
      onProgress(done);
    }
    return corrected;
  }

  /** How many papers cite each. */
  async #counts(papers: readonly Paper[]): Promise<number[]> {
    const links = papers.map((paper) => linksOfDocument(paper));
    const counts = await this.#search(
      papers.map((paper, at) => countBody(paper, links[at]!.works, links[at]!.citedBy)),
    );
    const cited = papers.flatMap((_, at) => (counts[at]!.total > 0 ? [at] : []));
    const sharing = await this.#search(
      cited.map((at) => ({
        query: {
          bool: { filter: { terms: { [WORKS]: links[at]!.works } }, must_not: itself(papers[at]!) },
        },
        size: MAX_SHARING,
        _source: ['paper'],
      })),
    );
    const again = cited.filter((_, n) => sharing[n]!.papers.length > 0);
    const exact = await this.#search(
      again.map((at) => {
        const others = new Set(
          sharing[cited.indexOf(at)]!.papers.flatMap((other) => linksOfDocument(other).works),
        );
        const own = links[at]!.works.filter((work) => !others.has(work));
        return countBody(papers[at]!, own, links[at]!.citedBy);
      }),
    );
    again.forEach((at, n) => {
      counts[at] = exact[n]!;
    });
    return counts.map(({ total }) => total);
  }

  async #search(bodies: readonly SearchBody[]): Promise<{ total: number; papers: Paper[] }[]> {
    if (bodies.length === 0) return [];
    const { index } = this.#papers;
    const results = await this.#client.searchAll(
      bodies.map((body) => ({ index, body })),
      { signal: this.#signal },
    );
    return results.map(({ hits }) => ({
      total: hits.total!.value,
      papers: hits.hits.map(({ _source }) => (_source as { paper: Paper }).paper),
    }));
  }
}

function countBody(paper: Paper, works: readonly string[], citedBy: readonly string[] = []): SearchBody {
  const should = [
    { terms: { [CITES]: works } },
    ...(citedBy.length > 0 ? [{ terms: { [WORKS]: citedBy } }] : []),
  ];
  const filter = { bool: { should, minimum_should_match: 1 } };
  return { query: { bool: { filter, must_not: itself(paper) } }, size: 0 };
}

function itself({ id }: Paper) {
  return { ids: { values: [documentId(id)] } };
}
