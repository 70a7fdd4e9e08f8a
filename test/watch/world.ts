import type { Paper } from '../../src/papers/paper.ts';
import type { PaperListing, PaperSelection } from '../../src/search/engine.ts';
import type { RelevanceRequest } from '../../src/search/relevance/api.ts';
import { FakeEngine, FakeSnapshot } from '../support/fake-engine.ts';
import { paperOf } from '../support/papers.ts';

/** A paper of the simulated index. */
interface Kept extends Paper {
  readonly added: string;
}

/** An index whose papers come, merge, get other ids and are removed. A paper is relevant if its title has the query. */
export class World {
  /** Papers by id. */
  readonly papers = new Map<string, Kept>();
  #ms = Date.parse('2026-11-23T08:00:00Z');
  #snapshots = 0;

  get now(): string {
    return new Date(this.#ms).toISOString();
  }

  /** Adds papers, all at one time later than every time before. Papers that are there stay as they are. */
  ingest(papers: readonly { readonly id: string; readonly title: string }[]): void {
    this.#ms += 3_600_000;
    this.#snapshots++;
    for (const { id, title } of papers) {
      if (this.find(id)) continue;
      this.papers.set(id, { ...paperOf({ id, title }), added: this.now });
    }
  }

  /** Makes two papers one, under the first id. It came in when the earlier one did. */
  merge(kept: string, other: string): void {
    const [a, b] = [this.papers.get(kept), this.papers.get(other)];
    if (!a || !b || a === b) return;
    this.#snapshots++;
    this.papers.delete(other);
    const aliases = [...new Set([...(a.aliases ?? []), other, ...(b.aliases ?? [])])];
    const added = a.added < b.added ? a.added : b.added;
    const title = a.title.includes('bees') ? a.title : b.title;
    this.papers.set(kept, { ...a, title, aliases, added });
  }

  /** Gives a paper another id; the old one becomes an alias. */
  rename(id: string, to: string): void {
    const paper = this.papers.get(id);
    if (!paper || this.find(to)) return;
    this.#snapshots++;
    this.papers.delete(id);
    this.papers.set(to, { ...paper, id: to, aliases: [id, ...(paper.aliases ?? [])] });
  }

  change(id: string, fields: Partial<Omit<Paper, 'added'>>): void {
    const paper = this.papers.get(id);
    if (!paper) return;
    this.#snapshots++;
    this.papers.set(id, { ...paper, ...fields });
  }

  remove(id: string): void {
    if (this.papers.delete(id)) this.#snapshots++;
  }

  /** The paper with an id or an alias. */
  find(id: string): Kept | undefined {
    return this.papers.get(id) ?? [...this.papers.values()].find(({ aliases }) => aliases?.includes(id));
  }

  /** An engine with the papers of now. */
  engine(): FakeEngine<WorldSnapshot> {
    return new FakeEngine(new WorldSnapshot(String(this.#snapshots), [...this.papers.values()]));
  }
}

class WorldSnapshot extends FakeSnapshot {
  readonly #papers: readonly Kept[];

  constructor(id: string, papers: readonly Kept[]) {
    super();
    this.id = id;
    this.#papers = papers;
  }

  override async relevance({ query = '' }: RelevanceRequest = {}, among: PaperSelection = {}) {
    return this.#selected(among)
      .filter(({ title }) => title.includes(query))
      .map(({ id, title }) => ({
        id,
        confidence: { level: title.includes('weakly') ? ('weak' as const) : ('strong' as const), score: 0.5 },
      }));
  }

  override async *papers(listing: PaperListing = {}) {
    const selected = this.#selected(listing);
    if (listing.order === 'added') selected.sort((a, b) => (a.added < b.added ? 1 : -1));
    yield* selected.slice(0, listing.limit);
  }

  override async identify(identifier: string) {
    const exact = this.#papers.filter(({ id }) => id === identifier);
    const found =
      exact.length > 0 ? exact : this.#papers.filter(({ aliases }) => aliases?.includes(identifier));
    return found.map(({ id }) => id);
  }

  override async paper(identifier: string) {
    const [id] = await this.identify(identifier);
    const paper = this.#papers.find((each) => each.id === id);
    return paper ?? super.paper(identifier);
  }

  #selected({ ids, filters = {} }: PaperSelection): Kept[] {
    const { added, is } = filters as { added?: { from: number }; is?: readonly string[] };
    return this.#papers.filter(
      (paper) =>
        (ids === undefined || ids.includes(paper.id)) &&
        (added === undefined || Date.parse(paper.added) >= added.from) &&
        (is === undefined || (paper.status !== undefined && is.includes(paper.status.kind))),
    );
  }
}
