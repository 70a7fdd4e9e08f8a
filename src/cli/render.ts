import pc from 'picocolors';
import type { IngestReport } from '../ingest/report.ts';
import { ACCEPTANCE_LABELS, isUnpublished, submissionNote } from '../papers/acceptance.ts';
import type { Paper } from '../papers/paper.ts';
import { placeText } from '../papers/read/place.ts';
import { STATUS_LABELS, statusText } from '../papers/status.ts';
import type { Hit, IndexStats } from '../search/api.ts';
import { encodedText } from '../search/encoded.ts';
import type { Highlight } from '../search/highlight.ts';
import { plainHit } from '../search/plain-hit.ts';
import { plainUnicode } from '../text/markup/plain-form.ts';
import type { Span } from '../text/span.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { linked } from './terminal-link.ts';

const SNIPPET_LENGTH = 240;
/** Characters before the first matched word. */
const SNIPPET_LEAD = 60;
const MAX_AUTHORS = 4;
/** Indentation of all lines of a hit after the first. */
export const INDENT = '    ';

/** How much of a hit is shown. */
export interface HitOptions {
  /**
   * Whether to show the whole abstract instead of the best passage, and with it the short summary and the link to the
   * code. Default false.
   */
  readonly whole?: boolean | undefined;
}

/** One hit in a few lines: title, authors and venue, the best passage or the whole abstract, the id. */
export function renderHit(hit: Hit, { whole = false }: HitOptions = {}): string {
  const { rank, score, paper, highlights } = plainHit(hit);
  const title = mark(paper.title || '(no title)', highlightsIn(highlights, 'title'), (text) =>
    pc.cyan(pc.bold(text)),
  );
  const text = whole ? wholeAbstract : snippet;
  // Papers that are not sorted by relevance have no score.
  const shownScore = score === 0 ? [] : [`(score ${score.toFixed(4)})`];
  const landing = paper.urls.landing ? [linked(paper.urls.landing, paper.urls.landing)] : [];
  return [
    `${String(rank).padStart(2)}. ${statusMark(paper)}${linked(title, paper.urls.landing ?? paper.urls.pdf)}`,
    `${INDENT}${pc.dim(bylineOf(paper))}`,
    ...(paper.status ? [`${INDENT}${pc.red(statusText(paper.status))}`] : []),
    ...(whole && paper.tldr !== undefined ? [`${INDENT}Short summary: ${plainUnicode(paper.tldr)}`] : []),
    ...(paper.abstract ? [`${INDENT}${text(paper, highlights)}`] : [`${INDENT}${pc.dim('(no abstract)')}`]),
    ...(whole && paper.urls.code !== undefined
      ? [`${INDENT}Code: ${linked(paper.urls.code, paper.urls.code)}`]
      : []),
    `${INDENT}${pc.dim([paper.id, ...shownScore, ...landing].join('  '))}`,
  ].join('\n');
}

/**
 * The hits of one page, below a line with their range and the time taken.
 * @param label describes the query. @param render prints one hit.
 */
export function renderHits<H extends Hit>(
  hits: readonly H[],
  total: number,
  label: string,
  tookMs: number,
  render: (hit: H) => string = (hit) => renderHit(hit),
): string {
  if (hits.length === 0)
    return total === 0
      ? 'No papers match.'
      : `There are no hits at this offset: the ranking has ${total} papers.`;
  const range = `${hits[0]!.rank}–${hits.at(-1)!.rank} of ${total}`;
  return [pc.dim(`${label}: ${range}, ${tookMs.toFixed(0)} ms`), ...hits.map(render)].join('\n\n');
}

/** "[RETRACTED] " before the title of a paper that is not as it was published. */
export function statusMark({ status }: Paper): string {
  return status ? `${pc.red(pc.bold(`[${STATUS_LABELS[status.kind].toUpperCase()}]`))} ` : '';
}

/** Authors, venue, year and session, as far as they are known; a venue that did not publish the paper as the one it was submitted to. */
export function bylineOf({ authors, venue, year, session, acceptance }: Paper): string {
  const names = authors.slice(0, MAX_AUTHORS).join(', ') + (authors.length > MAX_AUTHORS ? ', …' : '');
  const published = [venue, year].filter((part) => part !== undefined).join(' ');
  const where =
    acceptance !== undefined && isUnpublished(acceptance)
      ? `${submissionNote(venue, year)} (${ACCEPTANCE_LABELS[acceptance].toLowerCase()})`
      : published;
  const slot = [session?.name, session?.hall, session?.start?.slice(0, 16).replace('T', ' ')];
  return [names, where, slot.filter(Boolean).join(', ')].filter((part) => part !== '').join(' · ');
}

function wholeAbstract({ abstract }: Paper, highlights: readonly Highlight[]): string {
  return mark(abstract, highlightsIn(highlights, 'abstract'), pc.bold).replaceAll('\n\n', `\n\n${INDENT}`);
}

/** The passage of the abstract with the most distinct matched words. */
function snippet({ abstract }: Paper, highlights: readonly Highlight[]): string {
  const matched = highlights.filter(({ field }) => field === 'abstract');
  const wordsFrom = (start: number) => {
    const within = matched.filter(
      (span) => span.start >= start && span.end <= start + SNIPPET_LENGTH - SNIPPET_LEAD,
    );
    return new Set(within.map(({ text }) => text.toLowerCase())).size;
  };
  const starts = matched.map(({ start }) => start);
  const first = starts.reduce(
    (best, start) => (wordsFrom(start) > wordsFrom(best) ? start : best),
    starts[0] ?? 0,
  );
  const start = first <= SNIPPET_LEAD ? 0 : abstract.lastIndexOf(' ', first - SNIPPET_LEAD) + 1;
  const cut = abstract.indexOf(' ', start + SNIPPET_LENGTH);
  const end = cut === -1 ? abstract.length : cut;
  const spans = matched
    .filter((span) => span.start >= start && span.end <= end)
    .map((span) => ({ start: span.start - start, end: span.end - start }));
  const text = mark(abstract.slice(start, end), spans, pc.bold).replaceAll('\n\n', ' ');
  return `${start > 0 ? '… ' : ''}${text}${end < abstract.length ? ' …' : ''}`;
}

function highlightsIn(highlights: readonly Highlight[], field: Highlight['field']): readonly Span[] {
  return highlights.filter((highlight) => highlight.field === field);
}

function mark(text: string, spans: readonly Span[], paint: (text: string) => string): string {
  let marked = '';
  let position = 0;
  for (const { start, end } of spans) {
    marked += text.slice(position, start) + paint(text.slice(start, end));
    position = end;
  }
  return marked + text.slice(position);
}

/** What an index contains, one line per fact. */
export function renderStats(stats: IndexStats): string {
  return [
    `papers       ${stats.papers} (${stats.withoutAbstract} without abstract)`,
    ...(stats.encoded ? [`encoded      ${encodedText(stats.encoded)}`] : []),
    ...citationsOf(stats),
    `snapshot     ${stats.snapshot}, built ${stats.createdAt}, ${(stats.bytes / 1e6).toFixed(1)} MB`,
    `model        ${stats.model.name}, ${stats.model.dimension} dimensions, ${stats.model.digest.slice(0, 12)}`,
    `keyword      ${stats.lexicalEngine}`,
    `weights      ${weightsOf(stats)}`,
    `format       ${stats.formatVersion}`,
    `corpus       ${stats.corpusDigest.slice(0, 12)}`,
  ].join('\n');
}

function citationsOf({ citations: { citing, references, resolved, unresolved } }: IndexStats): string[] {
  if (references === 0) return [];
  const links = `${references} references of ${citing} papers: ${resolved} to papers of the index, ${unresolved} to other works`;
  return [`citations    ${links}`];
}

function weightsOf({ tuning }: IndexStats): string {
  if (!tuning) return 'default';
  const { papers, figures, lexicalShare } = tuning;
  const { check } = figures;
  return `tuned on ${papers} papers: MRR@10 ${check.default.toFixed(3)} to ${check.tuned.toFixed(3)} on ${check.queries} held-out queries; keyword share ${lexicalShare}`;
}

const MAX_NOTICES = 10;

/** What an ingest did, with the first problems. */
export function renderReport(given: IngestReport, { isCorpus = false, isPublished = true } = {}): string {
  const report = visibleTexts(given);
  const { index, read, added, updated, unchanged, duplicate, removed, papers, tookMs } = report;
  const fates = Object.entries({ added, updated, unchanged, duplicate, removed })
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => `${count} ${fate}`);
  const several = report.ofSeveralSources > 0 ? `, ${report.ofSeveralSources} of several sources` : '';
  return [
    `Read ${read} papers in ${(tookMs / 1000).toFixed(1)} s: ${fates.join(', ') || 'none'}.`,
    ...(isPublished
      ? [
          `The ${isCorpus ? 'corpus' : 'index'} "${index}" holds ${papers} papers, ${report.withoutAbstract} of them without abstract${several}.`,
        ]
      : []),
    ...(report.marked > 0
      ? [`${report.marked} records are of papers that were retracted, withdrawn or corrected.`]
      : []),
    ...renderLinks(report),
    ...renderReading(report),
  ].join('\n');
}

const MAX_MISSING = 3;

/** The references of all papers; nothing where no paper names the works that it cites. */
function renderLinks({ links }: IngestReport): string[] {
  if (!links || links.references === 0) return [];
  const { citing, references, resolved, missing } = links;
  const shown = missing
    .slice(0, MAX_MISSING)
    .map(({ reference, papers }) => `${reference} (${papers} ${papers === 1 ? 'paper' : 'papers'})`);
  const most = shown.length > 0 ? ` Most cited of the works that it lacks: ${shown.join(', ')}.` : '';
  return [
    `${citing} papers name ${references} references, ${resolved} of them to papers of the index.${most}`,
  ];
}

const MAX_UNREAD_NAMES = 12;

/** "  a.json: 2 members are not read: rating, confidence". */
function unreadText({ file, what, names }: IngestReport['unread'][number]): string {
  const shown = names.slice(0, MAX_UNREAD_NAMES).map(({ name }) => name);
  const more = names.length > shown.length ? ', …' : '';
  const isOne = names.length === 1;
  return `  ${file}: ${names.length} ${isOne ? what.slice(0, -1) : what} ${isOne ? 'is' : 'are'} not read: ${shown.join(', ')}${more}`;
}

/** The first problems in the input, one per line. */
export function renderReading(
  reading: Pick<IngestReport, 'rejected' | 'warnings' | 'skipped' | 'unread'>,
): string[] {
  const { rejected, warnings, skipped, unread } = visibleTexts(reading);
  const place = (notice: IngestReport['rejected'][number]) => `  ${placeText(notice)}: ${notice.reason}`;
  const list = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return [];
    const more = `  … and ${lines.length - MAX_NOTICES} more (all with --json or --report)`;
    return [
      `${title}: ${lines.length}`,
      ...lines.slice(0, MAX_NOTICES),
      ...(lines.length > MAX_NOTICES ? [more] : []),
    ];
  };
  return [
    ...list('Rejected', rejected.map(place)),
    ...list('Warnings', warnings.map(place)),
    ...list(
      'Skipped files',
      skipped.map(({ file, reason }) => `  ${file}: ${reason}`),
    ),
    ...list('Not read', unread.map(unreadText)),
  ];
}
