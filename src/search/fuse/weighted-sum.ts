import { BUNDLED_RANKING } from '../../encode/model-info.ts';
import type { KeywordScores } from '../../indexes/scores.ts';
import type { Fusion } from './fusion.ts';

/**
 * Convex combination: share × keyword score / maximum keyword score + (1 - share) × cosine.
 * After Bruch, Gai and Ingber (TOIS 2023), equation 4, with the theoretical maximum of the keyword score instead of the
 * best score of the run, and the cosine unscaled: both keep their absolute meaning.
 * @param lexicalShare 0 (cosine alone) to 1; scripts/measurements/fusion.md has the figures for the default.
 */
export function weightedSum(lexicalShare = BUNDLED_RANKING.keywordShare): Fusion {
  const denseShare = 1 - lexicalShare;
  return {
    lexicalShare,
    denseShare,
    highestScore: 1,
    fuse: ({ scores, maxScore }: KeywordScores, dense, fused) => {
      const perPoint = maxScore > 0 ? lexicalShare / maxScore : 0;
      for (let doc = 0; doc < fused.length; doc++) {
        fused[doc] = perPoint * scores[doc]! + denseShare * dense[doc]!;
      }
    },
    explain: ({ keyword: { score, most }, semantic: { cosine } }) => [
      {
        name: 'keyword',
        formula: `${shown(lexicalShare)} × ${shown(score)} / ${shown(most)}`,
        score: most > 0 ? (lexicalShare * score) / most : 0,
      },
      {
        name: 'semantic',
        formula: `${shown(denseShare)} × ${shown(cosine)}`,
        score: denseShare * cosine,
      },
    ],
  };
}

/** A number to three decimal places, without trailing zeros. */
function shown(value: number): string {
  return String(Number(value.toFixed(3)));
}
