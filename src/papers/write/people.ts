import { oneLine } from './text.ts';

/** A name in its parts. Without `given` it is that of a group, or of somebody with one name. */
export interface PersonName {
  readonly family: string;
  readonly given?: string | undefined;
  /** Jr., III */
  readonly suffix?: string | undefined;
}

const SUFFIX = /^(?:jr|sr)\.?$|^(?:II|III|IV)$/i;
/** "van", "de la": small words before the family name belong to it. */
const PARTICLE = /^\p{Ll}/u;

/**
 * The parts of a name as it is read ("Ludwig van Beethoven"). Put together again as given, family, suffix, they are
 * the name. Names with a comma are left whole: it is not known what it parts.
 */
export function nameParts(text: string): PersonName {
  const name = oneLine(text);
  const words = name.split(' ');
  if (name.includes(',') || words.length === 1) return { family: name };
  const suffix = words.length > 2 && SUFFIX.test(words.at(-1)!) ? words.pop() : undefined;
  let start = words.length - 1;
  while (start > 1 && PARTICLE.test(words[start - 1]!)) start--;
  return { given: words.slice(0, start).join(' '), family: words.slice(start).join(' '), suffix };
}
