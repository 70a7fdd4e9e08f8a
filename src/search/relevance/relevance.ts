import { DEFAULT_MODE, type RelatedRequest } from '../api.ts';
import { type Confidence, confidenceOf, MATCHED, NAMED, weakest } from '../confidence.ts';
import type { Corpus } from '../corpus.ts';
import { type EncodedQuery, encode } from '../encode.ts';
import { prepareFields } from '../match/fields-used.ts';
import { Match } from '../match/match.ts';
import { matchQuery } from '../match/match-query.ts';
import { needsTitles } from '../match/stop-words.ts';
import type { SearchMode } from '../mode.ts';
import { papersOfNamed } from '../named-authors.ts';
import { scoreRelated } from '../related/related.ts';
import { relevanceScores } from '../relevant.ts';
import { knowledgeOf, understand } from '../understand.ts';
import type { PaperRelevance, RelevanceRequest } from './api.ts';

/**
 * Every paper that is at least weakly relevant, the most relevant first; papers of one score in the order of the index.
 * To a query, they are those that a search counts as relevant (`relevantPapers`); with papers, those that are related
 * (`scoreRelated`). The relevance of a paper does not depend on the others that are asked about.
 * @param request checked. @param among the only papers that are asked about. Default: every paper.
 * @throws PaperSearchError as `Snapshot.search` and `Snapshot.related` do.
 */
export async function findRelevance(
  request: RelevanceRequest,
  corpus: Corpus,
  among: Match | undefined,
): Promise<PaperRelevance[]> {
  const { query: asked = '', mode = DEFAULT_MODE, positive = [], negative = [] } = request;
  const { filters, rejected } = request;
  const query = await encodedQuery({ query: asked, mode, filters, rejected }, corpus);
  const { mask } = (query.match ?? Match.all(corpus.fields.size)).and(among);
  const hasSeeds = positive.length > 0 || negative.length > 0;
  const judged = hasSeeds
    ? await relatedTo({ positive, negative, text: query.text, mode }, corpus)
    : { confidence: confidenceIn(query, corpus) };
  const found: { readonly doc: number; readonly confidence: Confidence }[] = [];
  for (let doc = 0; doc < mask.length; doc++) {
    if (mask[doc] === 0) continue;
    const confidence = judged.confidence(doc);
    if (confidence.level !== 'none') found.push({ doc, confidence });
  }
  return found
    .sort((a, b) => b.confidence.score - a.confidence.score || a.doc - b.doc)
    .map(({ doc, confidence }) => {
      const nearest = judged.nearest?.(doc);
      return { id: corpus.paperAt(doc).id, confidence, ...(nearest !== undefined && { nearest }) };
    });
}

/** How relevant papers are, by their positions. */
interface Judged {
  confidence(doc: number): Confidence;
  /** The seed that a paper is most similar to; undefined for the text. */
  nearest?(doc: number): string | undefined;
}

async function relatedTo(
  seeds: Pick<RelatedRequest, 'positive' | 'negative' | 'text' | 'mode'>,
  corpus: Corpus,
): Promise<Judged> {
  const related = await scoreRelated(seeds, corpus);
  return {
    confidence: related.confidence,
    nearest: (doc) => related.present(doc).nearest.id,
  };
}

/** The stages of a search before the ranking. An empty query matches every paper. */
async function encodedQuery(
  request: Pick<RelevanceRequest, 'filters' | 'rejected'> & {
    readonly query: string;
    readonly mode: SearchMode;
  },
  corpus: Corpus,
): Promise<EncodedQuery> {
  await prepareFields(corpus.fields, request);
  const parsed = await understand(request, knowledgeOf(corpus));
  const titles = needsTitles(parsed.query.condition, corpus.indexes.lexical.languages)
    ? await corpus.titles.get()
    : undefined;
  return encode(
    matchQuery(parsed, { ...request, sort: 'date' }, corpus, undefined, titles),
    request.mode,
    corpus,
  );
}

/** The confidence in a paper of the match by itself, by its position. */
export function confidenceIn(query: EncodedQuery, corpus: Corpus): (doc: number) => Confidence {
  const { mode, text, onlyConditions, requiresText } = query;
  if (onlyConditions || text === '') return () => confidenceOf(mode, MATCHED);
  const scoreOf = relevanceScores(query, corpus);
  const named = papersOfNamed(query, corpus);
  return (doc) => {
    const isNamed = named?.papers[doc] === 1;
    const own = scoreOf(doc);
    const score = isNamed && !named.inSentence ? Math.max(own, NAMED) : own;
    // A paper with the words that are required is relevant, however little else it has of the query.
    return confidenceOf(mode, requiresText || isNamed ? Math.max(score, weakest(mode)) : score);
  };
}
