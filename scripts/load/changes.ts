import { exchange } from './exchange.ts';
import type { LoadPaper } from './papers.ts';
import { asLines, paper } from './papers.ts';
import type { References } from './references.ts';
import { paperRequest, searchRequest } from './requests.ts';
import type { Timeline } from './timeline.ts';

export interface ChangesOptions {
  readonly url: string;
  readonly token: string;
  /** Folder of the server's index. */
  readonly index: string;
  readonly references: References;
  readonly timeline: Timeline;
  /** Number of papers in the index: 0 to `papers` - 1. */
  readonly papers: number;
  readonly random: () => number;
  /** Called for every violation. */
  readonly onWrong: (what: string) => void;
}

/** Papers per change. */
const MAX_ADDED = 3;

/** Adds and removes papers through the API, one change after another, and checks each. */
export class Changes {
  readonly #options: ChangesOptions;
  readonly #papers = new Map<string, LoadPaper>();
  #next: number;
  #underWay: Promise<void> = Promise.resolve();
  added = 0;
  removed = 0;

  constructor(options: ChangesOptions) {
    this.#options = options;
    for (let n = 0; n < options.papers; n++) this.#put(paper(n));
    this.#next = options.papers;
  }

  /** Ids of the papers in the index, according to the acknowledged changes. */
  ids(): string[] {
    return [...this.#papers.keys()];
  }

  /** Resolves when the running change, if any, is acknowledged and in the timeline. Never rejects. */
  settled(): Promise<void> {
    return this.#underWay;
  }

  /** One change: papers are added and removed in turn, so that their number stays about the same. */
  async next(): Promise<void> {
    const grows = this.#papers.size <= this.#options.papers;
    const change = grows ? this.#add() : this.#remove();
    this.#underWay = change.then(
      () => {},
      () => {},
    );
    try {
      const check = await change;
      await check();
    } catch (error) {
      this.#options.onWrong(`a change: ${error instanceof Error ? error.message : error}`);
    }
  }

  async #add(): Promise<() => Promise<void>> {
    const { url, random } = this.#options;
    const count = 1 + Math.floor(random() * MAX_ADDED);
    const papers = Array.from({ length: count }, () => paper(this.#next++));
    const from = performance.now();
    const report = await this.#send(`${url}/v1/papers`, { method: 'POST', body: asLines(papers) });
    for (const each of papers) this.#put(each);
    this.added += count;
    await this.#acknowledge(report, from, { added: count });
    return async () => {
      for (const each of papers) await this.#expectFound(each, true);
    };
  }

  async #remove(): Promise<() => Promise<void>> {
    const { url, random } = this.#options;
    const ids = this.ids();
    const id = ids[Math.floor(random() * ids.length)]!;
    const gone = this.#papers.get(id)!;
    const from = performance.now();
    const report = await this.#send(`${url}/v1/papers/${id}`, { method: 'DELETE' });
    this.#papers.delete(id);
    this.removed++;
    await this.#acknowledge(report, from, { removed: 1 });
    return () => this.#expectFound(gone, false);
  }

  #put(each: LoadPaper): void {
    this.#papers.set(each.id, each);
  }

  async #send(url: string, init: RequestInit): Promise<Record<string, unknown>> {
    const headers = { Authorization: `Bearer ${this.#options.token}` };
    const response = await fetch(url, { ...init, headers });
    const body = (await response.json()) as Record<string, unknown>;
    if (response.status !== 200) throw new Error(`${init.method} ${url}: ${JSON.stringify(body)}`);
    return body;
  }

  /** Records the snapshot that a change made, and compares its papers with the expected ones. */
  async #acknowledge(
    report: Record<string, unknown>,
    from: number,
    expected: Readonly<Record<string, number>>,
  ): Promise<void> {
    const { index, references, timeline, onWrong } = this.#options;
    const snapshot = report.snapshot as string;
    timeline.add(snapshot, from, performance.now());
    for (const [field, count] of Object.entries({ ...expected, papers: this.#papers.size })) {
      if (report[field] !== count) onWrong(`a change says ${field}: ${report[field]} instead of ${count}`);
    }
    const ids = await references.keep(index, snapshot);
    for (const id of this.#papers.keys()) if (!ids.has(id)) onWrong(`${snapshot} lacks ${id}`);
    for (const id of ids) if (!this.#papers.has(id)) onWrong(`${snapshot} still has ${id}`);
  }

  /** Whether a paper is found by its id and, once, by its unique word. */
  async #expectFound({ id, mark }: LoadPaper, isThere: boolean): Promise<void> {
    const { url, onWrong } = this.#options;
    const byId = await exchange(url, paperRequest(id));
    const byWord = await exchange(url, searchRequest(mark, 'keyword'));
    const status = 'status' in byId.answer ? byId.answer.status : 0;
    const hits =
      'body' in byWord.answer ? (byWord.answer.body as { hits?: { paper: { id: string } }[] }).hits : [];
    const found = (hits ?? []).map((hit) => hit.paper.id);
    if (status !== (isThere ? 200 : 404)) onWrong(`${id}: status ${status} after the change`);
    if (found.join() !== (isThere ? id : '')) onWrong(`${id}: "${mark}" finds "${found}" after the change`);
  }
}
