import { notesIn } from '../papers/citation-note.ts';
import type { Paper } from '../papers/paper.ts';
import type { Publication } from '../papers/publication.ts';
import { normalizeLine } from '../papers/read/normalize.ts';
import type { RawPaper } from '../papers/read/reader.ts';
import { tagKey, uniteTags } from './annotations.ts';
import { type Annotations, NO_ANNOTATIONS, type ReadState } from './collection.ts';
import type { AddedEntry } from './events.ts';
import { OWN_FIELD, type OwnAnnotations, readOwnText } from './own-field.ts';
import { annotationsInJson } from './own-json.ts';

/** A paper of a file with what the file says about it. */
export interface ImportedEntry extends AddedEntry {
  /** Whether its tags are all its keywords, since the file does not say which of them are tags. */
  readonly hasKeywordsAsTags: boolean;
}

/** Fields of a publication that are annotations: `annotation` is BibLaTeX's, `RN` are EndNote's research notes. */
const NOTE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  bibtex: ['bibtex:annote', 'bibtex:annotation'],
  ris: ['ris:RN'],
  'csl-json': ['csl:annote'],
  'zotero-rdf': ['zotero:note'],
};
/** Formats whose note of a publication is where programs export the notes of their users. */
const NOTE_OF_PUBLICATION = new Set(['ris', 'csl-json']);
/** Fields that are about reading, and not about the paper. */
const ABOUT_READING = ['bibtex:readstatus', 'bibtex:ranking', `bibtex:${OWN_FIELD}`];

/**
 * What a record says about its paper. An export of a collection says it exactly, and what was changed in it by another
 * program is read from the places that other programs know.
 * @param raw the record as it was read: its notes have line breaks. @param item of CSL-JSON.
 */
export function readAnnotations(
  raw: RawPaper,
  paper: Paper,
  format: string,
  item: Readonly<Record<string, unknown>> | undefined,
): ImportedEntry {
  const other = raw.publication?.other ?? {};
  const notes = (NOTE_FIELDS[format] ?? []).map((name) => other[name] ?? '');
  const own = ownAnnotations(other, item, paper);
  const ofPublication = NOTE_OF_PUBLICATION.has(format) ? withoutCitationNotes(noteOf(raw, item)) : '';
  const found = [ofPublication, ...notes].map(cleanNote).filter(Boolean).join('\n\n');
  const { note, rest } = own ? splitNote(found, own.said.note) : { note: found, rest: '' };
  return {
    ...(own?.said ?? readStatus(other)),
    note,
    tags: own ? keptTags(own) : uniteTags(paper.keywords),
    hasKeywordsAsTags: !own,
    paper: withoutAnnotations(paper, own, format, rest),
  };
}

/** Our CSL-JSON has the publication as it was in `custom`, and the whole note in `note`. */
function noteOf(raw: RawPaper, item: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return typeof item?.note === 'string' ? item.note : raw.publication?.note;
}

/** What an export says of a paper's status is a field of the paper. */
function withoutCitationNotes(note: string | undefined): string {
  return notesIn(note).note ?? '';
}

/** The annotations of an export of ours, and the keywords that the record lists now. */
interface OwnRecord extends OwnAnnotations {
  readonly listed: readonly string[];
  /** Whether the paper was read without its annotations. */
  readonly isWhole: boolean;
}

function ownAnnotations(
  other: Readonly<Record<string, string>>,
  item: Readonly<Record<string, unknown>> | undefined,
  paper: Paper,
): OwnRecord | undefined {
  const json = (item?.custom as Readonly<Record<string, unknown>> | undefined)?.[OWN_FIELD];
  if (typeof json === 'object' && json !== null) {
    const said = { ...NO_ANNOTATIONS, ...annotationsInJson(json as Readonly<Record<string, unknown>>) };
    const listed = typeof item?.keyword === 'string' ? [item.keyword] : [];
    // The keywords of the paper are in `custom`, too, so that every tag may be one.
    return { said, keywords: said.tags, listed, isWhole: true };
  }
  const line = new RegExp(`^${OWN_FIELD}: ?(\\S+)$`, 'm');
  const text =
    other[`bibtex:${OWN_FIELD}`] ??
    line.exec(other['ris:C1'] ?? '')?.[1] ??
    line.exec(other['zotero:extra'] ?? '')?.[1];
  const own = text === undefined ? undefined : readOwnText(text);
  return own && { ...own, listed: paper.keywords, isWhole: false };
}

/**
 * The note of an export, and what else is in the same place.
 * @returns the exact note if it is still there; else all of the text, since it was edited.
 */
function splitNote(found: string, exact: string): { note: string; rest: string } {
  const flat = (text: string) =>
    text
      .split(/\n\s*\n/)
      .map(normalizeLine)
      .filter(Boolean);
  const [all, wanted] = [flat(found), flat(exact)];
  const at = all.length - wanted.length;
  // Without a note, what is there is the publication's own.
  if (wanted.every((paragraph, i) => all[at + i] === paragraph)) {
    return { note: exact, rest: all.slice(0, at).join('\n\n') };
  }
  return { note: found, rest: '' };
}

/** Tags of an export that are still among the keywords: another program may have removed some. */
function keptTags({ said, listed }: OwnRecord): string[] {
  const parts = new Set(listed.flatMap(partsOf));
  return said.tags.filter((tag) => areIn(parts, tag));
}

/** The paper as it was before it was exported with annotations. @param rest of the place where notes are. */
function withoutAnnotations(paper: Paper, own: OwnRecord | undefined, format: string, rest: string): Paper {
  const { publication = {} } = paper;
  const [place, ...others] = NOTE_FIELDS[format] ?? [];
  const left = new Set([...ABOUT_READING, place, ...others, ...(own ? ['zotero:extra'] : [])]);
  const fields = Object.entries(publication.other ?? {}).flatMap(([name, value]): [string, string][] => {
    if (left.has(name)) return [];
    const paragraphs = value.split('\n\n').filter((each) => !each.startsWith(`${OWN_FIELD}:`));
    return paragraphs.length === 0 ? [] : [[name, paragraphs.join('\n\n')]];
  });
  const isNoteOfPublication = NOTE_OF_PUBLICATION.has(format);
  if (!isNoteOfPublication && place !== undefined && rest !== '') fields.push([place, rest]);
  const onlyTags = new Set(own?.said.tags.filter((tag) => !isBoth(tag, own)).flatMap(partsOf));
  const note = own?.isWhole
    ? publication.note
    : isNoteOfPublication
      ? rest
      : own && format === 'zotero-rdf'
        ? noteInExtra(publication)
        : publication.note;
  return {
    ...paper,
    keywords: paper.keywords.filter((keyword) => !areIn(onlyTags, keyword)),
    publication: { ...publication, note, other: Object.fromEntries(fields) },
  };
}

/** An export has the note of a publication in Zotero's field Extra, after what is about reading. */
function noteInExtra({ other }: Publication): string {
  const paragraphs = (other?.['zotero:extra'] ?? '').split('\n\n');
  const own = new RegExp(`^(?:Read status|Rating|${OWN_FIELD}): `);
  return withoutCitationNotes(paragraphs.filter((each) => !own.test(each)).join('\n\n'));
}

function isBoth(tag: string, { keywords }: OwnAnnotations): boolean {
  return keywords.some((keyword) => tagKey(keyword) === tagKey(tag));
}

/** JabRef's fields. */
function readStatus(other: Readonly<Record<string, string>>): Partial<Annotations> {
  const states: Readonly<Record<string, ReadState>> = { read: 'read', skimmed: 'reading' };
  const state = states[other['bibtex:readstatus'] ?? ''];
  const [, rank] = /^rank([1-5])$/.exec(other['bibtex:ranking'] ?? '') ?? [];
  return { ...(state && { state }), ...(rank !== undefined && { rating: Number(rank) }) };
}

/** Whether all parts of a keyword are known. */
function areIn(known: ReadonlySet<string>, keyword: string): boolean {
  const parts = partsOf(keyword);
  return parts.length > 0 && parts.every((part) => known.has(part));
}

/** A keyword as its parts: formats part a list by commas or semicolons. */
function partsOf(keyword: string): string[] {
  return keyword
    .split(/[,;]/)
    .map((part) => tagKey(normalizeLine(part)))
    .filter(Boolean);
}

/** A note with its line breaks and without other control characters. */
function cleanNote(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/(?!\t)\p{Cc}/gu, '')
        .normalize('NFC')
        .trimEnd(),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
