import { classify, isAuthorLine, splitNames } from './lines.ts';
import type { Slot } from './slot.ts';

/** A slot and the 1-based line it stands on. */
export interface PlacedSlot {
  readonly slot: Slot;
  readonly line: number;
}

/** A talk as the page shows it. */
export interface Talk {
  /** 1-based line of its slot. */
  readonly line: number;
  readonly slot: Slot;
  readonly title: string;
  readonly authors: readonly string[];
  /** Paragraphs parted by a blank line; empty when the page has none. */
  readonly abstract: string;
}

/** A session with its talks in the order of the page. */
export interface Session {
  readonly name: string | undefined;
  readonly hall: string | undefined;
  readonly moderators: readonly string[];
  readonly slot: PlacedSlot | undefined;
  readonly talks: readonly Talk[];
}

/** A line of a talk's body; `gap` tells that a blank line stands before it. */
interface BodyLine {
  readonly text: string;
  readonly gap: boolean;
}

const LONGEST_HEAD_LINE = 120;
/** A heading that says only what kind of session it is, so that a line below it may be its name. */
const BARE_HEADING = /^[a-z ]+$/i;
const HALL = /\b(?:hall|room|ballroom|theat(?:er|re)|auditorium|exhibit|level|floor|building)\b/i;

/**
 * Reads a copied session page: a heading per session, then a slot, a title, authors and an abstract per talk.
 * Menu lines and footers are passed over. A page may hold several sessions one after the other.
 */
export function parseSessionPage(lines: readonly string[]): Session[] {
  const page = new PageParser();
  lines.forEach((line, index) => {
    page.line(line, index + 1);
  });
  return page.end();
}

class PageParser {
  readonly #sessions: SessionBuilder[] = [];
  #session: SessionBuilder | undefined;
  #talk: TalkBuilder | undefined;
  /** A slot seen in a session's head: the session's own if another line of the head follows, else a talk's. */
  #headSlot: PlacedSlot | undefined;
  #gap = false;
  #inFooter = false;

  line(text: string, number: number): void {
    const line = classify(text);
    if (line.kind === 'blank') {
      this.#gap = true;
      return;
    }
    switch (line.kind) {
      case 'menu':
        this.#closeTalk();
        break;
      case 'footer':
        this.#closeTalk();
        this.#inFooter = true;
        break;
      case 'noise':
        this.#takeHeadSlot();
        break;
      case 'heading':
        if (this.#talk?.lacksTitle) this.#talk.add({ text: line.text, gap: this.#gap });
        else this.#heading(line.text);
        break;
      case 'moderators':
        this.#head().moderators.push(...line.names);
        break;
      case 'slot':
        this.#slot(line.slot, number);
        break;
      case 'abstract':
        this.#abstract(line.text);
        break;
      case 'text':
        this.#text(line.text);
        break;
    }
    this.#gap = false;
  }

  end(): Session[] {
    this.#takeHeadSlot();
    this.#closeTalk();
    return this.#sessions.map((session) => session.build());
  }

  #heading(text: string): void {
    this.#closeTalk();
    // "Oral Session" and below it "Oral Session 6A": one heading, the more telling line wins.
    const continues = this.#session?.inHead && this.#session.headLines.length === 0 && !this.#headSlot;
    (continues ? this.#session! : this.#open()).heading = text;
  }

  #slot(slot: Slot, line: number): void {
    this.#takeHeadSlot();
    this.#closeTalk();
    if (this.#session?.inHead && !this.#session.slot) this.#headSlot = { slot, line };
    else this.#openTalk(slot, line);
  }

  #abstract(text: string): void {
    if (this.#talk) this.#talk.startAbstract(text, this.#gap);
    else this.#takeHeadSlot();
  }

  #text(text: string): void {
    if (this.#inFooter) return;
    if (this.#headSlot) {
      const { slot, line } = this.#headSlot;
      this.#headSlot = undefined;
      this.#openTalk(slot, line);
    }
    if (this.#talk) this.#talk.add({ text, gap: this.#gap });
    else if (this.#session?.inHead && !this.#session.slot && text.length <= LONGEST_HEAD_LINE) {
      this.#session.headLines.push(text);
    }
  }

  #takeHeadSlot(): void {
    if (this.#headSlot && this.#session) this.#session.slot = this.#headSlot;
    this.#headSlot = undefined;
  }

  #open(): SessionBuilder {
    this.#takeHeadSlot();
    this.#inFooter = false;
    this.#session = new SessionBuilder();
    this.#sessions.push(this.#session);
    return this.#session;
  }

  #head(): SessionBuilder {
    return this.#session ?? this.#open();
  }

  #openTalk(slot: Slot, line: number): void {
    this.#inFooter = false;
    this.#talk = new TalkBuilder(slot, line);
    this.#head().talks.push(this.#talk);
  }

  #closeTalk(): void {
    this.#talk = undefined;
  }
}

class SessionBuilder {
  heading: string | undefined;
  slot: PlacedSlot | undefined;
  /** Lines between the heading and the slot: the hall, or a name and the hall. */
  readonly headLines: string[] = [];
  readonly moderators: string[] = [];
  readonly talks: TalkBuilder[] = [];

  /** Whether no talk has begun. */
  get inHead(): boolean {
    return this.talks.length === 0;
  }

  build(): Session {
    const { slot, moderators } = this;
    const { name, hall } = this.#nameAndHall();
    return { name, hall, slot, moderators, talks: this.talks.map((talk) => talk.build()) };
  }

  #nameAndHall(): { name: string | undefined; hall: string | undefined } {
    const { heading, headLines } = this;
    const [first, second] = headLines;
    const mayHoldName = heading === undefined || BARE_HEADING.test(heading);
    if (!first || !mayHoldName) return { name: heading, hall: first };
    if (second) return { name: first, hall: second };
    return HALL.test(first) ? { name: heading, hall: first } : { name: first, hall: undefined };
  }
}

class TalkBuilder {
  readonly #slot: Slot;
  readonly #line: number;
  readonly #lines: BodyLine[] = [];
  /** Number of lines before an "Abstract:" label, when the talk has one. */
  #labelled: number | undefined;

  constructor(slot: Slot, line: number) {
    this.#slot = slot;
    this.#line = line;
  }

  get lacksTitle(): boolean {
    return this.#lines.length === 0;
  }

  add(line: BodyLine): void {
    this.#lines.push(line);
  }

  startAbstract(text: string, gap: boolean): void {
    if (this.#labelled === undefined && this.#lines.length > 0) this.#labelled = this.#lines.length;
    if (text) this.#lines.push({ text, gap });
  }

  build(): Talk {
    const head = this.#lines.slice(0, this.#labelled ?? this.#lines.length);
    const { titleLines, authorLines } = splitHead(head);
    const abstractLines = this.#lines.slice(titleLines.length + authorLines.length);
    return {
      line: this.#line,
      slot: this.#slot,
      title: titleLines.map(({ text }) => text).join(' '),
      authors: splitNames(authorLines.map(({ text }) => text).join(' ')),
      abstract: paragraphs(abstractLines),
    };
  }
}

/** Which of a talk's first lines are its title, and which its authors. */
function splitHead(lines: readonly BodyLine[]): {
  titleLines: readonly BodyLine[];
  authorLines: readonly BodyLine[];
} {
  const secondBlock = lines.findIndex((line, index) => index > 0 && line.gap);
  const titleEnd = secondBlock === -1 ? Math.min(1, lines.length) : secondBlock;
  // Authors parted by middle dots may stand right below the title, without a blank line between.
  const dotted = lines.findIndex(
    ({ text }, index) => index > 0 && index <= titleEnd && isAuthorLine(text, 'several'),
  );
  const authorsStart = dotted === -1 ? titleEnd : dotted;
  const titleLines = lines.slice(0, authorsStart);
  const first = lines[authorsStart];
  if (!first || !isAuthorLine(first.text, 'any')) return { titleLines, authorLines: [] };
  let authorsEnd = authorsStart + 1;
  // A long list of authors may be wrapped over several lines.
  while (lines[authorsEnd] && !lines[authorsEnd]!.gap && isAuthorLine(lines[authorsEnd]!.text, 'several'))
    authorsEnd++;
  return { titleLines, authorLines: lines.slice(authorsStart, authorsEnd) };
}

function paragraphs(lines: readonly BodyLine[]): string {
  return lines.reduce((text, line, index) => {
    if (index === 0) return line.text;
    return `${text}${line.gap ? '\n\n' : ' '}${line.text}`;
  }, '');
}
