import { foldValue } from '../text/fold-value.ts';
import { DEFAULT_MODE, type ScheduleHit, type ScheduleRequest, type ScheduleResponse } from './api.ts';
import { type Confidence, confidenceOf } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import { deprecatedNames } from './deprecated-names.ts';
import { type EncodedQuery, encode } from './encode.ts';
import { addFeedback } from './feedback.ts';
import type { LazyReading } from './lazy-reading.ts';
import { prepareFields } from './match/fields-used.ts';
import { Match } from './match/match.ts';
import { matchQuery } from './match/match-query.ts';
import { needsTitles } from './match/stop-words.ts';
import type { SearchMode } from './mode.ts';
import { order, orderOptions } from './order.ts';
import { relevantPapers } from './relevant.ts';
import type { Schedule, ScheduledPaper } from './schedule/schedule.ts';
import { knowledgeOf, understand } from './understand.ts';

const DEFAULT_LIMIT = 1000;

/** The relevant papers among those of a schedule. */
export interface Relevant {
  readonly confidence: Confidence;
  /** The 1-based rank of each relevant paper, by its position in the index. */
  readonly ranks: ReadonlyMap<number, number>;
}

/**
 * The papers of a schedule, by time; with a query, its relevant papers. See `Snapshot.schedule`.
 * @param request checked.
 */
export async function searchSchedule(
  request: ScheduleRequest,
  lazySchedule: LazyReading<Schedule>,
  corpus: Corpus,
): Promise<Omit<ScheduleResponse, 'tookMs'>> {
  const { mode = DEFAULT_MODE } = request;
  const query = request.query?.trim() || undefined;
  const schedule = await lazySchedule.get();
  const fitting = fittingPapers(schedule, request);
  const relevant = query === undefined ? undefined : await relevantAmong(fitting, query, mode, corpus);
  const shown = shownOf(fitting, relevant, request);
  return presentSchedule(
    request,
    schedule,
    relevant,
    fitting.length,
    shown.map(({ doc }) => ({ paper: corpus.paperAt(doc), rank: relevant?.ranks.get(doc) })),
  );
}

/** The papers of a schedule that an answer shows. @param relevant undefined without a query. */
export function shownOf(
  fitting: readonly ScheduledPaper[],
  relevant: Pick<Relevant, 'ranks'> | undefined,
  { limit = DEFAULT_LIMIT }: ScheduleRequest,
): readonly ScheduledPaper[] {
  if (!relevant) return fitting.slice(0, limit);
  return fitting.filter(({ doc }) => (relevant.ranks.get(doc) ?? Number.POSITIVE_INFINITY) <= limit);
}

/** A schedule as callers get it. @param fitting how many papers fit the request, whatever its query. */
export function presentSchedule(
  { query: asked, mode = DEFAULT_MODE }: ScheduleRequest,
  { papers, days, halls, withoutTime }: Schedule,
  relevant: Relevant | undefined,
  fitting: number,
  hits: readonly ScheduleHit[],
): Omit<ScheduleResponse, 'tookMs'> {
  return {
    query: asked?.trim() || undefined,
    mode,
    ...(relevant && {
      confidence: relevant.confidence,
      verdict: deprecatedNames(relevant.confidence).verdict,
    }),
    total: relevant?.ranks.size ?? fitting,
    hits,
    schedule: { papers: papers.length, withoutTime, days, halls },
  };
}

/** Runs the stages of a search over some papers only. */
async function relevantAmong(
  papers: readonly ScheduledPaper[],
  query: string,
  mode: SearchMode,
  corpus: Corpus,
): Promise<Relevant> {
  if (papers.length === 0) return { confidence: confidenceOf(mode, 0), ranks: new Map() };
  const scheduled = Match.of(
    papers.map(({ doc }) => doc),
    corpus.fields.size,
  );
  await prepareFields(corpus.fields, { query });
  const parsed = await understand({ query, mode }, knowledgeOf(corpus));
  const titles = needsTitles(parsed.query.condition, corpus.indexes.lexical.languages)
    ? await corpus.titles.get()
    : undefined;
  const matched = matchQuery(parsed, {}, corpus, undefined, titles);
  const encoded = await encode({ ...matched, match: scheduled.and(matched.match) }, mode, corpus);
  return relevantIn(encoded, corpus);
}

/** The relevant papers of the match of a query, and their ranks. */
export async function relevantIn(encoded: EncodedQuery, corpus: Corpus): Promise<Relevant> {
  const { mode } = encoded;
  const relevant = relevantPapers(encoded, corpus);
  const options = await orderOptions({ limit: relevant.count }, corpus);
  // Without a relevant paper, the confidence is that of the nearest one.
  const among = relevant.count > 0 ? { ...encoded, match: relevant } : encoded;
  const { hits, confidence } = await order(addFeedback(among, options.fusion, corpus), options, corpus);
  return {
    confidence: confidenceOf(mode, confidence),
    ranks: new Map(hits.map(({ doc, rank }) => [doc, rank])),
  };
}

/** The papers of a schedule that a request asks for, whatever its query. */
export function fittingPapers(
  { papers }: Schedule,
  { day, hall = [] }: ScheduleRequest,
): readonly ScheduledPaper[] {
  const halls = new Set(hall.map(foldValue));
  return papers.filter(
    ({ slot }) =>
      (day === undefined || slot.start?.day === day) &&
      (halls.size === 0 || (slot.hall !== undefined && halls.has(foldValue(slot.hall)))),
  );
}
