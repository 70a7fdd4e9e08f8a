import type { TermQuery, TextPattern } from '../../indexes/keyword/text-pattern.ts';

/** A word as a text has it, folded, whether or not it is a stop word. */
interface SurfaceQuery {
  readonly kind: 'surface';
  /** Alternatives: a language may elide what is before the word. */
  readonly texts: readonly string[];
}

/** What one position of a text must have, all of it; nothing where any word matches. */
export type Place = readonly (TermQuery | SurfaceQuery)[];

/** A phrase whose places may require more than terms of the index. */
export interface PlacedPattern {
  readonly words: readonly Place[];
  readonly joined: TextPattern['joined'];
}

/** Ways to match one phrase: a place for each of neighbouring positions. */
export type Path = readonly Place[];

/**
 * The ways to match a phrase of which a text must contain one: word by word, or with words that papers write as one. A
 * joined word that no paper has is left out.
 * @param isKnown whether any paper has a term. @param limit most ways.
 * @returns undefined where there are more.
 */
export function pathsOf(
  { words, joined }: PlacedPattern,
  isKnown: (query: TermQuery) => boolean,
  limit: number,
): readonly Path[] | undefined {
  const known = joined.filter(({ term }) => isKnown(term));
  // From the end: the ways to match what is left from each place on.
  const from: (readonly Path[])[] = Array.from({ length: words.length + 1 }, () => []);
  from[words.length] = [[]];
  for (let place = words.length - 1; place >= 0; place--) {
    const here = known.filter((entry) => entry.from === place);
    // "few-shot*": who has the whole word at the end need not have its parts too.
    const isPart = here.some(({ to, term }) => to === words.length && words[place]!.some(equals(term)));
    const parted = isPart ? [] : from[place + 1]!.map((rest) => [withoutImplied(words[place]!), ...rest]);
    const whole = here.flatMap(({ to, term }) => from[to]!.map((rest) => [[term], ...rest]));
    const paths = [...parted, ...whole];
    if (paths.length > limit) return undefined;
    from[place] = paths;
  }
  return from[0]!;
}

function equals(term: TermQuery): (other: Place[number]) => boolean {
  const key = JSON.stringify(term);
  return (other) => JSON.stringify(other) === key;
}

/** A place without the prefixes that another one begins with: what begins with "15.6%" begins with "15.6". */
function withoutImplied(place: Place): Place {
  return place.filter(
    (query) =>
      query.kind !== 'prefix' ||
      !place.some(
        (other) =>
          other.kind === 'prefix' &&
          other.text.length > query.text.length &&
          other.text.startsWith(query.text),
      ),
  );
}
