import type { Decision, Label, Movement } from '../../review/review.ts';
import type { Labelled, LabelRequest, Progress } from '../../review/service.ts';
import { ApiError } from '../api.ts';
import { isPassing, isTokenRefused } from '../passing-errors.ts';
import { createStore, type Store } from '../store.ts';
import { keepDraft } from './drafts.ts';
import {
  goBack,
  MAX_AHEAD,
  moveOn,
  NO_PAPERS,
  type PaperToJudge,
  type Queue,
  withSuggestions,
} from './queue.ts';
import type { reviewApi } from './requests.ts';
import {
  inOneTab,
  newKey,
  type RefusedLabel,
  refusedLabels,
  type WaitingLabel,
  waitingLabels,
} from './waiting.ts';

/** Errors that are about one label. With any other, labels wait until it has passed. */
const REFUSALS: ReadonlySet<string> = new Set(['CONFLICT', 'BAD_REQUEST', 'NOT_FOUND']);
/** How long to wait before labels are sent again, in milliseconds. */
const RETRY_MS = 5000;
/** Papers that are fetched ahead after each label. */
const FETCHED = 8;

/** What the page shows while papers are screened. */
export interface ScreeningState extends Queue {
  /** Whether the server has no other paper for this reviewer. */
  readonly isFinished: boolean;
  /** Why no papers could be fetched. */
  readonly error: ApiError | undefined;
  /** Labels that the server does not have yet. */
  readonly waiting: number;
  readonly refused: readonly RefusedLabel[];
  readonly progress: Progress | undefined;
  /** The last label, and what it moved; without that as long as the server has not said it. */
  readonly last:
    | {
        readonly title: string;
        readonly decision: Decision;
        readonly moved?: readonly Movement[] | undefined;
      }
    | undefined;
  /** Why the last label was not taken back, or labels are not saved yet. */
  readonly problem: string | undefined;
}

/** A decision of this visit. */
interface Judged {
  /** That of the waiting label. */
  readonly key: string;
  readonly paper: PaperToJudge;
  readonly label: LabelRequest;
  /** The label's number, once the server has it. */
  readonly number?: number;
}

type Requests = Pick<typeof reviewApi, 'next' | 'label' | 'undo' | 'paper' | 'progress'>;

/**
 * Screens the papers of a review: shows one after the other, and sends the labels in the order of the decisions. The next paper is
 * shown at once. Labels that cannot be sent wait in this browser, also for the next visit.
 */
export class Screening {
  readonly state: Store<ScreeningState>;
  readonly #review: string;
  readonly #api: Requests;
  #judged: readonly Judged[] = [];
  #sending: Promise<void> | undefined;
  #isUndoing = false;
  #isClosed = false;
  /** Whether the token is not accepted: then labels wait for another one. */
  #isRefusedWhole = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The name that the server gives this reviewer. */
  #name: string | undefined;
  readonly #goOn = () => this.#send();

  /** @param review its id. */
  constructor(review: string, api: Requests) {
    this.#review = review;
    this.#api = api;
    this.state = createStore<ScreeningState>({
      ...NO_PAPERS,
      ...this.#kept(),
      isFinished: false,
      error: undefined,
      progress: undefined,
      last: undefined,
      problem: undefined,
    });
  }

  /** Fetches the first papers, after what an earlier visit has left was sent. */
  start(): void {
    globalThis.addEventListener?.('online', this.#goOn);
    if (waitingLabels.all().length > 0) this.#send();
    else void this.#refresh(MAX_AHEAD);
    void this.#api.progress(this.#review).then(
      (progress) => this.#set({ progress }),
      // The next label brings it.
      () => {},
    );
  }

  /** Ends sending. What waits is kept. */
  stop(): void {
    this.#isClosed = true;
    globalThis.removeEventListener?.('online', this.#goOn);
    clearTimeout(this.#timer);
  }

  /** Tries again what failed. */
  retry(): void {
    this.#set({ error: undefined });
    if (waitingLabels.all().length > 0) this.#send();
    else void this.#refresh(MAX_AHEAD);
  }

  /** Judges the paper on the screen. @param reasons names of criteria. */
  decide(decision: Decision, reasons: readonly string[], note: string): void {
    const { shown } = this.state.get();
    if (!shown) return;
    const { paper, stage, chosenBy, rank, model, label: before, mayBeLabelled } = shown;
    const label: LabelRequest = {
      paper: paper.id,
      stage,
      decision,
      reasons,
      note,
      ...(chosenBy && { chosenBy }),
      ...(rank !== undefined && { rank }),
      ...(model !== undefined && { model }),
      // Another tab may have decided it.
      ...(!mayBeLabelled && { replaces: before?.number ?? 0 }),
    };
    const key = newKey();
    waitingLabels.add({ key, review: this.#review, title: paper.title, label });
    this.#judged = [...this.#judged, { key, paper: shown, label }];
    keepDraft(this.#review, { paper: paper.id, reasons: [], note: '' });
    this.#set({ ...moveOn(this.state.get()), ...this.#kept(), last: { title: paper.title, decision } });
    this.#send();
  }

  /** Takes back the last label and shows its paper again, with its reasons and its note. */
  async undo(): Promise<void> {
    if (this.#isUndoing) return;
    this.#isUndoing = true;
    this.#set({ problem: undefined });
    try {
      // A label on its way would arrive after it was taken back.
      await this.#sending;
      const waiting = waitingLabels.all().findLast(({ review }) => review === this.#review);
      if (waiting) {
        waitingLabels.remove(waiting.key);
        await this.#showAgain(waiting.label, waiting.key, waiting.isTried);
      } else {
        const last = this.#judged.at(-1);
        const { undone, progress } = await this.#api.undo(this.#review, last?.number);
        this.#set({ progress });
        if (undone.stage === 'abstract') await this.#showAgain(undone, last?.key);
        else this.#set({ problem: 'The decision on a full text was taken back.' });
        void this.#refresh();
      }
    } catch (thrown) {
      this.#set({ problem: `Not taken back: ${thrown instanceof Error ? thrown.message : String(thrown)}` });
    } finally {
      this.#isUndoing = false;
    }
  }

  /** Forgets a refused label that the reviewer has read. */
  dismiss(key: string): void {
    refusedLabels.remove(key);
    this.#set(this.#kept());
  }

  async #showAgain(
    label: Label | LabelRequest,
    key: string | undefined,
    mayBeLabelled = false,
  ): Promise<void> {
    const judged = this.#judged.find((each) => each.key === key && each.label.paper === label.paper);
    this.#judged = this.#judged.filter((each) => each !== judged);
    const { paper: id, reasons = [], note = '', rank, model, chosenBy } = label;
    let paper: PaperToJudge | undefined = judged && { ...judged.paper, mayBeLabelled };
    if (!paper) {
      const known = await this.#api.paper(this.#review, id);
      const none = { terms: [], spans: [], nearest: [] };
      const name = 'by' in label ? label.by : this.#name;
      const own = known.labels.findLast(({ by, stage }) => by === name && stage === 'abstract');
      paper = {
        paper: known.paper,
        stage: 'abstract',
        reasons: known.reasons ?? none,
        rank,
        model,
        chosenBy,
        label: own,
        mayBeLabelled: mayBeLabelled || name === undefined,
      };
    }
    keepDraft(this.#review, { paper: id, reasons, note });
    this.#set({
      ...goBack(this.state.get(), paper),
      ...this.#kept(),
      last: undefined,
      isFinished: false,
    });
  }

  /** Sends what waits, and fetches the next papers. */
  #send(): void {
    if (this.#sending || this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#sending = inOneTab(() => this.#sendAll()).finally(() => {
      this.#sending = undefined;
      if (this.#isClosed) return;
      this.#set(this.#kept());
      if (waitingLabels.all().length === 0) void this.#refresh();
      else if (!this.#isRefusedWhole) this.#timer = setTimeout(this.#goOn, RETRY_MS);
    });
  }

  async #sendAll(): Promise<void> {
    for (let next = waitingLabels.all()[0]; next && !this.#isClosed; next = waitingLabels.all()[0]) {
      try {
        const known = next.isTried ? await this.#recorded(next) : undefined;
        if (known) this.#numbered(next, known);
        else this.#accepted(next, await this.#api.label(next.review, next.label));
      } catch (thrown) {
        this.#isRefusedWhole = isTokenRefused(thrown);
        const error = thrown instanceof ApiError ? thrown : new ApiError('UNKNOWN', String(thrown));
        if (!REFUSALS.has(error.code)) {
          waitingLabels.replace({ ...next, isTried: true });
          if (!this.state.get().shown) this.#set({ error });
          else if (!isPassing(error)) this.#set({ problem: `Not saved yet: ${error.message}` });
          return;
        }
        refusedLabels.add({ ...next, why: refusalOf(error) });
      }
      waitingLabels.remove(next.key);
      this.#set(this.#kept());
    }
  }

  #accepted(sent: WaitingLabel, { label, moved, next, progress }: Labelled): void {
    this.#numbered(sent, label);
    if (sent.review !== this.#review) return;
    const { last } = this.state.get();
    const isLast = this.#judged.at(-1)?.key === sent.key;
    const queue = next ? withSuggestions(this.state.get(), [next], this.#judgedIds()) : undefined;
    this.#set({
      ...queue,
      progress,
      error: undefined,
      problem: undefined,
      ...(isLast && last && { last: { ...last, moved } }),
    });
  }

  #numbered({ key }: WaitingLabel, { number, by }: Label): void {
    this.#name = by;
    this.#judged = this.#judged.map((each) => (each.key === key ? { ...each, number } : each));
  }

  /** A label as the server has it, if only the answer to it was lost. */
  async #recorded({ review, label }: WaitingLabel): Promise<Label | undefined> {
    const { labels } = await this.#api.paper(review, label.paper);
    return labels.findLast(
      ({ by, stage, decision, reasons, note }) =>
        (this.#name === undefined || by === this.#name) &&
        stage === (label.stage ?? 'abstract') &&
        decision === label.decision &&
        note === (label.note ?? '') &&
        reasons.join('\n') === (label.reasons ?? []).join('\n'),
    );
  }

  async #refresh(count = FETCHED): Promise<void> {
    try {
      const fetched = await this.#api.next(this.#review, count);
      if (this.#isClosed) return;
      const judged = this.#judgedIds();
      const isAll = fetched.length < count;
      const queue = withSuggestions(this.state.get(), fetched, judged, isAll);
      this.#set({ ...queue, isFinished: isAll && !queue.shown, error: undefined });
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown : new ApiError('UNKNOWN', String(thrown));
      this.#set({ error });
      if (isPassing(error) && !this.#isClosed)
        this.#timer = setTimeout(() => void this.#refresh(count), RETRY_MS);
    }
  }

  #judgedIds(): ReadonlySet<string> {
    const waiting = waitingLabels.all().filter(({ review }) => review === this.#review);
    return new Set([...this.#judged, ...waiting].map(({ label }) => label.paper));
  }

  #kept(): Pick<ScreeningState, 'waiting' | 'refused'> {
    return { waiting: waitingLabels.all().length, refused: refusedLabels.all() };
  }

  #set(change: Partial<ScreeningState>): void {
    if (!this.#isClosed) this.state.set({ ...this.state.get(), ...change });
  }
}

function refusalOf({ code, message }: ApiError): string {
  return code === 'CONFLICT'
    ? `another decision on this paper was recorded in the meantime, and stays. ${message}`
    : message;
}
