import { cslTypeOfEntry, isPartOfBook } from './types.ts';

/** Fields of an entry by name in lower case, and its type. */
export interface Inheritor {
  readonly type: string;
  readonly key: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** What a part does not take from what it is in, since it says something of the whole only. */
const NOT_INHERITED = new Set(
  `abstract author crossref date-added date-modified doi eprint eprinttype archiveprefix file ids keywords note options
  pages pdf shorttitle subtitle title titleaddon url urldate xdata xref booktitle sorttitle pagetotal timestamp owner
  bibsource biburl`.split(/\s+/),
);
/** What a part takes under another name. */
const RENAMED: Readonly<Record<string, string>> = {
  title: 'booktitle',
  subtitle: 'booksubtitle',
  titleaddon: 'booktitleaddon',
};
/** Links that are followed from entry to entry. */
const MAX_LINKS = 10;

/** Keys of the entries that an entry takes fields from: those of `crossref` and `xdata`. */
export function parentKeys(fields: ReadonlyMap<string, string>): { crossref: string[]; xdata: string[] } {
  const keys = (name: string) =>
    (fields.get(name) ?? '')
      .split(',')
      .map((key) => key.trim())
      .filter((key) => key !== '');
  return { crossref: keys('crossref'), xdata: keys('xdata') };
}

/** Whether an entry is of a type that others usually take fields from. */
export function isUsualParent(type: string): boolean {
  return /^(?:xdata|(?:mv)?(?:book|collection|proceedings|reference)|periodical)$/.test(type);
}

/**
 * An entry's fields with those that it takes from others, as BibLaTeX has it: from `xdata` all that it lacks; from
 * `crossref` too, where the title of a book or of proceedings is the part's `booktitle`, and an author of a book its
 * `bookauthor`.
 * @param parents entries by key in lower case.
 * @returns the fields, and the keys of entries that are missing.
 */
export function withInherited(
  entry: Inheritor,
  parents: ReadonlyMap<string, Inheritor>,
  links = 0,
): { fields: ReadonlyMap<string, string>; missing: string[] } {
  const { crossref, xdata } = parentKeys(entry.fields);
  const fields = new Map(entry.fields);
  const missing: string[] = [];
  if (links > MAX_LINKS) return { fields, missing };
  const parentOf = (key: string) => {
    const parent = parents.get(key.toLowerCase());
    if (!parent) missing.push(key);
    return parent && { ...parent, fields: withInherited(parent, parents, links + 1).fields };
  };
  for (const parent of xdata.flatMap((key) => parentOf(key) ?? [])) {
    for (const [name, value] of parent.fields) if (!fields.has(name)) fields.set(name, value);
  }
  for (const parent of crossref.flatMap((key) => parentOf(key) ?? [])) {
    for (const [name, value] of inheritedFrom(parent, entry.type)) {
      if (!fields.has(name)) fields.set(name, value);
    }
  }
  return { fields, missing };
}

function inheritedFrom(parent: Inheritor, type: string): [string, string][] {
  const isPart = isPartOfBook(cslTypeOfEntry(type));
  // Another name for the same thing.
  if (parent.type === type) return [...parent.fields];
  const isBook = /^(?:mv)?book$/.test(parent.type);
  return [...parent.fields].flatMap(([name, value]): [string, string][] => {
    if (isPart && RENAMED[name] !== undefined) return [[RENAMED[name], value]];
    // BibTeX's own styles ask for a booktitle in the parent, which BibLaTeX makes of its title.
    if (name === 'booktitle') return isPart && !parent.fields.has('title') ? [[name, value]] : [];
    if (isPart && isBook && name === 'author') return [['bookauthor', value]];
    return NOT_INHERITED.has(name) ? [] : [[name, value]];
  });
}
