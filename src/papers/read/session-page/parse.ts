import { classifyLines, isHeading, type Line } from './lines.ts';
import { beginsWithin, type Slot } from './slot.ts';
import { parseTalk, type Talk } from './talk.ts';

/** A time slot and its 1-based line. */
interface PlacedSlot {
  readonly slot: Slot;
  readonly line: number;
}

/** A session with its talks in the order of the page. */
export interface Session {
  readonly name: string | undefined;
  readonly hall: string | undefined;
  /** The session's own slot, when it has one beside those of its talks. */
  readonly slot: PlacedSlot | undefined;
  readonly talks: readonly Talk[];
}

/** A heading that says only what kind of session it is, so that a line below it may be its name. */
const BARE_HEADING = /^(?:oral|poster|spotlight|invited|contributed)?\s*(?:sessions?|talks?)$/i;
const HALL = /\b(?:hall|room|ballroom|theat(?:er|re)|auditorium|exhibit|level|floor|building)\b/i;

/**
 * Reads a copied session page. Each session has a heading, perhaps a room and moderators, and a time slot. Each of its
 * talks has a time slot, a title, authors and an abstract. Menus and footers are skipped. A page may hold several
 * sessions one after the other.
 */
export function parseSessionPage(text: readonly string[]): Session[] {
  const lines = classifyLines(text);
  const pageHasGaps = lines.some(({ gap }, index) => index > 0 && gap);
  const starts = lines.flatMap((_, index) => (isHeading(lines, index, pageHasGaps) ? [index] : []));
  // "Oral Session" and right below it "Oral Session 6A" begin one session.
  const firsts = starts.filter((start, i) => i === 0 || hasSlot(lines.slice(starts[i - 1], start)));
  const bounds = [...(firsts[0] === 0 ? [] : [0]), ...firsts, lines.length];
  return bounds
    .slice(0, -1)
    .map((start, i) => parseSession(lines.slice(start, bounds[i + 1]), starts.includes(start)))
    .filter(({ talks }) => talks.length > 0);
}

function hasSlot(lines: readonly Line[]): boolean {
  return lines.some(({ kind }) => kind === 'slot');
}

function parseSession(lines: readonly Line[], hasHeading: boolean): Session {
  const slots = lines.flatMap((line, index) =>
    line.kind === 'slot' ? [{ slot: line.slot, line: line.number, index }] : [],
  );
  const ownSlot = slots[0] && isOwnSlot(lines, slots, hasHeading) ? slots[0] : undefined;
  const talkSlots = ownSlot ? slots.slice(1) : slots;
  const head = lines.slice(0, slots[0]?.index ?? 0);
  return {
    ...(hasHeading ? nameAndHall(head) : { name: undefined, hall: undefined }),
    slot: ownSlot,
    talks: talkSlots.map(({ slot, line, index }, i) =>
      parseTalk(slot, line, lines.slice(index + 1, talkSlots[i + 1]?.index ?? lines.length)),
    ),
  };
}

/** Whether the first slot is the session's: the talk after it begins within it, or no talk follows. */
function isOwnSlot(
  lines: readonly Line[],
  slots: readonly { slot: Slot; index: number }[],
  hasHeading: boolean,
): boolean {
  const [first, second] = slots;
  if (second && beginsWithin(second.slot, first!.slot)) return true;
  if (!hasHeading) return false;
  const between = lines.slice(first!.index + 1, second?.index ?? lines.length);
  if (!second) return between[0]?.kind === 'abstract' || !between.some(({ kind }) => kind === 'text');
  return !between.some(({ kind }) => kind === 'text');
}

function nameAndHall(head: readonly Line[]): Pick<Session, 'name' | 'hall'> {
  const texts = head
    .filter((line, index) => line.kind === 'text' && !namesModerators(head[index - 1]))
    .map(({ text }) => text);
  const headings = texts.filter(
    (text, index) => index < 2 && !HALL.test(text) && (index === 0 || /\bsession\b|\d/i.test(text)),
  );
  const heading = headings.at(-1) ?? texts[0];
  const [first, second] = texts.slice(Math.max(1, headings.length));
  if (!heading || !first || !BARE_HEADING.test(heading)) return { name: heading, hall: first };
  if (second) return { name: first, hall: second };
  return HALL.test(first) ? { name: heading, hall: first } : { name: first, hall: undefined };
}

/** "Moderators:" alone on its line: their names are on the next one. */
function namesModerators(line: Line | undefined): boolean {
  return line?.kind === 'moderators' && line.names.length === 0;
}
