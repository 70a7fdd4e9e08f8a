import type { Paper } from '../../papers/paper.ts';
import { identifiersOf, type KnownIdentifier, typedKey } from '../../search/suggest/identifiers.ts';
import { SEPARATOR, SpellingCounts } from '../../search/suggest/spelling-counts.ts';
import {
  expectLimit,
  MAX_TYPED_LENGTH,
  mistypedWords,
  namedOnce,
  openCost,
  Suggestions,
} from '../../search/suggest/suggestions.ts';
import { type TypedText, type TypedWord, typedText } from '../../search/suggest/typed.ts';
import { typedName } from '../../search/suggest/typed-name.ts';
import { type Suggestion, valueKey } from '../../search/suggest/values.ts';
import { keyOf, wordsOf } from '../../search/suggest/words.ts';
import type { SearchBody, SearchResult } from '../client/cluster-client.ts';
import {
  authorsNamed,
  type CountedEntry,
  type Found,
  firstPaperWith,
  foundIn,
  identifiersWithPrefix,
  papersWithValue,
  papersWithWord,
  shortestTitlesWithPrefix,
  shortestTitlesWithWords,
  titlesIn,
  valuesWithAny,
  valuesWithPrefix,
  valuesWithWords,
  wordsWithPrefix,
} from './candidate-values.ts';
import { similarWords } from './similar-words.ts';
import { wellFormed } from './suggest-fields.ts';
import { ask, type SuggestSource } from './suggest-source.ts';

/** Identifiers that are read for each that is wanted: a paper has several. */
const IDENTIFIERS_A_PAPER = 10;

/** Values that a text may be completed to. */
interface Candidates {
  readonly entries: readonly CountedEntry[];
  readonly isSampled: boolean;
}

/**
 * Completes a text as `Suggestions.complete` does: the cluster finds the values that may complete it, and these are ranked
 * as if they were all. Of very many values, those of the most papers and the shortest titles are ranked.
 * @throws PaperSearchError BAD_REQUEST for a limit that is not a whole number, 0 or more; CLUSTER_UNAVAILABLE.
 */
export async function complete(text: string, limit: number, source: SuggestSource): Promise<Suggestion[]> {
  expectLimit(limit);
  if (text.length > MAX_TYPED_LENGTH || limit === 0) return [];
  const typed = typedText(text);
  const key = typedKey(wellFormed(text));
  const [identifiers, likely] = await Promise.all([
    key === undefined ? [] : identifiersWith(key, limit, source),
    typed ? likelyValues(text, typed, source) : { entries: [], isSampled: false },
  ]);
  const first = await suggestionsOf(likely.entries, identifiers);
  const completed = first.complete(text, limit);
  const hasValues = completed.some(({ kind }) => kind !== 'identifier');
  const isFull = completed.length >= limit;
  if (hasValues || isFull || !typed) return withPapers(completed, likely.isSampled, source);
  const similar = await similarValues(typed, source);
  if (!similar) return completed;
  const suggestions = await suggestionsOf(similar.entries, identifiers, similar.words);
  return withPapers(suggestions.complete(text, limit), similar.isSampled, source);
}

/** Suggestions of a few values. The id of a title is its entry, until `withPapers`. */
async function suggestionsOf(
  entries: readonly CountedEntry[],
  identifiers: readonly KnownIdentifier[],
  words: ReadonlyMap<string, number> = new Map(),
): Promise<Suggestions> {
  const counts = { values: new SpellingCounts(), words: new SpellingCounts(), identifiers, papers: 1 };
  for (const { entry, papers } of entries) counts.values.addCounted(entry, papers, entry);
  for (const [word, papers] of words) counts.words.addCounted(word + SEPARATOR + word, papers, '');
  return Suggestions.of(counts);
}

async function identifiersWith(
  key: string,
  limit: number,
  source: SuggestSource,
): Promise<readonly KnownIdentifier[]> {
  const [keys] = await ask([identifiersWithPrefix(key)], source, foundIn);
  if (keys!.entries.length === 0) return [];
  const first = keys!.entries.slice(0, limit * IDENTIFIERS_A_PAPER).map(({ entry }) => entry);
  const body = {
    query: { terms: { 'suggest.identifiers': first } },
    size: first.length,
    sort: [{ id: 'asc' }],
    _source: ['paper'],
  };
  const [papers] = await ask([body], source, ({ hits }) =>
    hits.hits.map(({ _source }) => (_source as { readonly paper: Paper }).paper),
  );
  return papers!.flatMap(identifiersOf);
}

/** Values that begin with the text, authors that it may name, and values that have its words. */
async function likelyValues(text: string, typed: TypedText, source: SuggestSource): Promise<Candidates> {
  const name = typedName(text);
  const bodies = [
    valuesWithPrefix(typed.prefix),
    valuesWithWords(typed.words),
    ...(name ? [authorsNamed(name)] : []),
  ];
  const found = await ask(bodies, source, foundIn);
  const titles = [
    ...(found[0]!.isCut ? [shortestTitlesWithPrefix(typed.prefix)] : []),
    ...(found[1]!.isCut ? [shortestTitlesWithWords(typed.words)] : []),
  ];
  return united(found, titles.length === 0 ? [] : await ask(titles, source, titlesIn));
}

/** Values that have words near to those that may be mistyped; undefined where no word may be. */
async function similarValues(
  { words }: TypedText,
  source: SuggestSource,
): Promise<(Candidates & { readonly words: ReadonlyMap<string, number> }) | undefined> {
  const costs = await costsOf(words, source);
  const mistyped = mistypedWords(words, (word) => costs.get(word)!.cost);
  if (mistyped.length === 0) return undefined;
  const near = await similarWords(
    mistyped.map(({ word }) => ({ word, edits: 1 })),
    source,
  );
  const [first, ...others] = mistyped.map(({ word }, n) => [word, ...near[n]!.map((each) => each.word)]);
  const certain = words.filter((word) => !mistyped.includes(word));
  const found = await ask([valuesWithAny(first!, certain, others)], source, foundIn);
  const known = new Map<string, number>();
  for (const { papersOf } of costs.values()) for (const [word, papers] of papersOf) known.set(word, papers);
  return { ...united(found, []), words: known };
}

/** How many papers have each word, or each word that begins with it, and what that costs. */
async function costsOf(words: readonly TypedWord[], source: SuggestSource) {
  const bodies = words.map(({ word, open }) => (open ? wordsWithPrefix(word) : papersWithWord(word)));
  const found = await ask(bodies, source, (result) => result);
  return new Map(
    words.map((typed, n) => {
      const entries = typed.open
        ? foundIn(found[n]!).entries
        : [{ entry: typed.word, papers: found[n]!.hits.total!.value }].filter(({ papers }) => papers > 0);
      const papers = entries.reduce((sum, each) => sum + each.papers, 0);
      const papersOf = new Map(entries.map((each) => [each.entry, each.papers]));
      return [typed, { papersOf, cost: typed.open ? openCost(entries.length, papers) : papers }] as const;
    }),
  );
}

function united(found: readonly Found[], titles: readonly (readonly CountedEntry[])[]): Candidates {
  const papers = new Map<string, number>();
  for (const each of [...found.flatMap(({ entries }) => entries), ...titles.flat()])
    papers.set(each.entry, Math.max(each.papers, papers.get(each.entry) ?? 0));
  return {
    entries: Array.from(papers, ([entry, count]) => ({ entry, papers: count })),
    isSampled: found.some(({ isSampled }) => isSampled),
  };
}

/** Suggestions with the ids of the papers of titles, and the numbers of all papers where some were not counted. */
async function withPapers(
  suggestions: readonly Suggestion[],
  isSampled: boolean,
  source: SuggestSource,
): Promise<Suggestion[]> {
  const asked = suggestions.flatMap((each): { readonly of: Suggestion; readonly body: SearchBody }[] => {
    if (each.kind === 'identifier') return [];
    if (each.kind === 'title') return [{ of: each, body: firstPaperWith(each.id) }];
    const key = valueKey(keyOf(wordsOf(each.text)), each.kind);
    return isSampled ? [{ of: each, body: papersWithValue(key) }] : [];
  });
  const answers = await ask(
    asked.map(({ body }) => body),
    source,
    (result) => result,
  );
  const known = new Map(asked.map(({ of }, n) => [of, answers[n]!]));
  return namedOnce(suggestions.map((each) => completed(each, known.get(each))));
}

function completed(suggestion: Suggestion, answer: SearchResult<unknown> | undefined): Suggestion {
  if (!answer || suggestion.kind === 'identifier') return suggestion;
  if (suggestion.kind === 'title')
    return { ...suggestion, id: answer.hits.hits[0]!.fields!.id![0] as string };
  return { ...suggestion, count: answer.hits.total!.value };
}
