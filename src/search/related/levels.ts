import { THRESHOLDS } from '../confidence.ts';
import type { Indexes } from '../corpus.ts';

/** A similarity by meaning and one by keyword that mean the same. */
interface Level {
  /** On the scale of the bundled model's cosines. */
  readonly cosine: number;
  /** As a share of the seed's own score; for a text, of the highest score possible. */
  readonly keyword: number;
}

type Levels = Readonly<Record<'weak' | 'strong', Level>>;

/**
 * Those of a paper as the seed; scripts/measurements/related.md has the figures. Those of a text are the thresholds of a
 * search.
 */
const OF_A_PAPER: Levels = {
  weak: { cosine: 0.48, keyword: 0.16 },
  strong: { cosine: 0.57, keyword: 0.23 },
};
const OF_A_TEXT: Levels = {
  weak: { cosine: THRESHOLDS.semantic.weak, keyword: THRESHOLDS.keyword.weak },
  strong: { cosine: THRESHOLDS.semantic.strong, keyword: THRESHOLDS.keyword.strong },
};

/**
 * From which similarities to a seed papers are weakly and strongly relevant. Cosines are those of the model.
 * @param doc of the seed: undefined for a text.
 */
export function levelsOf(
  { doc }: { readonly doc: number | undefined },
  { cosineScale: { factor, offset } }: Pick<Indexes, 'cosineScale'>,
): Levels {
  const { weak, strong } = doc === undefined ? OF_A_TEXT : OF_A_PAPER;
  const ofModel = ({ cosine, keyword }: Level) => ({ cosine: (cosine - offset) / factor, keyword });
  return { weak: ofModel(weak), strong: ofModel(strong) };
}

/**
 * The cosine that means the same as a keyword similarity, for a seed without a vector: 0 for 0, the levels that
 * mean weak and strong, 1 for 1, and in proportion between them. It rises with the keyword similarity, so that papers
 * are in the order of their words, and relevant where they are by keyword.
 */
export function cosineOfKeyword({ weak, strong }: Levels): (keyword: number) => number {
  const between = (low: Level, high: Level, keyword: number) =>
    low.cosine + ((keyword - low.keyword) * (high.cosine - low.cosine)) / (high.keyword - low.keyword);
  const none = { cosine: 0, keyword: 0 };
  const same = { cosine: 1, keyword: 1 };
  return (keyword) => {
    if (keyword < weak.keyword) return between(none, weak, keyword);
    return keyword < strong.keyword ? between(weak, strong, keyword) : between(strong, same, keyword);
  };
}
