import type { QueryTextField } from '../ast.ts';

/** What a field tag such as `[tiab]`, `.tw.` or `:ti,ab,kw` asks for. */
export type Tag =
  | /** Text in any of these fields; in every field where undefined. */ {
      readonly kind: 'text';
      readonly fields: readonly QueryTextField[] | undefined;
      /** Most other words between the first and the last, from `[tiab:~3]`. */
      readonly distance?: number | undefined;
    }
  | /** A subject heading. */ { readonly kind: 'heading' }
  | { readonly kind: 'author' }
  | { readonly kind: 'id' }
  | /** `published`: of the publication itself, not of its record in the database. */ {
      readonly kind: 'date';
      readonly published: boolean;
    }
  | /** Something that papers do not have here: publication types, languages, affiliations. */ {
      readonly kind: 'unsupported';
    };

/** Where the words of a subject heading are searched: papers have no headings here. */
export const HEADING_FIELDS: readonly QueryTextField[] = ['title', 'abstract', 'keyword'];

const text = (...fields: QueryTextField[]): Tag => ({
  kind: 'text',
  fields: fields.length > 0 ? fields : undefined,
});
const HEADING: Tag = { kind: 'heading' };
const UNSUPPORTED: Tag = { kind: 'unsupported' };
const NAMES: readonly (readonly [Tag, string])[] = [
  [text('title', 'abstract'), 'tiab|title/abstract'],
  [text('title'), 'ti|title'],
  [text('abstract'), 'ab|abstract'],
  [text('title', 'abstract', 'keyword'), 'tw|text word|text words|mp'],
  [text('keyword'), 'ot|other term|kw|kf|keyword|nm|supplementary concept|substance name|rn|hw|tn|de'],
  [text('venue'), 'ta|jour|journal|jn|jw|so|jt|is|source'],
  [text(), 'all|all fields|af|tx|freetext'],
  [
    HEADING,
    'mesh|mh|mesh terms|mesh term|mesh heading|mesh subheading|subheading|sh|majr|mesh major topic|mesh terms:noexp|mesh:noexp|mh:noexp|majr:noexp|px|fs',
  ],
  [{ kind: 'author' }, 'au|author|auth|fau|full author name|1au|author - first|lastau|author - last|aw'],
  [{ kind: 'id' }, 'pmid|uid|ui|aid|doi|do|pmc|pmcid|location id|lid|article identifier'],
  [
    { kind: 'date', published: true },
    'dp|pdat|date - publication|publication date|yr|py|sa_year|year|ppdat|epdat',
  ],
  [
    { kind: 'date', published: false },
    'edat|crdt|mhda|lr|date - entrez|date - create|date - mesh|date - modification|entrez date|create date|dt|ed|up|dc|da|ez|em|rd',
  ],
  [
    UNSUPPORTED,
    'pt|publication type|ptyp|la|lang|language|lg|sb|subset|filter|ad|affiliation|in|cp|pl|place of publication|gr|grant number|vi|volume|ip|issue|pg|pagination|ip|cn|corporate author|ir|investigator|ps|subjects|pa|pharmacological action|book|ed|editor|si|tt|transliterated title|cois|ecno|id|tm|tests & measures|md|po|ax|sx|pu|jx|lim',
  ],
];
const TAGS: ReadonlyMap<string, Tag> = new Map(
  [...NAMES].reverse().flatMap(([tag, names]) => names.split('|').map((name) => [name, tag] as const)),
);

/** The tag in square brackets, as PubMed writes it: `tiab`, `MeSH Terms`, `tiab:~3`. @returns undefined for others. */
export function bracketTag(name: string): Tag | undefined {
  const [, base, distance] = /^(.*?)(?::~(\d{1,4}))?$/.exec(name.trim().toLowerCase().replace(/\s+/g, ' '))!;
  const tag = TAGS.get(base!) ?? TAGS.get(base!.replace(/\s*:\s*noexp$/, ''));
  return tag?.kind === 'text' && distance !== undefined ? { ...tag, distance: Number(distance) } : tag;
}

/**
 * The tag of a list of codes, as Ovid and Cochrane write them: `ti,ab,kw`.
 * @returns undefined when no code is known. Of several, those of text are joined; others count only by themselves.
 */
export function codesTag(codes: string): Tag | undefined {
  const tags = codes
    .toLowerCase()
    .split(',')
    .flatMap((code) => TAGS.get(code.trim()) ?? []);
  const texts = tags.filter((tag) => tag.kind === 'text' || tag.kind === 'heading');
  if (texts.length === 0) return tags[0];
  if (texts.every(({ kind }) => kind === 'heading')) return texts[0];
  const fields = new Set<QueryTextField>();
  for (const tag of texts) {
    if (tag.kind === 'text' && tag.fields === undefined) return tag;
    for (const field of tag.kind === 'text' ? tag.fields! : HEADING_FIELDS) fields.add(field);
  }
  return { kind: 'text', fields: [...fields] };
}

/** Codes of Ovid that no sentence has between two full stops. */
const OVID_CODES = /^(?:ti|ab|tw|mp|kw|kf|hw|sh|pt|jn|jw|au|nm|ot|tx|af|lg|yr|ui|fs|rn|px|id|tn|dt)$/;

/** Whether each code of a list is one that only Ovid writes between full stops. */
export function areOvidCodes(codes: string): boolean {
  return codes
    .toLowerCase()
    .split(',')
    .every((code) => OVID_CODES.test(code.trim()));
}
