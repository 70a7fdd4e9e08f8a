import { tagKey } from './annotations.ts';
import { type Annotations, READ_STATES, SEED_ROLES } from './collection.ts';

/*
 * How an export of a collection says exactly what a reader said about a paper, beside the fields that other programs
 * know: as parameters of a URL, `state=read&rating=4&role=for&tag=to+read&note=…`. The text has only ASCII letters,
 * digits and `*._+%&=`, so no format changes it.
 */

/** The field of BibTeX, the line of Zotero's field Extra, and the prefix in RIS (C1) that have it. */
export const OWN_FIELD = 'paper-search-collection';

/** Annotations as they are read; `keywords` are the tags that the paper has as keywords, too. */
export interface OwnAnnotations {
  readonly said: Annotations;
  readonly keywords: readonly string[];
}

/** The text of annotations. @param keywords of the paper. */
export function ownText(
  { note, tags, state, rating, role }: Annotations,
  keywords: readonly string[],
): string {
  const known = new Set(keywords.map(tagKey));
  const values: [string, string][] = [
    ['state', state],
    ...(rating === undefined ? [] : [['rating', String(rating)] as [string, string]]),
    ['role', role],
    ...tags.map((tag): [string, string] => [known.has(tagKey(tag)) ? 'both' : 'tag', tag]),
    ...(note === '' ? [] : [['note', note] as [string, string]]),
  ];
  // Two hyphens would become a dash in LaTeX.
  return new URLSearchParams(values).toString().replaceAll('-', '%2D');
}

/** Annotations of a text; undefined for any other text. */
export function readOwnText(text: string): OwnAnnotations | undefined {
  const parameters = new URLSearchParams(text.trim());
  const state = READ_STATES.find((each) => each === parameters.get('state'));
  if (state === undefined) return undefined;
  const rating = /^[1-5]$/.test(parameters.get('rating') ?? '')
    ? Number(parameters.get('rating'))
    : undefined;
  const keywords = parameters.getAll('both');
  return {
    said: {
      note: parameters.get('note') ?? '',
      tags: Array.from(parameters)
        .filter(([name]) => name === 'tag' || name === 'both')
        .map(([, tag]) => tag),
      state,
      ...(rating !== undefined && { rating }),
      role: SEED_ROLES.find((each) => each === parameters.get('role')) ?? 'none',
    },
    keywords,
  };
}
