import type { PaperSession } from '../../paper.ts';
import { linesOf } from '../lines.ts';
import type { CorpusDefaults, CorpusItem, Notice, Reader } from '../reader.ts';
import { classifyLines, MAX_LINE_LENGTH, MAX_LINES } from './lines.ts';
import { parseSessionPage, type Session } from './parse.ts';
import { placeSlot, type Slot, type SlotTimes, weekdayName } from './slot.ts';
import type { Talk } from './talk.ts';

/** Lines looked at for a slot. */
const HEAD_LINES = 400;

/** The page of a virtual conference's session, copied as text: talks with slot, title, authors, abstract. */
export const sessionPageReader: Reader = {
  format: 'session-page',
  description: 'text copied from a virtual conference’s session page: slot, title, authors, abstract',
  files: ['*.txt'],
  detect: (head) => {
    const lines = classifyLines(head.split('\n', HEAD_LINES));
    return lines.some(({ kind }) => kind === 'slot') && !/^[[{]\s*["{[]/.test(lines[0]?.text ?? '');
  },
  async *read(source, defaults) {
    const lines: string[] = [];
    let broken: { readonly error: unknown } | undefined;
    try {
      for await (const { text } of linesOf(source.chunks(), MAX_LINE_LENGTH)) {
        if (lines.length === MAX_LINES) throw new Error(`The page has more than ${MAX_LINES} lines`);
        lines.push(text);
      }
    } catch (error) {
      broken = { error };
    }
    const sessions = parseSessionPage(lines);
    // Where the page breaks off, its last talk is not whole.
    const cut = broken && sessions.at(-1)?.talks.at(-1);
    const calendar = new Calendar(source.file, defaults);
    let record = 0;
    for (const session of sessions) {
      const sessionTimes = session.slot && calendar.place(session.slot.slot, session.slot.line);
      for (const talk of session.talks) {
        if (talk === cut) continue;
        record++;
        yield talkItem(
          source.file,
          record,
          session,
          talk,
          calendar.place(talk.slot, talk.line) ?? sessionTimes,
        );
      }
    }
    for (const notice of calendar.notices(record)) yield { kind: 'warning', notice };
    if (broken) throw broken.error;
  },
};

function talkItem(
  file: string,
  record: number,
  session: Session,
  talk: Talk,
  times: SlotTimes | undefined,
): CorpusItem {
  if (!talk.title) {
    return {
      kind: 'rejected',
      notice: { file, line: talk.line, field: 'title', reason: 'A slot without a title.' },
    };
  }
  const slot: PaperSession = { name: session.name, hall: session.hall, start: times?.start, end: times?.end };
  const { title, abstract, authors } = talk;
  const year = talk.slot.year;
  return { kind: 'paper', record, line: talk.line, paper: { title, abstract, authors, year, session: slot } };
}

/** Puts slots into the file's year and remembers, once a kind, what contradicts it. */
class Calendar {
  readonly #file: string;
  readonly #year: number | undefined;
  readonly #notices = new Map<string, Notice>();

  constructor(file: string, defaults: CorpusDefaults) {
    this.#file = file;
    this.#year = defaults.year;
  }

  place(slot: Slot, line: number): SlotTimes | undefined {
    const year = slot.year ?? this.#year;
    if (year === undefined) {
      this.#note(
        'year',
        line,
        'year',
        'The page names no year, so talks have no date: pass --year or add a sidecar file.',
      );
      return undefined;
    }
    const { times, doubts } = placeSlot(slot, year);
    const day = `${slot.day}/${slot.month}/${year} (day/month/year)`;
    for (const doubt of doubts) {
      if (doubt === 'weekday') {
        const actual = weekdayName(year, slot.month, slot.day);
        this.#note(
          doubt,
          line,
          'year',
          `The page's weekday contradicts the year: ${day} is a ${actual}. Is ${year} right?`,
        );
      } else if (doubt === 'zone') {
        this.#note(
          doubt,
          line,
          'session',
          `Unknown time zone "${slot.zone}": times are kept without an offset.`,
        );
      } else {
        this.#note(doubt, line, 'session', `There is no day ${day}: the talk has no date.`);
      }
    }
    return times;
  }

  /** @param talks number of talks read, for a page that turned out to have none. */
  notices(talks: number): Notice[] {
    if (talks > 0) return [...this.#notices.values()];
    return [
      {
        file: this.#file,
        reason: 'No talk was found: expected a time slot, a title, authors and an abstract.',
      },
    ];
  }

  #note(kind: string, line: number, field: string, reason: string): void {
    if (!this.#notices.has(kind)) this.#notices.set(kind, { file: this.#file, line, field, reason });
  }
}
