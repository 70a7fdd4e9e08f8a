/** How much an answer may differ from the wanted one. */
export interface Tolerance {
  /** By how much scores may differ, as a share of the wanted one. Hits whose scores are nearer than that may change places. */
  readonly scores: number;
  /**
   * Whether an answer that a model ranked may have another total and other counts of facets: where the engine ranks
   * candidates and not all papers.
   */
  readonly totalsOfModel: boolean;
  /** Whether an error that says that there is no map may say it in other words. */
  readonly wordsAboutMaps: boolean;
}

/** What one engine answers twice. Scores are recorded with 6 digits. */
export const EXACT: Tolerance = { scores: 1e-5, totalsOfModel: false, wordsAboutMaps: false };

/**
 * All that an answer of the cluster may differ in from the embedded engine's. Anything else is a fault.
 * - Scores: 2 %; and levels of confidence that follow from such scores.
 * - The order of hits whose scores are nearer than that.
 * - Totals and counts of facets of semantic and hybrid answers and of related papers, where the corpus has more papers than are candidates.
 * - What errors say where there is no map, which a cluster never has. (Digests of corpora differ too: see normal-form.ts.)
 */
export const OF_CLUSTER: Tolerance = { scores: 0.02, totalsOfModel: false, wordsAboutMaps: true };
export const OF_CLUSTER_WITH_CANDIDATES: Tolerance = { ...OF_CLUSTER, totalsOfModel: true };

/** Members that are scores, or follow from scores. */
const SCORES = new Set(['score', 'cosine', 'most', 'matchScore', 'evidence']);
/** Members of answers that count papers that a model ranked. */
const TOTALS = new Set(['total', 'relevant', 'facets', 'rejectedHidden', 'next']);
/** Numbers in formulas and summaries. */
const NUMBER = /\d+(?:\.\d+)?/g;
/** Scores below this are as good as 0: a share of them says nothing. */
const SMALL = 0.05;

/** The places in which an answer differs from the wanted one, each as a line; empty when it does not. */
export function differences(wanted: unknown, got: unknown, tolerance: Tolerance, at = 'answer'): string[] {
  if (isNear(wanted, got, at, tolerance)) return [];
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length > 0 && [...wanted, ...got].every(isRanked) && areDistinct(wanted) && areDistinct(got)) {
      return rankedDifferences(wanted, got, tolerance, at);
    }
    const lengths = wanted.length === got.length ? [] : [`${at}: ${wanted.length} wanted, got ${got.length}`];
    const each = wanted.flatMap((item, i) =>
      i < got.length
        ? differences(item, got[i], tolerance, `${at}[${i}]`)
        : [`${at}[${i}]: ${show(item)} is missing`],
    );
    const more = got
      .slice(wanted.length)
      .map((item, i) => `${at}[${wanted.length + i}]: ${show(item)} is too much`);
    return [...lengths, ...each, ...more];
  }
  if (isObject(wanted) && isObject(got)) {
    const names = [...new Set([...Object.keys(wanted), ...Object.keys(got)])];
    // What is related is a question of similarity in every mode.
    const isOfModel =
      tolerance.totalsOfModel && 'mode' in wanted && (wanted.mode !== 'keyword' || 'seeds' in wanted);
    const isAtThreshold = isNearThreshold(wanted, got, tolerance);
    return names
      .filter((name) => !(isOfModel && TOTALS.has(name)) && !(isAtThreshold && name === 'level'))
      .flatMap((name) => differences(wanted[name], got[name], tolerance, `${at}.${name}`));
  }
  return [`${at}: wanted ${show(wanted)}, got ${show(got)}`];
}

function isNear(wanted: unknown, got: unknown, at: string, { scores, wordsAboutMaps }: Tolerance): boolean {
  if (wanted === got) return true;
  const name = at.slice(at.lastIndexOf('.') + 1).replace(/\[.*/, '');
  if (typeof wanted === 'number' && typeof got === 'number') {
    return (SCORES.has(name) || at.includes('vectors')) && areNear(wanted, got, scores);
  }
  if (typeof wanted !== 'string' || typeof got !== 'string') return false;
  if (wordsAboutMaps && at.endsWith('error.message') && [wanted, got].every((text) => /\bmap\b/.test(text))) {
    return true;
  }
  if (wanted.replace(NUMBER, '#') !== got.replace(NUMBER, '#')) return false;
  if (name !== 'formula' && name !== 'summary') return false;
  const numbers = got.match(NUMBER)!.map(Number);
  // Formulas have few digits.
  return wanted.match(NUMBER)!.every((number, i) => areNear(+number, numbers[i]!, Math.max(scores, 0.002)));
}

/** Whether two levels of confidence follow from scores that may differ, and do. */
function isNearThreshold(
  wanted: Record<string, unknown>,
  got: Record<string, unknown>,
  { scores }: Tolerance,
): boolean {
  if (!('level' in wanted) || typeof wanted.score !== 'number' || typeof got.score !== 'number') return false;
  return wanted.score !== got.score && areNear(wanted.score, got.score, scores);
}

function areNear(wanted: number, got: number, share: number): boolean {
  return Math.abs(wanted - got) <= share * Math.max(Math.abs(wanted), SMALL);
}

interface RankedItem {
  readonly score?: number;
  readonly confidence?: { readonly score: number };
  readonly paper?: unknown;
  readonly id?: unknown;
  readonly rank?: number;
}

function isRanked(item: unknown): item is RankedItem {
  return isObject(item) && ('paper' in item || 'id' in item) && ('score' in item || 'confidence' in item);
}

/** Passages of papers are ranked too, and a paper may have several. */
function areDistinct(items: readonly RankedItem[]): boolean {
  return new Set(items.map(keyOf)).size === items.length;
}

const keyOf = ({ paper, id }: RankedItem) => JSON.stringify(paper ?? id);
const scoreOf = ({ score, confidence }: RankedItem) => score ?? confidence!.score;

/**
 * Differences of lists of hits: hits may change places with hits of nearly their score, also across the end of a page.
 * Places are then those of the list, so `rank` of each is compared with its place only.
 */
function rankedDifferences(
  wanted: readonly RankedItem[],
  got: readonly RankedItem[],
  tolerance: Tolerance,
  at: string,
): string[] {
  const found: string[] = [];
  if (wanted.length !== got.length) found.push(`${at}: ${wanted.length} hits wanted, got ${got.length}`);
  const places = new Map(got.map((item, i) => [keyOf(item), i]));
  const last = wanted.at(-1)!;
  for (const [i, item] of wanted.entries()) {
    const place = places.get(keyOf(item));
    if (place === undefined) {
      const isAtEnd = areNear(scoreOf(last), scoreOf(item), tolerance.scores) && tolerance.scores > 1e-3;
      if (!isAtEnd) found.push(`${at}[${i}]: ${keyOf(item)} is missing`);
      continue;
    }
    const there = wanted[Math.min(place, wanted.length - 1)]!;
    if (
      place !== i &&
      (tolerance.scores < 1e-3 || !areNear(scoreOf(item), scoreOf(there), tolerance.scores))
    ) {
      found.push(`${at}[${i}]: ${keyOf(item)} (score ${scoreOf(item)}) is at place ${place}`);
    }
    const { rank: wantedRank, ...rest } = item;
    const { rank: gotRank, ...gotRest } = got[place]!;
    if (wantedRank !== undefined && gotRank !== wanted[place]?.rank) {
      found.push(`${at}[${place}].rank: wanted ${wanted[place]?.rank}, got ${gotRank}`);
    }
    found.push(...differences(rest, gotRest, tolerance, `${at}[${i}]`));
  }
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 200) ?? 'nothing';
}
