import type { Span } from './span.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** UTF-16 code units that are segmented together: for each sentence the segmenter reads all of its text. */
const WINDOW = 4096;

/**
 * The sentences of a text in order (Unicode Standard Annex 29, English). Joined, they are the text again: each
 * keeps the blanks after it.
 */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  let length = WINDOW;
  while (start + length < text.length) {
    const found = segmentsOf(text.slice(start, start + length));
    // The following text decides where the last sentence ends, so the last two sentences are segmented again.
    const sure = found.slice(0, -2);
    for (const sentence of sure) {
      sentences.push(sentence);
      start += sentence.length;
    }
    length = sure.length > 0 ? WINDOW : length * 2;
  }
  for (const sentence of segmentsOf(text.slice(start))) sentences.push(sentence);
  return sentences;
}

function segmentsOf(text: string): string[] {
  const sentences: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const before = sentences.at(-1);
    if (before !== undefined && endsInAbbreviation(before, segment)) {
      sentences[sentences.length - 1] = before + segment;
    } else sentences.push(segment);
  }
  return sentences;
}

/** Abbreviations of German and French that are not the end of a sentence, and that English does not have. */
const ABBREVIATION =
  /(?:^|[\s(])(?:z\. ?B|d\. ?h|i\. ?d|i\. ?d\. ?R|i\. ?A|o\. ?g|s\. ?o|p\. ?ex|c\.-à-d|bzw|[Vv]gl|[Ss]og|[Gg]gf|[Ee]vtl|[Bb]spw|Abb|Hrsg|Mio|Mrd)\.$/u;
const ONE_LETTER = /(?:^|[\s(])\p{Ll}\.$/u;

/** Whether a sentence ends in an abbreviation, which may continue in the next one: "z." and "B.". */
function endsInAbbreviation(sentence: string, next: string): boolean {
  const end = sentence.slice(-20).trimEnd();
  if (ABBREVIATION.test(end)) return true;
  return ONE_LETTER.test(end) && ABBREVIATION.test(`${end} ${/^\S*/.exec(next)![0]}`);
}

/** The span of each sentence of a text, without the blanks around it. */
export function sentenceSpans(text: string): Span[] {
  let at = 0;
  return sentencesOf(text).flatMap((sentence) => {
    const start = at + sentence.length - sentence.trimStart().length;
    at += sentence.length;
    const end = at - (sentence.length - sentence.trimEnd().length);
    return start < end ? [{ start, end }] : [];
  });
}
