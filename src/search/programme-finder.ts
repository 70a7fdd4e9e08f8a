import { foldValue } from '../text/fold-value.ts';
import { count } from '../util/mask.ts';
import { AnswerRanker } from './answer-ranker.ts';
import { DEFAULT_FUSION, FUSIONS } from './fuse/methods.ts';
import { matchBoth } from './match/filters.ts';
import type { Match } from './match/match-condition.ts';
import type { SearchMode } from './mode.ts';
import type { OpenCorpus } from './open-corpus.ts';
import { understand } from './question.ts';
import type { LazySchedule } from './schedule/lazy-schedule.ts';
import type { Schedule, ScheduledPaper } from './schedule/schedule.ts';
import { DEFAULT_MODE, type ProgrammeRequest, type ProgrammeResponse } from './searcher.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const DEFAULT_LIMIT = 1000;

/** The relevant papers among some, by their positions. */
interface Relevant {
  readonly verdict: Verdict;
  /** 1-based place of each relevant paper, by its position in the index. */
  readonly ranks: ReadonlyMap<number, number>;
}

/** Finds the papers of one corpus that are presented somewhere. */
export class ProgrammeFinder {
  readonly #corpus: OpenCorpus;
  readonly #schedule: LazySchedule;
  readonly #ranker: AnswerRanker;

  constructor(corpus: OpenCorpus, schedule: LazySchedule) {
    this.#corpus = corpus;
    this.#schedule = schedule;
    this.#ranker = new AnswerRanker(corpus.indexes, corpus.attributes, corpus.sentences);
  }

  /** See `Searcher.programme`; a response whose time has not been taken. */
  async find(request: ProgrammeRequest): Promise<Omit<ProgrammeResponse, 'tookMs'>> {
    const { mode = DEFAULT_MODE, limit = DEFAULT_LIMIT } = request;
    const query = request.query?.trim() || undefined;
    const schedule = await this.#schedule.get();
    const fitting = fittingPapers(schedule, request);
    const relevant = query === undefined ? undefined : await this.#relevant(query, mode, fitting);
    const ranks = relevant?.ranks;
    const shown = ranks
      ? fitting.filter(({ doc }) => (ranks.get(doc) ?? Number.POSITIVE_INFINITY) <= limit)
      : fitting.slice(0, limit);
    const { papers, days, halls, withoutTime } = schedule;
    return {
      query,
      mode,
      verdict: relevant?.verdict,
      total: ranks?.size ?? fitting.length,
      hits: shown.map(({ doc }) => ({ paper: this.#corpus.paperAt(doc), rank: ranks?.get(doc) })),
      programme: { papers: papers.length, withoutTime, days, halls },
    };
  }

  async #relevant(query: string, mode: SearchMode, papers: readonly ScheduledPaper[]): Promise<Relevant> {
    const { indexes, attributes, paperAt, encode, fusionWeights } = this.#corpus;
    if (papers.length === 0) return { verdict: verdictOf(mode, 0), ranks: new Map() };
    const question = understand({ query }, { lexical: indexes.lexical, attributes, paperAt });
    const scheduled = matchOf(
      papers.map(({ doc }) => doc),
      attributes.size,
    );
    const allowed = question.allowed ? matchBoth(question.allowed, scheduled) : scheduled;
    const mask = await this.#ranker.relevant({ ...question, allowed }, { mode, encode });
    const relevant: Match = { mask, count: count(mask), notices: [] };
    const { hits, evidence } = await this.#ranker.rank(
      // Without a relevant paper, the verdict is read from the one that comes nearest.
      { ...question, allowed: relevant.count > 0 ? relevant : allowed },
      {
        mode,
        fusion: FUSIONS[DEFAULT_FUSION](fusionWeights),
        sort: 'relevance',
        rerank: 0,
        page: { offset: 0, limit: relevant.count },
        encode,
        paperAt,
      },
    );
    return {
      verdict: verdictOf(mode, evidence),
      ranks: new Map(hits.map(({ doc, rank }) => [doc, rank])),
    };
  }
}

function fittingPapers(
  { papers }: Schedule,
  { day, hall = [] }: ProgrammeRequest,
): readonly ScheduledPaper[] {
  const halls = new Set(hall.map(foldValue));
  return papers.filter(
    ({ slot }) =>
      (day === undefined || slot.start?.day === day) &&
      (halls.size === 0 || (slot.hall !== undefined && halls.has(foldValue(slot.hall)))),
  );
}

function matchOf(docs: readonly number[], size: number): Match {
  const mask = new Uint8Array(size);
  for (const doc of docs) mask[doc] = 1;
  return { mask, count: docs.length, notices: [] };
}
