import { notesIn } from '../citation-note.ts';
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
import { type PaperStatus, statusOfTexts } from '../status.ts';
import { venueName } from '../venues.ts';
import type { CorpusDefaults, RawPaper } from './reader.ts';

/** Characters that copying leaves behind and nobody sees: zero-width ones, soft hyphens, controls. */
const INVISIBLE = /[\u200b\u200c\u2060\ufeff\u00ad]|(?![\t-\r\u0085])\p{Cc}/gu;

/** One line of text: NFC, invisible characters gone, half a surrogate pair (no text in UTF-8) marked as lost, runs of white space as one blank, trimmed. */
export function normalizeLine(text: string): string {
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

function line(text: string | undefined): string | undefined {
  return text === undefined ? undefined : normalizeLine(text) || undefined;
}

/** A reader's paper as the index keeps it: text normalised, gaps filled from the defaults, an id given. */
export function normalizePaper(raw: RawPaper, source: PaperSource, defaults: CorpusDefaults): Paper {
  const lines = (texts: readonly string[] = []) => texts.map(normalizeLine).filter((text) => text !== '');
  const externalIds = normalizeIds(raw.externalIds ?? {});
  const people = {
    editors: normalizeNames(raw.editors),
    translators: normalizeNames(raw.translators),
    bookAuthors: normalizeNames(raw.bookAuthors),
  };
  const authors = normalizeNames(raw.authors);
  const role = authors.length > 0 ? undefined : CONTRIBUTOR_ROLES.find((each) => people[each].length > 0);
  const authorNames = role === undefined ? authors : people[role];
  const title = normalizeLine(raw.title);
  const abstract = normalizeParagraphs(raw.abstract);
  // What an export of ours noted about the paper.
  const noted = notesIn(raw.publication?.note);
  const publication = raw.publication && { ...raw.publication, note: noted.note };
  const given = line(raw.venue) ?? noted.venue ?? line(defaults.venue);
  const venue = given && venueName(given, defaults.venues);
  const paper: Omit<Paper, 'id'> = {
    title,
    abstract,
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
    urls: { landing: webUrl(raw.urls?.landing) ?? landingPage(externalIds), pdf: webUrl(raw.urls?.pdf) },
    externalIds,
    session: raw.session && normalizeSession(raw.session),
    acceptance: raw.acceptance ?? noted.acceptance,
    status: normalizeStatus(raw.status ?? noted.status ?? statusOfTexts(title, abstract)),
    source,
  };
  return { id: line(raw.id) ?? paperId(paper), ...paper };
}

/** Names in parts, without empty ones and repetitions. */
function normalizeNames(names: readonly (string | PersonName)[] = []): readonly PersonName[] {
  return onceEach(names.map(normalizeName).filter((name) => displayName(name) !== ''));
}

function normalizeName(name: string | PersonName): PersonName {
  if (typeof name === 'string') return nameOfText(normalizeLine(name));
  if ('literal' in name) return { literal: normalizeLine(name.literal) };
  return nameOfParts(
    Object.fromEntries(
      Object.entries(name).map(([part, text]: [string, string | undefined]) => [part, line(text)]),
    ),
  );
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
 * A list of names without its repetition: some sources give "A, B, A, B" for A and B. Of one name given twice, it cannot
 * be told from two people.
 */
function onceEach(names: readonly PersonName[]): readonly PersonName[] {
  const half = names.slice(0, names.length / 2);
  const isRepeated = half.length >= 2 && half.length * 2 === names.length;
  const texts = names.map(displayName);
  const isListed =
    new Set(texts.slice(0, half.length)).size === half.length &&
    half.every((_, i) => texts[i] === texts[half.length + i]);
  return isRepeated && isListed ? half : names;
}

function normalizeSession({ name, hall, start, end }: PaperSession): PaperSession {
  return { name: line(name), hall: line(hall), start: line(start), end: line(end) };
}

function normalizeStatus(status: PaperStatus | undefined): PaperStatus | undefined {
  if (!status) return undefined;
  const { kind, reason, date, source, isFromNotice } = status;
  return { kind, reason: line(reason), date: line(date), source: line(source), isFromNotice };
}

function normalizeIds(ids: ExternalIds): ExternalIds {
  const without = (prefix: RegExp, id: string | undefined) => line(id)?.replace(prefix, '') || undefined;
  return {
    doi: without(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)\s*/i, ids.doi)?.toLowerCase(),
    arxiv: without(/^(?:https?:\/\/arxiv\.org\/(?:abs|pdf)\/|arxiv:)\s*/i, ids.arxiv)?.replace(/\.pdf$/i, ''),
    openreview: without(/^https?:\/\/openreview\.net\/forum\?id=/i, ids.openreview),
    acl: without(/^(?:https?:\/\/(?:www\.)?aclanthology\.org\/|acl:)/i, ids.acl)?.replace(/\/$/, ''),
    s2: line(ids.s2),
  };
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
