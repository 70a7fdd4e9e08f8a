import { ID_KINDS, ID_NAMES, ID_SHAPES, type IdKind, idsIn } from '../identifiers.ts';
import { paperId } from '../identity.ts';
import type { ExternalIds, Paper, PaperSession, PaperSource } from '../paper.ts';
import { isPlaceholder } from './placeholders.ts';
import type { CorpusDefaults, RawPaper } from './reader.ts';
import type { FieldProblem } from './record.ts';

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
  const paper: Omit<Paper, 'id'> = {
    title: line(raw.title) ?? '',
    abstract: isPlaceholder(abstract) ? '' : abstract,
    authors: onceEach(lines(raw.authors)),
    venue: line(raw.venue) ?? line(defaults.venue),
    year: raw.year ?? defaults.year,
    date: line(raw.date),
    keywords: lines(raw.keywords),
    categories: lines(raw.categories),
    urls: { landing: webUrl(raw.urls?.landing) ?? landingPage(externalIds), pdf: webUrl(raw.urls?.pdf) },
    externalIds,
    session: raw.session && normalizeSession(raw.session),
    source,
  };
  return { id: givenId(raw.id) ?? paperId(paper), ...paper };
}

/** The id that a source gave. Numbers count from 0 in many a table, so 0 is one here. */
function givenId(id: string | undefined): string | undefined {
  const given = normalizeLine(id ?? '');
  return given === '0' ? given : line(given);
}

/**
 * A list of names without its repetition: some sources give "A, B, A, B" for A and B. Of one name given twice, it cannot
 * be told from two people.
 */
function onceEach(names: readonly string[]): readonly string[] {
  const half = names.slice(0, names.length / 2);
  const isRepeated = half.length >= 2 && half.length * 2 === names.length;
  const isListed =
    new Set(half).size === half.length && half.every((name, i) => name === names[half.length + i]);
  return isRepeated && isListed ? half : names;
}

function normalizeSession({ name, hall, start, end }: PaperSession): PaperSession {
  return { name: line(name), hall: line(hall), start: line(start), end: line(end) };
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
