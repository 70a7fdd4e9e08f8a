import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawKnown } from '../../../src/review/simulate/known.ts';

/** A finished review: the papers that were screened for it, and which of them were included. */
export interface ScreenedReview {
  readonly name: string;
  /** What the review asks; empty where the collection does not say. */
  readonly question: string;
  /** Ids of the papers, in the order of the pool: row i is paper i. */
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly abstracts: readonly string[];
  /** For each row 1 for an include, else 0. */
  readonly truth: Uint8Array;
}

/**
 * The reviews of a collection in the BEIR layout with `pools.json` (review to ids of papers); the smallest first. Includes are the
 * papers with a gain above 0 in `qrels/test.tsv`.
 */
export function readReviews(folder: string): ScreenedReview[] {
  const papers = new Map(
    lines(join(folder, 'corpus.jsonl')).map((line) => {
      const { _id, title, text } = JSON.parse(line) as { _id: string; title?: string; text?: string };
      return [_id, { title: title ?? '', abstract: text ?? '' }];
    }),
  );
  const questions = new Map(
    lines(join(folder, 'queries.jsonl')).map((line) => {
      const { _id, text } = JSON.parse(line) as { _id: string; text: string };
      return [_id, text];
    }),
  );
  const included = new Set(
    lines(join(folder, 'qrels', 'test.tsv'))
      .slice(1)
      .flatMap((line) => {
        const [review, paper, gain] = line.split('\t');
        return Number(gain) > 0 ? [`${review}\t${paper}`] : [];
      }),
  );
  const pools = JSON.parse(readFileSync(join(folder, 'pools.json'), 'utf8')) as Record<string, string[]>;
  return Object.entries(pools)
    .map(([name, ids]) => ({
      name,
      question: questions.get(name) ?? '',
      ids,
      titles: ids.map((id) => papers.get(id)!.title),
      abstracts: ids.map((id) => papers.get(id)!.abstract),
      truth: Uint8Array.from(ids, (id) => Number(included.has(`${name}\t${id}`))),
    }))
    .sort((a, b) => a.ids.length - b.ids.length);
}

/** Known papers of each review and seed, as a file that any program can read: `{"REVIEW": {"SEED": {"include", "exclude"}}}`. */
export type Priors = Readonly<
  Record<string, Readonly<Record<string, { readonly include: string; readonly exclude: string }>>>
>;

/** Draws one include and one exclude for each review and seed. */
export function drawPriors(reviews: readonly ScreenedReview[], seeds: readonly number[]): Priors {
  const prior = ({ ids, truth }: ScreenedReview, seed: number) => {
    const [include, exclude] = drawKnown(truth, { includes: 1, excludes: 1 }, seed);
    return { include: ids[include!]!, exclude: ids[exclude!]! };
  };
  return Object.fromEntries(
    reviews.map((review) => [
      review.name,
      Object.fromEntries(seeds.map((seed) => [seed, prior(review, seed)])),
    ]),
  );
}

/** Parses `1-3,7` to groups of seeds: `[[1, 2, 3], [7]]`. */
export function seedGroups(text: string): number[][] {
  return text.split(',').map((part) => {
    const [first, last] = part.split('-').map(Number);
    return Array.from({ length: (last ?? first)! - first! + 1 }, (_, i) => first! + i);
  });
}

function lines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
