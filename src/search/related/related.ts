import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { contentOf } from '../../query/intent.ts';
import { DEFAULT_MODE, type RelatedHit, type RelatedRequest, type RelatedResponse } from '../api.ts';
import type { Corpus } from '../corpus.ts';
import { highlightsOf } from '../highlight.ts';
import { prepareFields } from '../match/fields-used.ts';
import { matchFilters } from '../match/filters.ts';
import { Match } from '../match/match.ts';
import { hiddenSubmissions } from '../match/rejected.ts';
import { pageOf } from '../request.ts';
import { type RelatedPaper, rankBySimilarity, type Seed, seedTerms, seedTexts } from './similarity.ts';

/**
 * Papers related to seeds, which are papers or a text. See `Snapshot.related`.
 * @param request checked. @param among the only papers that are ranked, all of them. Default: every paper.
 */
export async function findRelated(
  request: RelatedRequest,
  corpus: Corpus,
  among?: Match,
): Promise<Omit<RelatedResponse, 'tookMs'>> {
  const { text, mode = DEFAULT_MODE, filters } = request;
  const page = pageOf(request);
  const positive = papersOf(request.positive ?? [], corpus);
  const negative = papersOf(request.negative ?? [], corpus);
  const about = text?.trim() ? text : undefined;
  expectSeeds(positive, negative, about);
  const { indexes, fields, map, linkWeights } = corpus;
  const links = { graph: fields.links, weights: linkWeights };
  await prepareFields(fields, { filters });
  const filtered = filters && matchFilters(filters, { lexical: indexes.lexical, fields, map });
  const allowed = filtered ? filtered.and(among) : among;
  const hidden = hiddenSubmissions(request, undefined, allowed, fields);
  const match = hidden ? (allowed ?? Match.all(fields.size)).without(hidden) : allowed;
  const wanted = positive.map((paper) => seedOf(paper, corpus));
  if (about !== undefined) wanted.push(await textSeed(about, corpus));
  const unwanted = negative.map((paper) => seedOf(paper, corpus));
  const k = page.offset + page.limit;
  const ranked = (limit: number, papers: Match | undefined) =>
    rankBySimilarity(indexes, links, wanted, unwanted, mode, limit, papers, among !== undefined);
  const { hits, total } = await ranked(k, match);
  // How many more hits there would be: ranked like the others, since a keyword ranking has not every paper.
  const left = hidden && (await ranked(0, hidden)).total;
  return {
    seeds: { positive, negative, text: about },
    mode,
    total,
    ...(left && { rejectedHidden: left }),
    ...page,
    hits: hits.slice(page.offset).map((hit, i) => presentHit(hit, page.offset + i + 1, corpus)),
  };
}

function expectSeeds(positive: readonly Paper[], negative: readonly Paper[], text: string | undefined): void {
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

function presentHit({ doc, score, nearest }: RelatedPaper, rank: number, { paperAt }: Corpus): RelatedHit {
  const paper = paperAt(doc);
  return {
    rank,
    score,
    paper,
    highlights: highlightsOf(paper, new Set(nearest.sharedTerms.map(({ term }) => term))),
    nearest: { ...nearest, sharedTerms: nearest.sharedTerms.map(({ text }) => text) },
  };
}

/** Each different paper once. */
function papersOf(ids: readonly string[], { docOf, paperAt }: Corpus): Paper[] {
  return [...new Set(ids.map(docOf))].map(paperAt);
}

function seedOf(paper: Paper, { docOf, indexes }: Corpus): Seed {
  const doc = docOf(paper.id);
  const texts = seedTexts(paper);
  return {
    id: paper.id,
    doc,
    text: texts.join('\n'),
    terms: seedTerms(texts, indexes),
    vector: indexes.vectorAt(doc).slice(),
  };
}

async function textSeed(text: string, { indexes, encode }: Corpus): Promise<Seed> {
  const content = contentOf(text);
  return {
    id: undefined,
    doc: undefined,
    text: content,
    terms: seedTerms([content], indexes),
    vector: await encode(content),
  };
}
