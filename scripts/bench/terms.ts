import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { papersOf } from './corpora.ts';
import { termsOf } from './engines/terms-of.ts';

/** Queries are analysed this often before the analysis is timed. */
const WARM_UP = 5;

/**
 * Writes the analysed texts of papers for engines that get terms: a line of `{ title, abstract }` per paper, terms
 * joined by spaces.
 * @returns the seconds that the analysis took.
 */
export async function writeTerms(file: string, papersFile: string, count: number): Promise<number> {
  let analysisMs = 0;
  const lines = async function* () {
    for await (const paper of papersOf(papersFile, count)) {
      const started = performance.now();
      const title = termsOf(paper.title).join(' ');
      const abstract = termsOf(paper.abstract).join(' ');
      analysisMs += performance.now() - started;
      yield `${JSON.stringify({ title, abstract })}\n`;
    }
  };
  await pipeline(lines(), createWriteStream(file));
  return analysisMs / 1000;
}

/** How long the analysis of each text takes when the code is warm (microseconds). */
export function analysisUs(texts: readonly string[]): number[] {
  const times = Array.from({ length: WARM_UP + 1 }, () =>
    texts.map((text) => {
      const started = performance.now();
      termsOf(text);
      return (performance.now() - started) * 1000;
    }),
  );
  return times.at(-1)!;
}
