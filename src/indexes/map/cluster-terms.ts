import type { Paper, PaperSequence } from '../../papers/paper.ts';
import { languageOf } from '../../papers/text-language.ts';
import { analyze } from '../../text/analyzer.ts';
import { compareTexts } from '../../util/compare-texts.ts';
import { pause } from '../../util/pause.ts';

/** Papers between two pauses. */
const YIELD_EVERY = 1000;
/** Terms that name a cluster. */
const TERMS = 3;
/** Candidates of a cluster that its terms are chosen from. */
const CANDIDATES = 60;
/** A term that names a cluster is in at least this many of its papers, or in this share of them. */
const MIN_SHARE = 0.01;
/** Weights of terms of one, two and three words: longer ones are rarer and more specific. */
const LENGTH_FACTORS = [1, 2.5, 4];

/** How often a term is in the papers of each cluster, and how it is written. */
interface Term {
  readonly counts: Map<number, number>;
  readonly surfaces: Map<string, number>;
  total: number;
}

/**
 * Names clusters by their own terms: words and up to three words in a row from titles and keywords, ranked by
 * c-TF-IDF = tf × ln(1 + A / f), with tf the term's count in the cluster over the cluster's words, f its count in the
 * corpus and A the mean count of words a cluster. Grootendorst (2022), "BERTopic", equation 3. A term counts once a
 * paper and has the spelling that the papers use most often.
 * @param clusterOf the cluster of each paper, from 0. @param count clusters. @param signal aborting rejects with its reason.
 * @returns the terms of each cluster, the most characteristic first, no two clusters with the same; fewer or none where
 *   the titles do not have enough.
 */
export async function clusterTerms(
  papers: PaperSequence,
  clusterOf: ArrayLike<number>,
  count: number,
  signal?: AbortSignal,
): Promise<string[][]> {
  const { terms, words, sizes } = await collect(papers, clusterOf, count, signal);
  const mean = words.reduce((sum, each) => sum + each, 0) / count;
  const candidates: { text: string; key: string; score: number }[][] = Array.from(
    { length: count },
    () => [],
  );
  for (const [key, { counts, surfaces, total }] of terms) {
    for (const [cluster, times] of counts) {
      if (times < Math.max(2, MIN_SHARE * sizes[cluster]!) && sizes[cluster]! > 2) continue;
      const factor = LENGTH_FACTORS[key.split(' ').length - 1]!;
      const score = factor * (times / words[cluster]!) * Math.log(1 + mean / total);
      candidates[cluster]!.push({ key, score, text: mostFrequent(surfaces) });
    }
  }
  const taken = new Set<string>();
  return candidates.map((list) => {
    const ranked = list.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1)).slice(0, CANDIDATES);
    const chosen: typeof ranked = [];
    for (const candidate of ranked) {
      if (chosen.length === TERMS) break;
      if (!chosen.some(({ key }) => overlaps(key, candidate.key))) chosen.push(candidate);
    }
    // Rare: another cluster has these words. Then the next best ones distinguish the two.
    for (const next of ranked) {
      if (!taken.has(nameOf(chosen))) break;
      if (!chosen.includes(next)) chosen.splice(-1, 1, next);
    }
    taken.add(nameOf(chosen));
    return chosen.map(({ text }) => text);
  });
}

function nameOf(terms: readonly { readonly text: string }[]): string {
  return terms.map(({ text }) => text).join(', ');
}

async function collect(
  papers: PaperSequence,
  clusterOf: ArrayLike<number>,
  count: number,
  signal: AbortSignal | undefined,
) {
  const terms = new Map<string, Term>();
  const words = new Float64Array(count);
  const sizes = new Float64Array(count);
  for (let doc = 0; doc < papers.length; doc++) {
    if (doc % YIELD_EVERY === 0) await pause(signal);
    const cluster = clusterOf[doc]!;
    sizes[cluster]!++;
    for (const [key, surface] of termsOf(papers.at(doc)!)) {
      words[cluster]!++;
      const term = terms.get(key) ?? { counts: new Map(), surfaces: new Map(), total: 0 };
      terms.set(key, term);
      term.total++;
      term.counts.set(cluster, (term.counts.get(cluster) ?? 0) + 1);
      term.surfaces.set(surface, (term.surfaces.get(surface) ?? 0) + 1);
    }
  }
  return { terms, words, sizes };
}

/** The words of a paper's title and keywords and up to three in a row: the stems, and how they are written there. */
function termsOf(paper: Paper): Map<string, string> {
  const found = new Map<string, string>();
  for (const text of [paper.title, ...paper.keywords]) {
    const tokens = analyze(text, languageOf(paper, 'title')).filter(
      ({ parts, start, end }) =>
        parts.length === 0 && /^(?:\p{L}{3}|\p{Lu}{2}$)/u.test(text.slice(start, end)),
    );
    tokens.forEach((first, i) => {
      let key = first.term;
      let written = asWritten(text.slice(first.start, first.end));
      found.set(key, written);
      for (let n = i + 1; n < tokens.length && n < i + LENGTH_FACTORS.length; n++) {
        const { term, start, end } = tokens[n]!;
        const between = text.slice(tokens[n - 1]!.end, start);
        if (!/^[ \-‐‑]$/u.test(between)) break;
        key += ` ${term}`;
        written += between + asWritten(text.slice(start, end));
        found.set(key, written);
      }
    });
  }
  return found;
}

/** In lower case, except names and abbreviations ("BERT", "arXiv"). */
function asWritten(word: string): string {
  return /^\p{Lu}?[^\p{Lu}]*$/u.test(word) ? word.toLowerCase() : word;
}

function mostFrequent(surfaces: ReadonlyMap<string, number>): string {
  return [...surfaces].sort(([a, timesA], [b, timesB]) => timesB - timesA || compareTexts(a, b))[0]![0];
}

/** Whether two terms have a word in common. */
function overlaps(a: string, b: string): boolean {
  const words = new Set(a.split(' '));
  return b.split(' ').some((word) => words.has(word));
}
