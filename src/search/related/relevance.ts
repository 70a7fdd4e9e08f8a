import type { Confidence } from '../confidence.ts';
import type { Indexes } from '../corpus.ts';
import type { SearchMode } from '../mode.ts';
import { levelsOf } from './levels.ts';
import { keywordShare, type Seed, type SeedSimilarity } from './similarity.ts';

/** From which similarity on a paper is weakly and strongly relevant. */
export interface RelevanceLevels {
  readonly weak: number;
  readonly strong: number;
}

/**
 * The scores from which related papers are weakly and strongly relevant: the mean of the seeds' levels, each mixed from the
 * levels by meaning and by keyword in the shares that similarities have.
 * @param seeds the positive ones, at least one.
 */
export function relevanceLevels(
  seeds: readonly Pick<Seed, 'doc'>[],
  mode: SearchMode,
  { relatedKeywordShare, cosineScale }: Pick<Indexes, 'relatedKeywordShare' | 'cosineScale'>,
): RelevanceLevels {
  const share = keywordShare(mode, { relatedKeywordShare });
  const mean = (name: keyof RelevanceLevels) =>
    seeds.reduce((sum, seed) => {
      const { cosine, keyword } = levelsOf(seed, { cosineScale })[name];
      return sum + (1 - share) * cosine + share * keyword;
    }, 0) / seeds.length;
  return { weak: mean('weak'), strong: mean('strong') };
}

/** The confidence in a paper of this score. */
export function confidenceAt(score: number, { weak, strong }: RelevanceLevels): Confidence {
  return { level: score >= strong ? 'strong' : score >= weak ? 'weak' : 'none', score };
}

/**
 * How relevant each paper is, by its position: its score says so, with negative seeds raised by what these subtract from the
 * average paper of the index, since what all papers lose says nothing about one of them. So the relevant papers are those that
 * score highest, and a paper that is more like a negative seed than most has to be more like the positive ones.
 * @param sample papers whose average is that of all. Default: all.
 */
export function relevanceOf(
  { scores, subtracted }: Pick<SeedSimilarity, 'scores' | 'subtracted'>,
  levels: RelevanceLevels,
  sample?: readonly number[],
): (doc: number) => Confidence {
  const lost = sample && subtracted ? sample.map((doc) => subtracted[doc]!) : Array.from(subtracted ?? []);
  const mean = lost.length > 0 ? lost.reduce((sum, less) => sum + less, 0) / lost.length : 0;
  return (doc) => confidenceAt(scores[doc]! + mean, levels);
}
