import { PaperSearchError } from '../../errors.ts';
import type { Decision, Label, Protocol, Stage, Suggestion } from '../../review/review.ts';
import type { Progress, Reviewer, ReviewService } from '../../review/service.ts';
import { INTERRUPT, type Keys } from './keys.ts';
import type { Styles } from './marked-text.ts';
import { movedText, numberedCriteria, screenText } from './screen-view.ts';

/** What screening needs of a service. */
export type ScreenedReviews = Pick<ReviewService, 'read' | 'next' | 'label' | 'undo' | 'progress'>;

export interface ScreenOptions {
  readonly service: ScreenedReviews;
  /** Id of the review. */
  readonly id: string;
  readonly by: Reviewer;
  readonly stage: Stage;
  readonly keys: Keys;
  readonly output: {
    readonly columns?: number | undefined;
    write(text: string): unknown;
  };
  readonly styles: Styles;
}

/** What was done in a session. */
export interface ScreenResult {
  /** Decisions that were not taken back. */
  readonly labels: number;
  /** Whether nothing is left to read at this stage. */
  readonly finished: boolean;
  /** Whether the reader pressed Ctrl-C. */
  readonly interrupted: boolean;
  readonly progress: Progress;
}

/** Columns of an output that is not a terminal. */
const COLUMNS = 80;
const CLEAR = '\x1b[2J\x1b[H';
const DECISION_KEYS: Readonly<Record<string, Decision>> = { i: 'include', e: 'exclude', m: 'maybe' };
const DONE: Readonly<Record<Decision, string>> = {
  include: 'Included',
  exclude: 'Excluded',
  maybe: 'Marked as maybe',
};

/**
 * Shows one paper after another and writes what the keys decide, each decision before the next paper is shown.
 * @throws PaperSearchError as the service does, unless a person at the terminal can try again.
 */
export async function screen(options: ScreenOptions): Promise<ScreenResult> {
  return new Session(options, (await options.service.read(options.id)).protocol).run();
}

/** What is chosen for the next decision, and what is shown. */
const FRESH = { reasons: [] as readonly string[], note: '', showsWhy: false };

class Session {
  readonly #options: ScreenOptions;
  readonly #protocol: Protocol;
  #suggestion: Suggestion | undefined;
  #progress!: Progress;
  #chosen = FRESH;
  #showsDescriptions = false;
  #message = '';
  #labels = 0;
  #name = '';

  constructor(options: ScreenOptions, protocol: Protocol) {
    this.#options = options;
    this.#protocol = protocol;
  }

  async run(): Promise<ScreenResult> {
    const { service, id, by, keys } = this.#options;
    this.#name = (await service.read(id)).name;
    this.#progress = await service.progress(id, by);
    await this.#showNext();
    let pressed: Awaited<ReturnType<Keys['next']>>;
    for (;;) {
      if (!this.#suggestion && !keys.isInteractive) break;
      this.#draw();
      pressed = await keys.next();
      if (pressed === undefined || pressed.key === 'q' || pressed.key === INTERRUPT) break;
      this.#message = '';
      await this.#press(pressed.key, pressed.text);
    }
    return {
      labels: this.#labels,
      finished: this.#suggestion === undefined,
      interrupted: pressed?.key === INTERRUPT,
      progress: this.#progress,
    };
  }

  #draw(): void {
    const { output, keys, styles, stage } = this.#options;
    const suggestion = this.#suggestion;
    const text =
      suggestion === undefined
        ? `${this.#message}\nNothing is left to read. u takes back your last decision, q ends.`
        : screenText(
            {
              name: this.#name,
              protocol: this.#protocol,
              stage,
              suggestion,
              progress: this.#progress,
              ...this.#chosen,
              showsDescriptions: this.#showsDescriptions,
              message: this.#message,
            },
            output.columns ?? COLUMNS,
            styles,
          );
    output.write(`${keys.isInteractive ? CLEAR : ''}${text}\n${keys.isInteractive ? '' : '\n'}`);
  }

  /** Does what a key asks for. @param text what came with it, from a script. */
  async #press(key: string, text: string | undefined): Promise<void> {
    const { keys } = this.#options;
    try {
      const decision = DECISION_KEYS[key];
      if (key === 'u') await this.#undo();
      else if (!this.#suggestion) this.#message = '';
      else if (decision) await this.#decide(this.#suggestion, decision, text);
      else if (key === 'r') await this.#chooseReasons(text);
      else if (key === 'n') await this.#writeNote(text);
      else if (key === 'w') this.#chosen = { ...this.#chosen, showsWhy: !this.#chosen.showsWhy };
      else if (key === 'c') this.#showsDescriptions = !this.#showsDescriptions;
      else if (keys.isInteractive) this.#message = 'This key does nothing; the keys are below.';
      else
        throw wrong(`"${key}" is not a key of "review screen". The keys are i, e, m, r, n, u, w, c and q.`);
    } catch (error) {
      if (!keys.isInteractive || !(error instanceof PaperSearchError)) throw error;
      this.#message = error.message;
      // Another session may have decided about this paper.
      if (error.code === 'CONFLICT') await this.#showNext();
    }
  }

  async #decide(suggestion: Suggestion, decision: Decision, text: string | undefined): Promise<void> {
    const { service, id, by, stage } = this.#options;
    if (text !== undefined) await this.#chooseReasons(text);
    if (stage === 'full-text' && decision === 'exclude' && this.#chosen.reasons.length === 0) {
      await this.#chooseReasons(undefined);
      if (this.#chosen.reasons.length === 0) throw wrong('Excluding a full text needs a reason: press r.');
    }
    const { paper, rank, model, chosenBy, label } = suggestion;
    const { reasons, note } = this.#chosen;
    const labelled = await service.label(
      id,
      {
        paper: paper.id,
        stage,
        decision,
        reasons,
        ...(note !== '' && { note }),
        chosenBy,
        rank,
        model,
        ...(label && { replaces: label.number }),
      },
      by,
    );
    this.#labels += 1;
    this.#message = [doneText(labelled.label, paper.title), movedText(labelled.moved)]
      .filter(Boolean)
      .join('\n');
    this.#goTo(labelled.next, labelled.progress);
  }

  async #undo(): Promise<void> {
    const { service, id, by } = this.#options;
    const { undone, next, progress } = await service.undo(id, by);
    this.#labels -= 1;
    this.#message = `Taken back: ${undone.decision} for ${undone.paper}.`;
    this.#goTo(next, progress);
  }

  async #showNext(): Promise<void> {
    const { service, id, by, stage } = this.#options;
    const [next] = await service.next(id, by, { stage });
    this.#goTo(next, this.#progress);
  }

  #goTo(suggestion: Suggestion | undefined, progress: Progress): void {
    this.#suggestion = suggestion;
    this.#progress = progress;
    // Who wants to see why, wants it for the next paper, too.
    this.#chosen = { ...FRESH, showsWhy: this.#chosen.showsWhy };
  }

  async #chooseReasons(text: string | undefined): Promise<void> {
    const list = numberedCriteria(this.#protocol)
      .map(({ number, name }) => `${number} ${name}`)
      .join(', ');
    const given = text ?? (await this.#options.keys.line(`Reasons, by number or name (${list}): `));
    if (given === undefined) return;
    this.#chosen = { ...this.#chosen, reasons: reasonsOf(given.split(','), this.#protocol) };
  }

  async #writeNote(text: string | undefined): Promise<void> {
    const note = text ?? (await this.#options.keys.line('Note: '));
    if (note !== undefined) this.#chosen = { ...this.#chosen, note };
  }
}

/**
 * Names of criteria by their numbers, names, or beginnings of names.
 * @throws PaperSearchError BAD_REQUEST for one that is unknown, and for a beginning that several have.
 */
export function reasonsOf(
  given: readonly string[],
  protocol: Pick<Protocol, 'include' | 'exclude'>,
): string[] {
  const criteria = numberedCriteria(protocol);
  const parts = given.map((part) => part.trim()).filter((part) => part !== '');
  const names = parts.map((part) => {
    const word = part.toLowerCase();
    const exact = criteria.find(({ number, name }) => String(number) === part || name.toLowerCase() === word);
    if (exact) return exact.name;
    const begun = criteria.filter(({ name }) => name.toLowerCase().startsWith(word));
    if (begun.length === 1) return begun[0]!.name;
    const known = criteria.map(({ number, name }) => `${number} ${name}`).join(', ') || 'none';
    const problem = begun.length > 1 ? 'is the beginning of several criteria' : 'is not a criterion';
    throw wrong(`"${part}" ${problem} of this review. The criteria are: ${known}.`);
  });
  return [...new Set(names)];
}

function doneText({ decision, reasons }: Label, title: string): string {
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${DONE[decision]}${why}: ${title}`;
}

function wrong(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
