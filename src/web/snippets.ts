import { sentencesOf } from '../text/sentences.ts';

/** A part of an abstract that is shown with a hit. */
export interface Snippet {
  readonly start: number;
  readonly end: number;
  /** Whether text was left out before it, or after it. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const MAX_SENTENCES = 2;
/** Length of one shown sentence, and of the text before its first match, in UTF-16 code units. */
const MAX_SENTENCE_LENGTH = 320;
const LEAD = 60;
/** Longest text, in UTF-16 code units, that is split into sentences: a longer abstract is a full text by mistake. */
const MAX_LENGTH = 20_000;

/**
 * The two sentences of an abstract that match the query best, in the order of the text: those with the most distinct
 * matched words. Words that are rare in the abstract count more, because a word that matches everywhere does not
 * distinguish sentences. Without a match, the first two.
 */
export function snippetsOf(abstract: string, marks: readonly Mark[]): Snippet[] {
  const sentences = sentenceSpans(abstract.slice(0, MAX_LENGTH));
  const frequency = new Map<string, number>();
  for (const { text } of marks) frequency.set(word(text), (frequency.get(word(text)) ?? 0) + 1);
  const uncovered = new Set(frequency.keys());
  const chosen: number[] = [];
  while (chosen.length < Math.min(MAX_SENTENCES, sentences.length)) {
    let best = -1;
    let most = -1;
    for (const [i, { start, end }] of sentences.entries()) {
      if (chosen.includes(i)) continue;
      const words = new Set(
        marks.filter((mark) => mark.start >= start && mark.end <= end).map(({ text }) => word(text)),
      );
      let worth = 0;
      // Words that the first sentence contains already count little.
      for (const each of words) worth += (uncovered.has(each) ? 1 : 0.25) / Math.sqrt(frequency.get(each)!);
      if (worth > most) [best, most] = [i, worth];
    }
    chosen.push(best);
    const { start, end } = sentences[best]!;
    for (const mark of marks) if (mark.start >= start && mark.end <= end) uncovered.delete(word(mark.text));
  }
  chosen.sort((a, b) => a - b);
  const shown = chosen.map((i) => shortened(abstract, sentences[i]!, marks));
  return shown.map(({ start, end }, place) => {
    const before = place === 0 ? 0 : shown[place - 1]!.end;
    const after = shown[place + 1]?.start ?? abstract.length;
    return {
      start,
      end,
      // One ellipsis between two snippets is enough.
      cutBefore: place === 0 && hasText(abstract, before, start),
      cutAfter: hasText(abstract, end, after),
    };
  });
}

/** Where the paragraphs of an abstract are, which empty lines separate. */
export function paragraphsOf(abstract: string): { readonly start: number; readonly end: number }[] {
  return Array.from(abstract.matchAll(/\S(?:(?!\n\s*\n).)*/gs), ({ 0: text, index }) => ({
    start: index,
    end: index + text.trimEnd().length,
  }));
}

function sentenceSpans(text: string): { start: number; end: number }[] {
  let at = 0;
  return sentencesOf(text).flatMap((sentence) => {
    const start = at + sentence.length - sentence.trimStart().length;
    const end = at + sentence.trimEnd().length;
    at += sentence.length;
    return start < end ? [{ start, end }] : [];
  });
}

/** A sentence; of a long one, the part that starts shortly before the first match. */
function shortened(
  abstract: string,
  { start, end }: { readonly start: number; readonly end: number },
  marks: readonly Mark[],
): { start: number; end: number } {
  if (end - start <= MAX_SENTENCE_LENGTH) return { start, end };
  const first = marks.find((mark) => mark.start >= start && mark.end <= end)?.start ?? start;
  let from = Math.max(start, Math.min(first - LEAD, end - MAX_SENTENCE_LENGTH));
  const wordBefore = abstract.indexOf(' ', from) + 1;
  if (from > start && wordBefore > 0 && wordBefore <= first) from = wordBefore;
  const limit = from + MAX_SENTENCE_LENGTH;
  if (limit >= end) return { start: from, end };
  const lastBlank = abstract.lastIndexOf(' ', limit);
  // A text without spaces is cut at the limit.
  return { start: from, end: lastBlank > from ? lastBlank : limit };
}

function hasText(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() !== '';
}

function word(text: string): string {
  return text.toLowerCase();
}
