import { PaperSearchError } from '../errors.ts';
import type { AppendLogOptions } from '../indexes/store/append-log.ts';
import { MAX_SUGGESTED } from '../limits.ts';
import { type Engine, withSnapshot } from '../search/engine.ts';
import { agreementsOf, type PairAgreement } from './agreements.ts';
import { labelEvents, labelsOf, rankedFor, ShownRanks } from './labelling.ts';
import { listedPapers } from './listing.ts';
import { movementsOf } from './movement.ts';
import { type OpenPool, OpenPools, poolOf } from './open-pools.ts';
import { expectIncluded, labelEvent, labelToUndo, plannedSettlement } from './plan.ts';
import { writePool } from './pool/files.ts';
import { takePool } from './pool/take.ts';
import { progressOf } from './progress.ts';
import { checkedChange, checkedSource, expectName, newProtocol } from './protocol.ts';
import { reasonsOf } from './reasons.ts';
import { replayOf } from './replay.ts';
import type {
  Label,
  Movement,
  PoolRequest,
  Protocol,
  SearchedSource,
  Settlement,
  Stage,
  Suggestion,
} from './review.ts';
import type {
  Labelled,
  LabelRequest,
  NewReview,
  PaperQuery,
  Progress,
  Replay,
  Review,
  Reviewer,
  ReviewService,
  ReviewSummary,
  WholeReview,
} from './service.ts';
import { ShownPapers } from './shown-papers.ts';
import { expectOneSpelling, nameOf, signedBy, trimmed } from './signed-by.ts';
import { judgedOf, type ReviewState, reviewOf, standingOf } from './state.ts';
import { ReviewStore, type StoredReview } from './store.ts';
import { suggestionsFor } from './suggestions.ts';
import { expectPapers } from './unknown-papers.ts';
import { reviewedPaper } from './view.ts';
import { expectFinished, expectShowable, reviewFrom, summaryOf, wholeOf } from './whole.ts';

/** A review with its current pool. */
interface Opened extends StoredReview {
  readonly open: OpenPool;
}

function progressFor(state: ReviewState, open: OpenPool, reviewer: string): Progress {
  return progressOf(state, open.pool, open.curves, reviewer);
}

/** Reviews of a library: a `ReviewStore` and an engine. */
export class Reviews implements ReviewService {
  readonly #store: ReviewStore;
  readonly #engine: Engine | undefined;
  readonly #pools = new OpenPools();
  readonly #shown: ShownPapers;

  /**
   * @param store or the folder of the index beside which the reviews are kept.
   * @param engine of the papers; without one, reviews cannot be created and pools not updated, and all else works.
   */
  constructor(store: ReviewStore | string, engine?: Engine, options: AppendLogOptions = {}) {
    this.#store = typeof store === 'string' ? new ReviewStore(store, options) : store;
    this.#engine = engine;
    const { now = () => new Date() } = options;
    this.#shown = new ShownPapers(() => now().getTime());
  }

  async list(): Promise<readonly ReviewSummary[]> {
    return (await this.#store.list()).map(summaryOf);
  }

  async create({ name, protocol: given, pool = {} }: NewReview, by: Reviewer): Promise<Review> {
    expectName(name);
    const who = signedBy(by);
    const protocol = newProtocol(given);
    if (protocol.question === '') {
      throw new PaperSearchError('BAD_REQUEST', 'question: A review needs a question.');
    }
    await this.#store.expectFree(name);
    const { event, ...content } = await this.#withSnapshot((snapshot) => takePool(snapshot, pool, protocol));
    const id = await this.#store.create(name.trim(), async (folder) => [
      { type: 'created', name: name.trim(), protocol, ...who },
      { type: 'pooled', pool: { ...event, ...(await writePool(folder, 1, content)) }, ...who },
    ]);
    return this.read(id);
  }

  async read(id: string): Promise<Review> {
    const { state } = await this.#store.get(id);
    return reviewFrom(state, await this.#isOutdated(state));
  }

  async amend(
    id: string,
    { name, ...given }: Partial<Protocol> & { readonly name?: string | undefined },
    by: Reviewer,
  ): Promise<Review> {
    const who = signedBy(by);
    if (name !== undefined) {
      expectName(name);
      await this.#store.expectFree(name, id);
    }
    const protocol = checkedChange(given);
    await this.#store.change(id, (state) => {
      // Where one reviewer is enough, all labels are shown.
      if (protocol.reviewersPerPaper === 1)
        expectFinished(state, 'Finish these, or undo their labels, first.');
      return [{ type: 'amended', ...(name !== undefined && { name: name.trim() }), protocol, ...who }];
    });
    return this.read(id);
  }

  async addSource(id: string, source: SearchedSource, by: Reviewer): Promise<Review> {
    const who = signedBy(by);
    const checked = checkedSource(source);
    await this.#store.change(id, ({ protocol: { sources } }) => {
      checkedChange({ sources: [...sources, checked] });
      return [{ type: 'searched', source: checked, ...who }];
    });
    return this.read(id);
  }

  async updatePool(id: string, by: Reviewer, request?: PoolRequest): Promise<Review> {
    const who = signedBy(by);
    const { state, open } = await this.#opened(id);
    const before = { pool: open.pool, formerIds: state.formerIds };
    const asked = request ?? poolOf(state).request;
    const { event, ...content } = await this.#withSnapshot((snapshot) =>
      takePool(snapshot, asked, state.protocol, before),
    );
    await this.#store.change(id, async ({ pools }) => {
      if (pools.length !== state.pools.length) {
        const message = `Another session has updated the pool of the review "${id}" meanwhile. Nothing was written. Update it again if that is needed.`;
        throw new PaperSearchError('CONFLICT', message, { details: { review: id } });
      }
      const files = await writePool(this.#store.folderOf(id), pools.length + 1, content);
      return [{ type: 'pooled', pool: { ...event, ...files }, ...who }];
    });
    return this.read(id);
  }

  async next(
    id: string,
    by: Reviewer,
    { stage = 'abstract', count = 1 }: { stage?: Stage; count?: number } = {},
  ): Promise<readonly Suggestion[]> {
    if (!Number.isInteger(count) || count < 1 || count > MAX_SUGGESTED) {
      const message = `count: Expected a whole number from 1 to ${MAX_SUGGESTED}, not ${count}.`;
      throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'count' } });
    }
    const name = nameOf(by);
    const { state, open } = await this.#prepared(id);
    return suggestionsFor(state, open, name, stage, count, this.#shown);
  }

  async label(id: string, request: LabelRequest, given: Reviewer): Promise<Labelled> {
    const by = trimmed(given);
    const { stage = 'abstract' } = request;
    const { before, after, open, events } = await this.#write(id, [request], by);
    const [label] = labelsOf(after, events);
    const judged = judgedOf(after, label!.paper);
    return {
      label: label!,
      standing: standingOf(judged, stage, after.protocol),
      moved: this.#movements(stage, before, after, open, by.name),
      next: suggestionsFor(after, open, by.name, stage, 1, this.#shown)[0],
      progress: progressFor(after, open, by.name),
    };
  }

  async labelAll(
    id: string,
    labels: readonly LabelRequest[],
    given: Reviewer,
  ): Promise<{ readonly labels: readonly Label[]; readonly progress: Progress }> {
    const by = trimmed(given);
    const { after, open, events } = await this.#write(id, labels, by);
    return { labels: labelsOf(after, events), progress: progressFor(after, open, by.name) };
  }

  async undo(
    id: string,
    given: Reviewer,
    number?: number,
  ): Promise<{
    readonly undone: Label;
    readonly next: Suggestion | undefined;
    readonly progress: Progress;
  }> {
    const by = trimmed(given);
    const who = signedBy(by);
    let undone: Label | undefined;
    await this.#store.change(id, (state, log) => {
      const { event, label } = labelToUndo(state, log, by, number);
      undone = label;
      return [{ ...event, ...who }];
    });
    const { state, open } = await this.#prepared(id);
    return {
      undone: undone!,
      next: suggestionsFor(state, open, by.name, undone!.stage, 1, this.#shown)[0],
      progress: progressFor(state, open, by.name),
    };
  }

  async settle(
    id: string,
    request: {
      paper: string;
      stage: Stage;
      decision: 'include' | 'exclude';
      reasons?: readonly string[];
      note?: string;
    },
    by: Reviewer,
  ): Promise<Settlement> {
    const who = signedBy(by);
    const opened = await this.#opened(id);
    const [paper] = await expectPapers([request.paper], opened.state, opened.open, this.#engine);
    const { state, events } = await this.#store.change(id, (state) => [
      { type: 'settled', ...plannedSettlement(state, paper!, request), ...who },
    ]);
    const { number } = events[0]!;
    return judgedOf(state, paper!).settlements.find((each) => each.number === number)!;
  }

  async retrieved(id: string, papers: readonly string[], retrieved: boolean, by: Reviewer): Promise<void> {
    const who = signedBy(by);
    const opened = await this.#opened(id);
    const ids = await expectPapers(papers, opened.state, opened.open, this.#engine);
    if (ids.length === 0) return;
    await this.#store.change(id, (state) => {
      for (const paper of ids) expectIncluded(state, paper);
      return [{ type: 'retrieved', papers: [...new Set(ids)], retrieved, ...who }];
    });
  }

  async papers(id: string, by: Reviewer, query: PaperQuery = {}) {
    const name = nameOf(by);
    const { state, open } = await this.#prepared(id);
    return listedPapers(state, open.pool, rankedFor(state, open, name), name, query);
  }

  async paper(id: string, paper: string, by: Reviewer) {
    const name = nameOf(by);
    const { state, open } = await this.#prepared(id);
    const [known] = await expectPapers([paper], state, open, this.#engine);
    const row = open.pool.rows.get(known!)!;
    const ranked = rankedFor(state, open, name);
    const rank = ranked.rankOf[row]!;
    return {
      ...reviewedPaper(state, open.pool.papers[row]!, name),
      reasons: reasonsOf(open.pool, open.rankings, ranked, row),
      ...(rank > 0 && { rank }),
    };
  }

  async progress(id: string, by: Reviewer): Promise<Progress> {
    const name = nameOf(by);
    const { state, open } = await this.#opened(id);
    return progressFor(state, open, name);
  }

  async moved(id: string, number: number, by: Reviewer): Promise<readonly Movement[]> {
    const name = nameOf(by);
    const { state, log } = await this.#store.get(id);
    const { value } = labelEvent(state, log, number);
    if (value.by !== name && state.protocol.reviewersPerPaper > 1) {
      const message = `Label ${number} is of ${value.by}: what it moved is shown to ${value.by} only, because reviewers are blind to one another.`;
      throw new PaperSearchError('FORBIDDEN', message, { details: { label: number } });
    }
    const before = reviewOf(id, log.slice(0, number - 1))!;
    const after = reviewOf(id, log.slice(0, number))!;
    const open = await this.#pools.prepared(this.#store.folderOf(id), after);
    return this.#movements(value.stage, before, after, open, value.by);
  }

  async agreement(id: string): Promise<readonly PairAgreement[]> {
    const { state, log } = await this.#store.get(id);
    return agreementsOf(state, log);
  }

  async whole(id: string, options: { unblind?: boolean } = {}): Promise<WholeReview> {
    const { state, log, open } = await this.#prepared(id);
    const ranked = rankedFor(state, open, undefined);
    return wholeOf(state, log, open.pool, ranked, await this.#isOutdated(state), options);
  }

  async replay(id: string, options: { unblind?: boolean } = {}): Promise<Replay> {
    const { state, log } = await this.#store.get(id);
    expectShowable(state, options);
    return replayOf(id, this.#store.folderOf(id), log, this.#pools);
  }

  async remove(id: string, by: Reviewer): Promise<void> {
    const who = signedBy(by);
    await this.#store.change(id, () => [{ type: 'deleted', ...who }]);
  }

  async #opened(id: string): Promise<Opened> {
    const stored = await this.#store.get(id);
    return { ...stored, open: await this.#pools.current(this.#store.folderOf(id), stored.state) };
  }

  /** As `#opened`, for what needs a ranking. */
  async #prepared(id: string): Promise<Opened> {
    const opened = await this.#opened(id);
    const { rankings } = opened.open;
    if (rankings.isPrepared) return opened;
    await rankings.prepare();
    // Others may have changed the review meanwhile.
    const stored = await this.#store.get(id);
    const hasSamePool = stored.state.pools.length === opened.state.pools.length;
    return hasSamePool ? { ...stored, open: opened.open } : this.#prepared(id);
  }

  async #write(id: string, requests: readonly LabelRequest[], by: Reviewer) {
    const { state, log, open } = await this.#prepared(id);
    const ids = await expectPapers(
      requests.map(({ paper }) => paper),
      state,
      open,
      this.#engine,
    );
    const shown = new ShownRanks(state, log, open, by);
    const ranks = requests.map((request, i) => shown.of(request, ids[i]!));
    let before = state;
    const changed = await this.#store.change(id, (current, entries) => {
      expectOneSpelling(entries, by.name);
      before = current;
      return labelEvents(current, requests, ids, ranks, by);
    });
    const after = changed.state;
    return {
      before,
      after,
      events: changed.events,
      open: await this.#pools.prepared(this.#store.folderOf(id), after),
    };
  }

  /** What moved for a reviewer. The full-text stage teaches nothing. */
  #movements(
    stage: Stage,
    before: ReviewState,
    after: ReviewState,
    open: OpenPool,
    reviewer: string,
  ): readonly Movement[] {
    if (stage !== 'abstract') return [];
    return movementsOf(open.pool, rankedFor(before, open, reviewer), rankedFor(after, open, reviewer));
  }

  async #isOutdated(state: ReviewState): Promise<boolean> {
    if (!this.#engine) return false;
    const { snapshot } = poolOf(state);
    try {
      return await withSnapshot(this.#engine, ({ id }) => id !== snapshot);
    } catch (error) {
      // A copied review can be read where its index is not.
      if (error instanceof PaperSearchError && error.code === 'INDEX_MISSING') return false;
      throw error;
    }
  }

  #withSnapshot<T>(task: Parameters<typeof withSnapshot<T>>[1]): Promise<T> {
    if (this.#engine) return withSnapshot(this.#engine, task);
    const message = 'A pool is taken from an index, and there is none here. Ingest the papers first.';
    throw new PaperSearchError('INDEX_MISSING', message);
  }
}
