import { type Summary, summarize } from '../bench/statistics.ts';
import type { Exchange } from './exchange.ts';
import type { Verdict } from './judge.ts';
import { KINDS, type Kind } from './requests.ts';

/** What became of the requests of one kind. */
export interface KindRecord {
  readonly right: number;
  /** Failed clearly, since the encoder was killed under them. */
  readonly excused: number;
  readonly wrong: number;
  /** Milliseconds of those that are right. */
  readonly latencyMs: Summary | undefined;
}

/** Violations that are told in full. */
const MOST_TOLD = 20;

/** Keeps count of verdicts, and of everything that is wrong. */
export class LoadRecord {
  readonly #times = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  readonly #excused = new Map<Kind, number>();
  readonly #wrong = new Map<Kind, number>();
  readonly #violations: string[] = [];
  violations = 0;

  add({ request, sentAt, answeredAt }: Exchange, verdict: Verdict): void {
    const { kind, path, body } = request;
    if (verdict === 'right') this.#times.get(kind)!.push(answeredAt - sentAt);
    else if (verdict === 'excused') this.#excused.set(kind, (this.#excused.get(kind) ?? 0) + 1);
    else {
      this.#wrong.set(kind, (this.#wrong.get(kind) ?? 0) + 1);
      this.violation(`${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}: ${verdict.wrong}`);
    }
  }

  violation(what: string): void {
    this.violations++;
    if (this.#violations.length < MOST_TOLD) this.#violations.push(what);
  }

  /** The first violations. */
  get told(): readonly string[] {
    return this.#violations;
  }

  of(kind: Kind): KindRecord {
    const times = this.#times.get(kind)!;
    return {
      right: times.length,
      excused: this.#excused.get(kind) ?? 0,
      wrong: this.#wrong.get(kind) ?? 0,
      latencyMs: times.length > 0 ? summarize(times) : undefined,
    };
  }
}
