import type { NearestSeed } from '../../search/api.ts';
import { relationText } from '../citations.ts';

/** Why a paper is related to its nearest seed, if that is known. @param terms most shared words. */
export function Relation({ nearest, terms }: { nearest: NearestSeed; terms: number }) {
  const text = relationText(nearest, terms);
  return text === '' ? null : <p class="shared">{text}</p>;
}
