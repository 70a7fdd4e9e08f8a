import { sentencesOf } from '../analysis/sentences.ts';

/** A part of an abstract that is shown of a hit. */
export interface Snippet {
  readonly start: number;
  readonly end: number;
  /** Whether something was left out before it, or behind it. */
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const MOST_SENTENCES = 2;
/** Longest abstract, in UTF-16 code units, that is cut into sentences: longer ones are whole papers by mistake. */
const LONGEST = 20_000;

/**
 * The two sentences of an abstract that say most of what was asked for, in the order of the text: those with the
 * most different words that matched, the rarer of which count more (a word that matches all over the abstract tells
 * its sentences apart least). Without a match, the first two.
 */
export function snippetsOf(abstract: string, marks: readonly Mark[]): Snippet[] {
  const sentences = sentenceSpans(abstract.slice(0, LONGEST));
  const frequency = new Map<string, number>();
  for (const { text } of marks) frequency.set(word(text), (frequency.get(word(text)) ?? 0) + 1);
  const uncovered = new Set(frequency.keys());
  const chosen: number[] = [];
  while (chosen.length < Math.min(MOST_SENTENCES, sentences.length)) {
    let best = -1;
    let most = -1;
    for (const [i, { start, end }] of sentences.entries()) {
      if (chosen.includes(i)) continue;
      const words = new Set(
        marks.filter((mark) => mark.start >= start && mark.end <= end).map(({ text }) => word(text)),
      );
      let worth = 0;
      // What the first sentence said already is worth little.
      for (const each of words) worth += (uncovered.has(each) ? 1 : 0.25) / Math.sqrt(frequency.get(each)!);
      if (worth > most) [best, most] = [i, worth];
    }
    chosen.push(best);
    const { start, end } = sentences[best]!;
    for (const mark of marks) if (mark.start >= start && mark.end <= end) uncovered.delete(word(mark.text));
  }
  chosen.sort((a, b) => a - b);
  return chosen.map((i, place) => ({
    ...sentences[i]!,
    cutBefore: place === 0 && i > 0,
    cutAfter: place < chosen.length - 1 ? chosen[place + 1] !== i + 1 : i < sentences.length - 1,
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

function word(text: string): string {
  return text.toLowerCase();
}
