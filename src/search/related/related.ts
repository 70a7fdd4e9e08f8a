import { PaperSearchError } from '../../errors.ts';
import { topDocuments } from '../../indexes/top-documents.ts';
import type { Paper } from '../../papers/paper.ts';
import { contentOf } from '../../query/intent.ts';
import { keep } from '../../util/mask.ts';
import { DEFAULT_MODE, type RelatedHit, type RelatedRequest, type RelatedResponse } from '../api.ts';
import type { Confidence } from '../confidence.ts';
import type { Corpus } from '../corpus.ts';
import { countFacets } from '../facets.ts';
import { highlightsOf } from '../highlight.ts';
import { prepareFields } from '../match/fields-used.ts';
import { matchFilters } from '../match/filters.ts';
import { Match } from '../match/match.ts';
import { hiddenSubmissions } from '../match/rejected.ts';
import { offsetAfter } from '../offset-after.ts';
import { pageOf } from '../request.ts';
import { knowledgeOf, type LinkKnowledge } from './link-similarity.ts';
import { relevanceLevels, relevanceOf } from './relevance.ts';
import {
  type RelatedPaper,
  type Seed,
  type SeedSimilarity,
  seedTerms,
  seedTexts,
  similarityToSeeds,
} from './similarity.ts';

/** The similarity of papers to the seeds of a request. */
export interface RelatedScores extends SeedSimilarity {
  readonly positive: readonly Paper[];
  readonly negative: readonly Paper[];
  /** Undefined for a blank one. */
  readonly text: string | undefined;
  /** How relevant a paper is, by its position. */
  confidence(doc: number): Confidence;
  /** The papers that may be in the answer; undefined for every paper. */
  readonly match: Match | undefined;
  /** The rejected submissions that are hidden; undefined if there are none. */
  readonly hidden: Match | undefined;
}

/** What is known already where the corpus is only a part of a larger one: its fields are not read. */
export interface KnownParts {
  /** The papers of the corpus that pass the filters. Default: all. */
  readonly filtered?: Match | undefined;
  /** The rejected submissions of the corpus that are hidden. Default: none. */
  readonly hidden?: Match | undefined;
  /** Links of the seeds. Default: those of the corpus. */
  readonly links?: LinkKnowledge | undefined;
  /** Papers whose average is that of all. Default: all. */
  readonly sample?: readonly number[] | undefined;
}

/**
 * Scores papers by their similarity to the seeds of a request, without choosing a page.
 * @param request checked. @param among as for `findRelated`.
 */
export async function scoreRelated(
  request: Pick<RelatedRequest, 'positive' | 'negative' | 'text' | 'mode' | 'filters' | 'rejected'>,
  corpus: Corpus,
  among?: Match,
  known?: KnownParts,
): Promise<RelatedScores> {
  const { mode = DEFAULT_MODE, filters } = request;
  const positive = papersOf(request.positive ?? [], corpus);
  const negative = papersOf(request.negative ?? [], corpus);
  const text = request.text?.trim() ? request.text : undefined;
  expectSeeds(positive, negative, text);
  const { indexes, fields, map, linkWeights } = corpus;
  if (!known) await prepareFields(fields, { filters });
  const filtered = known
    ? known.filtered
    : filters && matchFilters(filters, { lexical: indexes.lexical, fields, map });
  const allowed = filtered ? filtered.and(among) : among;
  const hidden = known ? known.hidden : hiddenSubmissions(request, undefined, allowed, fields);
  const match = hidden ? (allowed ?? Match.all(fields.size)).without(hidden) : allowed;
  const wanted = positive.map((paper) => seedOf(paper, corpus));
  if (text !== undefined) wanted.push(await textSeed(text, corpus));
  const unwanted = negative.map((paper) => seedOf(paper, corpus));
  const knowledge = known?.links ?? knowledgeOf(fields.links, indexes.vectorAt);
  const links = { knowledge, weights: linkWeights };
  const similarity = await similarityToSeeds(indexes, links, wanted, unwanted, mode, among !== undefined);
  const levels = relevanceLevels(wanted, mode, indexes);
  return {
    ...similarity,
    positive,
    negative,
    text,
    confidence: relevanceOf(similarity, levels, known?.sample),
    match,
    hidden,
  };
}

/**
 * Papers related to seeds, which are papers or a text. See `Snapshot.related`.
 * @param request checked. @param among the only papers that are ranked, all of them. Default: every paper.
 */
export async function findRelated(
  request: RelatedRequest,
  corpus: Corpus,
  among?: Match,
): Promise<Omit<RelatedResponse, 'tookMs'>> {
  const { mode = DEFAULT_MODE, sort = 'relevance', facets = [] } = request;
  const { fields } = corpus;
  await prepareFields(fields, { facets, sort });
  const related = await scoreRelated(request, corpus, among);
  const { scores, confidence, match, hidden } = related;
  // Seeds and papers that are not in the ranking score -Infinity.
  const isRanked = (doc: number) => scores[doc]! > Number.NEGATIVE_INFINITY;
  const isRelevant = (doc: number) => isRanked(doc) && confidence(doc).level !== 'none';
  const ranked = papersThat(isRanked, match, fields.size);
  const relevant = papersThat(isRelevant, match, fields.size);
  const ordered = sort === 'relevance' ? ranked : relevant;
  const asked = pageOf(request);
  const page = request.after ? { ...asked, offset: offsetAfter(request.after, relevant, corpus) } : asked;
  const docs =
    sort === 'relevance'
      ? bestOf(scores, ranked, page.offset + page.limit).slice(page.offset)
      : fields.order(sort, relevant.mask, page.offset, page.limit);
  const left = hidden && papersThat(sort === 'relevance' ? isRanked : isRelevant, hidden, fields.size).count;
  const [best] = bestOf(scores, ranked, 1);
  return {
    seeds: { positive: related.positive, negative: related.negative, text: related.text },
    mode,
    confidence: best === undefined ? { level: 'none', score: 0 } : confidence(best),
    total: ordered.count,
    relevant: relevant.count,
    ...(left && { rejectedHidden: left }),
    ...(corpus.encoded && { encoded: corpus.encoded }),
    ...page,
    ...(facets.length > 0 && { facets: countFacets(facets, relevant, corpus) }),
    hits: docs.map((doc, i) =>
      presentHit(related.present(doc), page.offset + i + 1, confidence(doc), corpus),
    ),
  };
}

/** The papers that have a property. @param match the only ones that are asked. Default: every paper. */
export function papersThat(has: (doc: number) => boolean, match: Match | undefined, size: number): Match {
  const mask = match?.mask.slice() ?? new Uint8Array(size).fill(1);
  keep(mask, has);
  return new Match(mask);
}

/** The positions of the k papers of a match that score highest, best first. */
export function bestOf(scores: Float64Array, { mask, count }: Match, k: number): number[] {
  const own = scores.map((score, doc) => (mask[doc] === 1 ? score : Number.NEGATIVE_INFINITY));
  return topDocuments(own, Math.min(k, count)).map(({ doc }) => doc);
}

/** @throws PaperSearchError BAD_REQUEST without a positive seed, and for a paper that is both. */
export function expectSeeds(
  positive: readonly Paper[],
  negative: readonly Paper[],
  text: string | undefined,
): void {
  if (positive.length === 0 && text === undefined) {
    throw new PaperSearchError('BAD_REQUEST', 'Give a paper or a text to find related papers of.');
  }
  const both = positive.find(({ id }) => negative.some((paper) => paper.id === id));
  if (both) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `"${both.id}" is in both positive and negative: remove it from one of them.`,
    );
  }
}

/** A related paper as callers get it. */
export function presentHit(
  { doc, score, nearest }: RelatedPaper,
  rank: number,
  confidence: Confidence,
  { paperAt }: Pick<Corpus, 'paperAt'>,
): RelatedHit {
  const paper = paperAt(doc);
  return {
    rank,
    score,
    confidence,
    paper,
    highlights: highlightsOf(paper, new Set(nearest.sharedTerms.map(({ term }) => term))),
    nearest: { ...nearest, sharedTerms: nearest.sharedTerms.map(({ text }) => text) },
  };
}

/** Each different paper once. */
function papersOf(ids: readonly string[], { docOf, paperAt }: Corpus): Paper[] {
  return [...new Set(ids.map(docOf))].map(paperAt);
}

export function seedOf(paper: Paper, { docOf, indexes }: Corpus): Seed {
  const doc = docOf(paper.id);
  const texts = seedTexts(paper);
  return {
    id: paper.id,
    doc,
    text: texts.join('\n'),
    terms: seedTerms(texts, indexes.lexical),
    vector: indexes.vectorAt(doc).slice(),
  };
}

async function textSeed(text: string, { indexes, encode }: Corpus): Promise<Seed> {
  const content = contentOf(text);
  return {
    id: undefined,
    doc: undefined,
    text: content,
    terms: seedTerms([content], indexes.lexical),
    vector: await encode(content),
  };
}
