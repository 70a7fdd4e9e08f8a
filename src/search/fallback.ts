import { LIKELY_SENTENCES } from '../encode/models/tasks.ts';
import type { Vocabulary } from '../indexes/keyword/keyword-index.ts';
import { splitSolidWords } from '../indexes/keyword/query-terms.ts';
import { isStopWordIn } from '../text/language-words.ts';
import { queryForms } from '../text/query-analyzer.ts';
import { elapsedMs } from '../util/elapsed-ms.ts';
import { DEFAULT_MODE, type SearchRequest } from './api.ts';
import type { Corpus } from './corpus.ts';
import { DEFAULT_FUSION, DEFAULT_FUSION_WEIGHTS, FUSIONS } from './fuse/methods.ts';
import type { Answer, FinalAnswer } from './present.ts';
import { rerankedDepth } from './rerank/depth.ts';
import { nearestWord } from './suggest/nearest-word.ts';
import { type SpellingProposal, unknownWords } from './suggest/speller.ts';
import type { Word } from './suggest/words.ts';

/** Papers of a weak answer that are reranked, each by a sentence. */
const RERANKED_PAPERS = 10;
/** Longest query whose spelling is checked, in UTF-16 code units: pasted text is seldom misspelt. */
const MAX_CORRECTED_LENGTH = 200;
/** The corrected query is answered instead of the query if its confidence score is higher by this much. */
const CLEARLY_BETTER = 0.05;
/**
 * The corrected query is proposed if its score is higher by this much and it finds something relevant: otherwise the
 * corpus has papers on neither.
 */
const BETTER = 0.02;

/**
 * Replaces an answer that is not strong by a better one if there is one: the answer to the query with its spelling
 * corrected, or the first papers reranked by their sentences.
 * @param propose corrects the spelling of a query (`proposeSpelling`). @param answerTo answers a changed request.
 * @param answerAgain answers the same query reranked as a request says. Default: as `answerTo`.
 */
export async function withFallback(
  request: SearchRequest,
  first: Answer,
  propose: (query: string) => Promise<SpellingProposal | undefined>,
  answerTo: (request: SearchRequest) => Promise<Answer>,
  answerAgain = answerTo,
): Promise<FinalAnswer> {
  if (request.fallback === false || first.query.text === '') return { answer: first };
  const { confidence } = first;
  const started = performance.now();
  const didYouMean = first.query.parsed.isStrategy ? undefined : await propose(request.query);
  if (confidence.level === 'strong') return { answer: first, didYouMean };
  if (didYouMean) {
    const { text: query, replacements } = didYouMean;
    const answer = await answerTo({ ...request, query });
    const gain = answer.confidence.score - confidence.score;
    if (gain >= CLEARLY_BETTER) {
      const tookMs = elapsedMs(started);
      const fallback = { kind: 'spelling', query, replacements, first: confidence, tookMs } as const;
      return { answer, didYouMean, fallback };
    }
    if (gain >= BETTER && answer.confidence.level !== 'none') return { answer: first, didYouMean };
  }
  if (confidence.level === 'none' || !canCompareSentences(request)) return { answer: first };
  const answer = await answerAgain({ ...request, rerank: RERANKED_PAPERS, rerankBy: LIKELY_SENTENCES });
  const papers = Math.min(RERANKED_PAPERS, answer.total);
  return { answer, fallback: { kind: 'sentences', papers, first: confidence, tookMs: elapsedMs(started) } };
}

/**
 * The query with words replaced that no paper contains; undefined where there is nothing to replace. Loads the vocabulary
 * only for a query with a word that may have to be corrected.
 */
export async function proposeSpelling(
  query: string,
  { indexes: { lexical }, suggestions, fields, paperAt }: Corpus,
): Promise<SpellingProposal | undefined> {
  const knows = (word: string, written: string) => isKnown(word, written, lexical);
  const unknown = misspeltWords(query, lexical);
  if (unknown.length === 0) return undefined;
  const near = (word: string, edits: 1 | 2) =>
    nearestWord(word, edits, { lexical, size: fields.size, paperAt });
  return (await suggestions.get()).didYouMean(query, { knows, near });
}

/** The words of a query that no paper has and that may be misspelt; none of a long query. */
export function misspeltWords(query: string, vocabulary: Vocabulary): Word[] {
  if (query.length > MAX_CORRECTED_LENGTH) return [];
  return unknownWords(query, { knows: (word, written) => isKnown(word, written, vocabulary) });
}

function isKnown(word: string, written: string, vocabulary: Vocabulary): boolean {
  const { languages, solidWords } = vocabulary;
  return (
    Array.from(queryForms(written, languages)).some((term) => vocabulary.hasTerm(term)) ||
    languages.some((language) => isStopWordIn(written.toLowerCase(), language)) ||
    splitSolidWords(word, vocabulary) !== word ||
    solidWords.partsOf(word) !== undefined ||
    solidWords.isPart(word)
  );
}

/** Whether comparing sentences can improve an answer. Added to fused ranks, its bonus alone would decide. */
function canCompareSentences(request: SearchRequest): boolean {
  const { mode = DEFAULT_MODE, fusion = DEFAULT_FUSION, sort = 'relevance' } = request;
  const fusesRanks = FUSIONS[fusion](DEFAULT_FUSION_WEIGHTS).denseShare === 0;
  if (sort !== 'relevance' || rerankedDepth(request) > 0) return false;
  return mode === 'semantic' || (mode === 'hybrid' && !fusesRanks);
}
