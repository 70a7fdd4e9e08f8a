import { type Summary, summarize } from '../bench/statistics.ts';
import type { Exchange } from './exchange.ts';
import type { Outcome } from './judge.ts';
import { KINDS, type Kind } from './requests.ts';

/** The outcomes of the requests of one kind. */
export interface KindRecord {
  readonly right: number;
  /** Failed properly, since the encoder was killed meanwhile. */
  readonly excused: number;
  /** Refused by an overloaded server. */
  readonly refused: number;
  readonly wrong: number;
  /** Milliseconds of the right answers. */
  readonly latencyMs: Summary | undefined;
}

/** Violations that are reported in full. */
const MAX_REPORTED = 20;

/** Counts outcomes and violations. */
export class LoadRecord {
  readonly #times = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  readonly #others = { excused: counts(), refused: counts(), wrong: counts() };
  readonly #violations: string[] = [];
  violations = 0;

  add({ request, sentAt, answeredAt }: Exchange, outcome: Outcome): void {
    const { kind, path, body } = request;
    if (outcome === 'right') this.#times.get(kind)!.push(answeredAt - sentAt);
    else if (typeof outcome === 'string') this.#others[outcome][kind]++;
    else {
      this.#others.wrong[kind]++;
      this.violation(`${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}: ${outcome.wrong}`);
    }
  }

  violation(what: string): void {
    this.violations++;
    if (this.#violations.length < MAX_REPORTED) this.#violations.push(what);
  }

  /** The share of the requests that were refused. */
  get refusedShare(): number {
    const all = KINDS.map((kind) => this.of(kind));
    const total = (of: (record: KindRecord) => number) => all.reduce((sum, each) => sum + of(each), 0);
    const refused = total((each) => each.refused);
    return refused / Math.max(1, refused + total(({ right, excused, wrong }) => right + excused + wrong));
  }

  /** The first violations. */
  get reported(): readonly string[] {
    return this.#violations;
  }

  of(kind: Kind): KindRecord {
    const times = this.#times.get(kind)!;
    return {
      right: times.length,
      excused: this.#others.excused[kind],
      refused: this.#others.refused[kind],
      wrong: this.#others.wrong[kind],
      latencyMs: times.length > 0 ? summarize(times) : undefined,
    };
  }
}

function counts(): Record<Kind, number> {
  return Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
}
