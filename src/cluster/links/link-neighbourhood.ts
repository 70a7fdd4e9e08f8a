import { PaperSearchError } from '../../errors.ts';
import { CitationGraph } from '../../indexes/citations/citation-graph.ts';
import { LinkBuilder } from '../../indexes/citations/link-builder.ts';
import type { Paper } from '../../papers/paper.ts';
import { linkKeysOf, lookUpKeys, workKey } from '../../papers/references.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { storedDigest } from '../store/document-links.ts';

/** Where links are looked up: one index of a cluster. */
export interface LinkSource {
  readonly client: Pick<ClusterClient, 'search'>;
  /** The concrete index of a snapshot. */
  readonly index: string;
  readonly signal?: AbortSignal | undefined;
}

/** What is read of a paper: its identifiers and links, and what orders papers by date and title. */
const READ = [
  'id',
  'aliases',
  'externalIds',
  'urls',
  'references',
  'citedBy',
  'title',
  'date',
  'year',
  'session',
].map((name) => `paper.${name}`);
/** Keys of one search: the cluster takes 65,536. */
const MAX_KEYS = 30_000;
/** Papers of one page. */
const PAGE = 2000;
/** Most papers that are read: some 1 kB each. */
const MAX_PAPERS = 100_000;

/** Papers with the links between them, by position. */
export interface LinkGraph {
  readonly graph: CitationGraph;
  /** In the order of the index, with the members that links and dates follow from. */
  readonly papers: readonly Paper[];
  /** The position of a paper; undefined for one that was not read. */
  docOf(id: string): number | undefined;
}

/**
 * The papers around some papers, and the links between them. References find their papers as in an index on this machine
 * (`LinkBuilder`): for that, all papers are read that have a key of a reference of an expanded paper, and all that have a
 * reference with one of its keys.
 */
export class LinkNeighbourhood {
  readonly #source: LinkSource;
  readonly #papers = new Map<string, Paper>();
  readonly #asked = { works: new Set<string>(), citing: new Set<string>() };

  readonly #stopsAt: number | undefined;

  /** @param stopsAt papers after which no more are read: links may be missing then. Default: an error says so. */
  constructor(source: LinkSource, stopsAt?: number) {
    this.#source = source;
    this.#stopsAt = stopsAt;
  }

  /** Reads the papers that cite works outside of the index, too. @param references to these works. */
  async expandWorks(references: readonly string[]): Promise<void> {
    const keys = digestsOf(references.map(workKey));
    await this.#readWith([], keys);
    await this.#readRivals(new Set(keys));
  }

  /**
   * Reads the papers at the other ends of all links of some papers, whose links in `graph` are complete from then on.
   * @throws PaperSearchError BAD_REQUEST when these are too many.
   */
  async expand(papers: Iterable<Paper>): Promise<void> {
    const centre = [...papers];
    for (const paper of centre) this.#add(paper);
    const own = digestsOf(centre.flatMap(linkKeysOf));
    await this.#readWith([...own, ...digestsOf(centre.flatMap(namedBy).flatMap(lookUpKeys))], own);
    await this.#readRivals(new Set(own));
  }

  /** The links between all papers that were read. */
  graph(): LinkGraph {
    const papers = Array.from(this.#papers.values()).sort((a, b) => (a.id < b.id ? -1 : 1));
    const builder = new LinkBuilder();
    for (const [doc, paper] of papers.entries()) builder.add(doc, paper);
    const docs = new Map(papers.map(({ id }, doc) => [id, doc]));
    const graph = new CitationGraph(builder.finish(papers.length));
    return { graph, papers, docOf: (id) => docs.get(id) };
  }

  /**
   * Reads the papers that a reference to an expanded paper may mean instead: it may have several identifiers, and the best
   * one that a paper has decides.
   */
  async #readRivals(own: ReadonlySet<string>): Promise<void> {
    const others = new Set<string>();
    for (const paper of this.#papers.values()) {
      for (const reference of namedBy(paper)) {
        const keys = digestsOf(lookUpKeys(reference));
        if (keys.some((key) => own.has(key))) for (const key of keys) others.add(key);
      }
    }
    await this.#readWith([...others], []);
  }

  /** Reads the papers with one of these keys, and those whose links have one of the others. */
  async #readWith(works: readonly string[], linked: readonly string[]): Promise<void> {
    const newWorks = works.filter((key) => !this.#asked.works.has(key));
    const newLinked = linked.filter((key) => !this.#asked.citing.has(key));
    for (const key of newWorks) this.#asked.works.add(key);
    for (const key of newLinked) this.#asked.citing.add(key);
    for (let at = 0; at < newWorks.length; at += MAX_KEYS)
      await this.#readAll({ terms: { works: newWorks.slice(at, at + MAX_KEYS) } });
    for (let at = 0; at < newLinked.length; at += MAX_KEYS) {
      const keys = newLinked.slice(at, at + MAX_KEYS);
      await this.#readAll({ bool: { should: [{ terms: { cites: keys } }, { terms: { citedBy: keys } }] } });
    }
  }

  async #readAll(filter: Readonly<Record<string, unknown>>): Promise<void> {
    const { client, index, signal } = this.#source;
    let after: readonly unknown[] | undefined;
    do {
      const body = {
        query: { constant_score: { filter } },
        size: PAGE,
        sort: [{ id: 'asc' }],
        _source: READ,
        track_total_hits: false,
        ...(after && { search_after: after }),
      };
      const { hits } = await client.search<{ readonly paper: Paper }>(index, body, { signal });
      for (const { _source } of hits.hits) this.#add(_source.paper);
      after = hits.hits.length === PAGE ? hits.hits.at(-1)!.sort : undefined;
    } while (after && this.#papers.size < (this.#stopsAt ?? Number.POSITIVE_INFINITY));
  }

  #add(paper: Paper): void {
    if (this.#papers.has(paper.id)) return;
    if (this.#papers.size === MAX_PAPERS) {
      throw new PaperSearchError(
        'BAD_REQUEST',
        `These papers have links to more than ${MAX_PAPERS} others. Ask for fewer papers, or for a smaller depth.`,
      );
    }
    this.#papers.set(paper.id, paper);
  }
}

/** The works that a paper says it cites, or is cited by. */
function namedBy({ references = [], citedBy = [] }: Paper): readonly string[] {
  return [...references, ...citedBy];
}

function digestsOf(keys: readonly string[]): string[] {
  return [...new Set(keys.map(storedDigest))];
}
