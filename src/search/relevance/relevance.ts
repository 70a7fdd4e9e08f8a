import { DEFAULT_MODE } from '../api.ts';
import { type Confidence, confidenceOf, MATCHED, NAMED, weakest } from '../confidence.ts';
import type { Corpus } from '../corpus.ts';
import { type EncodedQuery, encode } from '../encode.ts';
import { prepareFields } from '../match/fields-used.ts';
import { Match } from '../match/match.ts';
import { matchQuery } from '../match/match-query.ts';
import { needsTitles } from '../match/stop-words.ts';
import type { SearchMode } from '../mode.ts';
import { papersOfNamed } from '../named-authors.ts';
import { relevanceScores } from '../relevant.ts';
import { understand } from '../understand.ts';
import type { PaperRelevance, RelevanceRequest } from './api.ts';

/**
 * Every paper that is at least weakly relevant, the most relevant first; papers of one score in the order of the index.
 * They are those that a search counts as relevant (`relevantPapers`): the relevance of a paper does not depend on the
 * others that are asked about.
 * @param request checked. @param among the only papers that are asked about. Default: every paper.
 * @throws PaperSearchError as `Snapshot.search` does.
 */
export async function findRelevance(
  request: RelevanceRequest,
  corpus: Corpus,
  among: Match | undefined,
): Promise<PaperRelevance[]> {
  const { query: asked = '', mode = DEFAULT_MODE } = request;
  const query = await encodedQuery({ ...request, query: asked, mode }, corpus);
  const { mask } = (query.match ?? Match.all(corpus.fields.size)).and(among);
  const confidence = confidenceIn(query, corpus);
  const found: { readonly doc: number; readonly confidence: Confidence }[] = [];
  for (let doc = 0; doc < mask.length; doc++) {
    if (mask[doc] === 0) continue;
    const of = confidence(doc);
    if (of.level !== 'none') found.push({ doc, confidence: of });
  }
  return found
    .sort((a, b) => b.confidence.score - a.confidence.score || a.doc - b.doc)
    .map((each) => ({ id: corpus.paperAt(each.doc).id, confidence: each.confidence }));
}

/** The stages of a search before the ranking. An empty query matches every paper. */
async function encodedQuery(
  request: RelevanceRequest & { readonly query: string; readonly mode: SearchMode },
  corpus: Corpus,
): Promise<EncodedQuery> {
  await prepareFields(corpus.fields, request);
  const parsed = await understand(request, corpus);
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
function confidenceIn(query: EncodedQuery, corpus: Corpus): (doc: number) => Confidence {
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
