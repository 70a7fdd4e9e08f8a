import { notesIn } from '../citation-note.ts';
import { ID_KINDS, ID_NAMES, ID_SHAPES, type IdKind, idsIn } from '../identifiers.ts';
import { paperId } from '../identity.ts';
import { displayName, nameOfParts, nameOfText, type PersonName } from '../names.ts';
import {
  CONTRIBUTOR_ROLES,
  type ContributorRole,
  type ExternalIds,
  type Paper,
  type PaperSession,
  type PaperSource,
} from '../paper.ts';
import { type Publication, publicationOf } from '../publication.ts';
import { referenceIn, uniteReferences } from '../references.ts';
import { type PaperStatus, statusOfTexts } from '../status.ts';
import { onClockOf } from '../time-zone.ts';
import { venueName } from '../venues.ts';
import { isPlaceholder } from './placeholders.ts';
import type { CorpusDefaults, RawPaper } from './reader.ts';
import type { FieldProblem } from './record.ts';

/** Invisible characters that copying leaves behind: zero-width ones, soft hyphens, controls. */
const INVISIBLE = /[\u200b\u200c\u2060\ufeff\u00ad]|(?![\t-\r\u0085])\p{Cc}/gu;

/**
 * A text in which there is nothing to normalise but blanks: no invisible character, no white space but the blank, no half of a
 * surrogate pair, and nothing that NFC changes, since no character of it combines with another (UAX #15, quick check).
 */
const ORDINARY = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03c9\u2010-\u2027]*$/;

/** One line of text: NFC, invisible characters gone, half a surrogate pair (no text in UTF-8) marked as lost, runs of white space as one blank, trimmed. */
export function normalizeLine(text: string): string {
  if (ORDINARY.test(text)) return (text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text).trim();
  return text
    .replace(INVISIBLE, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .normalize('NFC')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim();
}

/** Paragraphs, each as one line, parted by a blank line. */
export function normalizeParagraphs(text: string): string {
  return text
    .split(/\r?\n[^\S\n]*\r?\n/)
    .map(normalizeLine)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** How a paper is presented is not part of a venue's name: "ICLR 2025 Oral". */
const PRESENTATION = /\s+\(?(?:oral|poster|spotlight)\)?$/i;

/** A line of text; undefined where there is none, or a placeholder for none. */
function line(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const clean = normalizeLine(text);
  return clean === '' || isPlaceholder(clean) ? undefined : clean;
}

/**
 * A reader's paper as the index keeps it: text normalised, placeholders and what is not an identifier left out, gaps
 * filled from the defaults, an id given.
 * @param onDropped receives the reason for each identifier that was left out.
 */
export function normalizePaper(
  raw: RawPaper,
  source: PaperSource,
  defaults: CorpusDefaults,
  onDropped: (problem: FieldProblem) => void = () => {},
): Paper {
  const lines = (texts: readonly string[] = []) => texts.flatMap((text) => line(text) ?? []);
  const externalIds = normalizeIds(raw.externalIds ?? {}, onDropped);
  const abstract = normalizeParagraphs(raw.abstract);
  const people = {
    editors: normalizeNames(raw.editors),
    translators: normalizeNames(raw.translators),
    bookAuthors: normalizeNames(raw.bookAuthors),
  };
  const authors = normalizeNames(raw.authors);
  const role = authors.length > 0 ? undefined : CONTRIBUTOR_ROLES.find((each) => people[each].length > 0);
  const authorNames = role === undefined ? authors : people[role];
  const title = line(raw.title) ?? '';
  // What an export of ours noted about the paper.
  const noted = notesIn(raw.publication?.note);
  const publication = raw.publication && { ...raw.publication, note: noted.note };
  const given = line(raw.venue) ?? noted.venue ?? line(defaults.venue);
  const venue = given && venueName(given, defaults.venues);
  const paper: Omit<Paper, 'id'> = {
    title,
    abstract: isPlaceholder(abstract) ? '' : abstract,
    tldr: line(raw.tldr),
    authors: authorNames.map(displayName),
    authorNames,
    ...contributors(people, role),
    publication: publication && normalizePublication(publication),
    venue,
    venueAsGiven: venue === given ? undefined : given?.replace(PRESENTATION, ''),
    year: raw.year ?? defaults.year,
    date: line(raw.date),
    keywords: lines(raw.keywords),
    categories: lines(raw.categories),
    urls: {
      landing: webUrl(raw.urls?.landing) ?? landingPage(externalIds),
      pdf: webUrl(raw.urls?.pdf),
      code: webUrl(raw.urls?.code),
    },
    externalIds,
    session: raw.session && normalizeSession(raw.session, defaults.timeZone),
    acceptance: raw.acceptance ?? noted.acceptance,
    status: normalizeStatus(raw.status ?? noted.status ?? statusOfTexts(title, abstract)),
    ...works('references', raw.references),
    ...works('citedBy', raw.citedBy),
    source,
  };
  return { id: givenId(raw.id) ?? paperId(paper), ...paper };
}

/** References in one spelling, each once; nothing for an empty list. */
function works(name: 'references' | 'citedBy', given: readonly string[] = []): Partial<Paper> {
  const found = given
    .map(normalizeLine)
    .flatMap((text) => (isPlaceholderWork(text) ? [] : (referenceIn(text) ?? [])));
  return found.length === 0 ? {} : { [name]: uniteReferences([found]) };
}

/** Numbers count from 0 in many a table, so 0 is an id. */
function isPlaceholderWork(text: string): boolean {
  return text !== '0' && isPlaceholder(text);
}

/** The id that a source gave. Numbers count from 0 in many a table, so 0 is one here. */
function givenId(id: string | undefined): string | undefined {
  const given = normalizeLine(id ?? '');
  return given === '0' ? given : line(given);
}

/** Names in parts, without empty ones and repetitions. */
function normalizeNames(names: readonly (string | PersonName)[] = []): readonly PersonName[] {
  return onceEach(names.map(normalizeName).filter((name) => displayName(name) !== ''));
}

function normalizeName(name: string | PersonName): PersonName {
  if (typeof name === 'string') return nameOfText(line(name) ?? '');
  if ('literal' in name) return { literal: normalizeLine(name.literal) };
  // "Na" is a family name, no placeholder.
  const { family, given, particle, droppingParticle, suffix } = name;
  return nameOfParts({
    family: family && normalizeLine(family),
    given: given && normalizeLine(given),
    particle: particle && normalizeLine(particle),
    droppingParticle: droppingParticle && normalizeLine(droppingParticle),
    suffix: suffix && normalizeLine(suffix),
  });
}

function contributors(
  people: Readonly<Record<ContributorRole, readonly PersonName[]>>,
  authorRole: ContributorRole | undefined,
): Partial<Paper> {
  const named = CONTRIBUTOR_ROLES.filter((role) => people[role].length > 0);
  return {
    ...(authorRole === undefined ? {} : { authorRole }),
    ...Object.fromEntries(named.map((role) => [role, people[role]])),
  };
}

function normalizePublication({
  other = {},
  hasMoreAuthors,
  note,
  ...texts
}: Publication): Publication | undefined {
  const lines = Object.entries(texts).map(([name, text]) => [name, line(text)]);
  return publicationOf({
    ...(Object.fromEntries(lines) as Publication),
    note: note === undefined ? undefined : normalizeParagraphs(note),
    hasMoreAuthors,
    other: Object.fromEntries(
      Object.entries(other).map(([name, text]) => [normalizeLine(name), normalizeParagraphs(text)]),
    ),
  });
}

/**
 * A list of names without its repetition: some sources give "A, B, A, B" for A and B. One name given twice
 * is kept: it may be two people of that name.
 */
function onceEach(names: readonly PersonName[]): readonly PersonName[] {
  if (names.length < 4 || names.length % 2 !== 0) return names;
  const half = names.slice(0, names.length / 2);
  const texts = names.map(displayName);
  const isRepeated =
    half.every((_, i) => texts[i] === texts[half.length + i]) &&
    new Set(texts.slice(0, half.length)).size === half.length;
  return isRepeated ? half : names;
}

function normalizeSession({ name, hall, start, end }: PaperSession, zone: string | undefined): PaperSession {
  const time = (text: string | undefined) => {
    const given = line(text);
    return given === undefined || zone === undefined ? given : onClockOf(zone, given);
  };
  return { name: line(name), hall: line(hall), start: time(start), end: time(end) };
}

function normalizeStatus(status: PaperStatus | undefined): PaperStatus | undefined {
  if (!status) return undefined;
  const { kind, reason, date, source, isFromNotice } = status;
  return { kind, reason: line(reason), date: line(date), source: line(source), isFromNotice };
}

/** The identifiers in one spelling each; of several in a field, the first. */
function normalizeIds(raw: ExternalIds, onDropped: (problem: FieldProblem) => void): ExternalIds {
  const ids: { [Kind in IdKind]?: string } = {};
  for (const kind of ID_KINDS) {
    const given = normalizeLine(raw[kind] ?? '');
    if (given === '') continue;
    const [id, ...others] = isPlaceholder(given) ? [] : idsIn(kind, given);
    if (id !== undefined) ids[kind] = id;
    const problem = problemOf(kind, given, others);
    if (id === undefined || others.length > 0) onDropped({ field: kind, reason: problem });
  }
  return ids;
}

function problemOf(kind: IdKind, given: string, others: readonly string[]): string {
  const name = ID_NAMES[kind];
  if (others.length > 0)
    return `The field names several: "${given}". The first was kept, not ${others.join(', ')}.`;
  if (isPlaceholder(given)) return `"${given}" is a placeholder; the field was left out.`;
  const value = given.length > 100 ? `${given.slice(0, 100)}…` : given;
  return `"${value}" is not an identifier of ${name} (such as ${ID_SHAPES[kind]}); the field was left out.`;
}

/** Only http and https links are kept: others (javascript:, data:) have no place in a link to a paper. */
function webUrl(url: string | undefined): string | undefined {
  const clean = line(url);
  return clean && /^https?:\/\/[^\s]+$/i.test(clean) && URL.canParse(clean) ? clean : undefined;
}

/** The page that an identifier leads to. */
function landingPage({ doi, arxiv, openreview, acl }: ExternalIds): string | undefined {
  if (doi) return `https://doi.org/${encodeURI(doi)}`;
  if (arxiv) return `https://arxiv.org/abs/${encodeURI(arxiv)}`;
  if (openreview) return `https://openreview.net/forum?id=${encodeURIComponent(openreview)}`;
  if (acl) return `https://aclanthology.org/${encodeURI(acl)}`;
  return undefined;
}
