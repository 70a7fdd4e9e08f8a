import { analyze } from '../../../src/text/analyzer.ts';

/** The terms of a text as paper-search indexes it, in order, with repetitions: for engines that take a tokenizer. */
export function termsOf(text: string): string[] {
  return analyze(text).map(({ term }) => term);
}
