import type { SearchBody, SearchResult } from '../client/cluster-client.ts';
import { ask, type SuggestSource } from './suggest-source.ts';

/** A word that papers have, near to another. */
export interface SimilarWord {
  /** Folded. */
  readonly word: string;
  /** How many papers have it. */
  readonly papers: number;
}

/** Words that are asked for with each misspelt one: the nearest, of these the most frequent. */
const MAX_WORDS = 500;

/**
 * The words of titles, authors and keywords that are near to others, each list without the word itself.
 * @param asked words, folded, and most edits of each: insertions, deletions, substitutions and transpositions.
 */
export async function similarWords(
  asked: readonly { readonly word: string; readonly edits: 1 | 2 }[],
  source: SuggestSource,
): Promise<(readonly SimilarWord[])[]> {
  return ask(
    asked.map(({ word, edits }) => suggester(word, edits)),
    source,
    wordsIn,
  );
}

function suggester(text: string, edits: 1 | 2): SearchBody {
  return {
    size: 0,
    track_total_hits: false,
    suggest: {
      near: {
        text,
        term: {
          field: 'suggest.words',
          suggest_mode: 'always',
          max_edits: edits,
          prefix_length: 0,
          min_word_length: 1,
          size: MAX_WORDS,
          shard_size: MAX_WORDS,
        },
      },
    },
  };
}

function wordsIn(result: SearchResult<unknown>): SimilarWord[] {
  const { suggest } = result as SearchResult<unknown> & {
    readonly suggest: {
      readonly near: readonly {
        readonly options: readonly { readonly text: string; readonly freq: number }[];
      }[];
    };
  };
  return suggest.near.flatMap(({ options }) =>
    options.map(({ text, freq }) => ({ word: text, papers: freq })),
  );
}
