import type { PaperSequence } from '../../papers/paper.ts';
import { contentOf } from '../../query/intent.ts';
import { pause } from '../../util/pause.ts';
import type { KeywordIndex } from './keyword-index.ts';
import { queryTerms, splitSolidWords } from './query-terms.ts';

/** Papers whose titles are queries, and how many of their abstracts are, too. */
const PAPERS = 96;
const ABSTRACTS = 32;
/**
 * In a larger index, long queries would read most postings, which are otherwise read at the first query of a reader: there, only the
 * titles of a few papers are queries.
 */
const LARGE = 250_000;
const PAPERS_OF_LARGE = 12;
/** Words of a short question. */
const SHORT = 2;
/** Hits of a query, as many as most readers see. */
const TOP = 10;
/** Milliseconds of processor time, with that of the compiler: most functions on the way of a query are compiled by then. */
const WORK_MS = 2500;

/** Whether this process has compiled the code: for a further index, one question of each kind only fills its memory. */
let isCompiled = false;

/**
 * Searches an index for neighbouring words of the titles and for whole abstracts of its papers, again and again, so that the code that
 * answers is compiled before the first reader asks: until then the compiler's threads take turns with the answers, and
 * where they share a core, one answer in fifty takes ten times as long. Answers are not used, and stay the same.
 * @param papers those of the index; some, spread over all, are read. @param workMs after so much work it ends.
 * @throws the signal's reason when it is aborted.
 */
export async function warmUp(
  index: KeywordIndex,
  papers: Pick<PaperSequence, 'length' | 'at'>,
  signal?: AbortSignal,
  workMs = WORK_MS,
): Promise<void> {
  const questions = questionsOf(papers);
  let workedMs = 0;
  do {
    for (const question of questions) {
      await pause(signal);
      const before = process.cpuUsage();
      const content = splitSolidWords(contentOf(question), index);
      index.top(queryTerms(content, index), TOP, true);
      const { user, system } = process.cpuUsage(before);
      workedMs += (user + system) / 1000;
      if (workedMs >= workMs) break;
    }
  } while (!isCompiled && questions.length > 0 && workedMs < workMs);
  isCompiled ||= questions.length > 0;
}

/** Questions that some papers answer. */
function questionsOf(papers: Pick<PaperSequence, 'length' | 'at'>): string[] {
  const isLarge = papers.length > LARGE;
  const count = Math.min(isLarge ? PAPERS_OF_LARGE : PAPERS, papers.length);
  const questions: string[] = [];
  for (let n = 0; n < count; n++) {
    const paper = papers.at(Math.floor((n * papers.length) / count));
    if (!paper) continue;
    questions.push(...pairsIn(paper.title), paper.title);
    if (!isLarge && n % (PAPERS / ABSTRACTS) === 0) questions.push(paper.abstract);
  }
  return questions;
}

function pairsIn(title: string): string[] {
  const words = title.split(/\s+/);
  const pairs: string[] = [];
  for (let at = 0; at + SHORT <= words.length; at += SHORT) pairs.push(words.slice(at, at + SHORT).join(' '));
  return pairs;
}
