import { analyzeQuery, formsOf, type QueryToken } from '../../text/query-analyzer.ts';
import { NO_TERM } from '../../text/stemmer.ts';
import type { QueryTerm, Vocabulary } from './keyword-index.ts';

/**
 * How much longer words that contain a word count beside the word itself ("Sprachmodell" for "Modell"): those whose other
 * part the index has, and those whose other part it does not have. scripts/measurements/languages.md has the figures.
 */
const LONGER_WORD_WEIGHT = 0.5;
const LIKELY_WORD_WEIGHT = 0.25;
/** How much the parts of a word count beside the whole. */
const PART_WEIGHT = 0.25;
/** How much a word counts that may be a stop word ("die" in an index of German papers with some in English). */
const UNSURE_WEIGHT = 0.25;
/** In longer queries, longer words and parts add little, and take long. */
const MAX_WORDS = 24;

/**
 * The tokens of a query, each with the term that the index has: a word may have another stem in each language of the
 * papers, and `term` is the first that is in the index.
 */
export function queryTokens(text: string, vocabulary: Vocabulary): readonly QueryToken[] {
  const { queryMemory } = vocabulary;
  return queryMemory
    ? queryMemory.tokens(text, () => tokensIn(text, vocabulary))
    : tokensIn(text, vocabulary);
}

function tokensIn(text: string, vocabulary: Vocabulary): readonly QueryToken[] {
  const tokens: QueryToken[] = [];
  for (const token of analyzeQuery(text, vocabulary.languages)) {
    const known = token.forms ? firstKnownForm(token.forms, vocabulary) : token.term;
    if (known === undefined) {
      if (!token.isUnsure) tokens.push(token);
    } else {
      tokens.push(known === token.term ? token : { ...token, term: known });
    }
  }
  return tokens;
}

/**
 * Terms of a query as papers in all languages of the index have them. A word with several stems is one term, whose
 * papers are those with any of them; a bigram is one for each language. Then come the words that are written as one
 * with a word of the query, and the parts of those in the query.
 * @param terms of one stem each, from `tokens`.
 */
export function inEveryLanguage(
  terms: readonly QueryTerm[],
  tokens: readonly QueryToken[],
  vocabulary: Vocabulary,
): QueryTerm[] {
  const translated = tokens.filter(({ forms }) => forms !== undefined);
  if (translated.length === 0) return [...terms];
  const formsByTerm = new Map<string, QueryToken>();
  for (const token of translated) formsByTerm.set(token.term, token);
  const all: QueryTerm[] = [];
  for (const each of terms) {
    if (each.followedBy) all.push(...bigramsOf(each, formsByTerm, vocabulary));
    else all.push(anyFormOf(each, formsByTerm.get(each.term), vocabulary));
  }
  return translated.length > MAX_WORDS ? all : [...all, ...solidTerms(terms, translated, vocabulary)];
}

/** The forms of a word that papers in their language have, each once. @param forms one a language of the index. */
function knownForms(forms: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const { queryMemory } = vocabulary;
  return queryMemory
    ? queryMemory.knownForms(forms, () => formsKnownTo(vocabulary, forms))
    : formsKnownTo(vocabulary, forms);
}

function formsKnownTo(vocabulary: Vocabulary, forms: readonly string[]): readonly string[] {
  const known: string[] = [];
  for (let at = 0; at < forms.length; at++) {
    const form = forms[at]!;
    if (!known.includes(form) && isKnownForm(form, at, vocabulary)) known.push(form);
  }
  return known;
}

/** The first of `knownForms`: found without looking up the others where nothing is remembered. */
function firstKnownForm(forms: readonly string[], vocabulary: Vocabulary): string | undefined {
  if (vocabulary.queryMemory) return knownForms(forms, vocabulary)[0];
  return forms.find((form, at) => isKnownForm(form, at, vocabulary));
}

/** @param at place of the language among those of the index. */
function isKnownForm(form: string, at: number, vocabulary: Vocabulary): boolean {
  return form !== NO_TERM && vocabulary.hasTermIn(form, vocabulary.languages[at]!);
}

/** @param token that a term is of; undefined for one that was joined from two. */
function anyFormOf(term: QueryTerm, token: QueryToken | undefined, vocabulary: Vocabulary): QueryTerm {
  if (!token) return term;
  const known = knownForms(token.forms ?? [], vocabulary);
  if (!token.isUnsure && known.length < 2) return term;
  const weight = token.isUnsure ? term.weight * UNSURE_WEIGHT : term.weight;
  return { ...term, weight, ...(known.length > 1 && { anyOf: known }) };
}

/** A bigram with the stems of each language. */
function bigramsOf(
  bigram: QueryTerm,
  formsByTerm: ReadonlyMap<string, QueryToken>,
  vocabulary: Vocabulary,
): QueryTerm[] {
  const { followedBy } = bigram;
  const first = formsByTerm.get(bigram.term)?.forms ?? [];
  const second = formsByTerm.get(followedBy!.term)?.forms ?? [];
  const made = new Map([[`${bigram.term} ${followedBy!.term}`, bigram]]);
  vocabulary.languages.forEach((language, at) => {
    const term = first[at] ?? NO_TERM;
    const next = second[at] ?? NO_TERM;
    if (!vocabulary.hasTermIn(term, language) || !vocabulary.hasTermIn(next, language)) return;
    const key = `${term} ${next}`;
    if (!made.has(key)) made.set(key, { ...bigram, term, followedBy: { ...followedBy!, term: next } });
  });
  return [...made.values()];
}

/** For each word of the query, the longer words that it is a part of and its own parts. */
function solidTerms(
  terms: readonly QueryTerm[],
  tokens: readonly QueryToken[],
  vocabulary: Vocabulary,
): QueryTerm[] {
  const weights = new Map(
    terms.flatMap(({ term, weight, followedBy }) => (followedBy ? [] : [[term, weight] as const])),
  );
  const asked = new Set(tokens.flatMap(formsOf));
  const seen = new Set<string>();
  const found: QueryTerm[] = [];
  for (const { term, surface, parts } of tokens) {
    const weight = weights.get(term);
    if (weight === undefined || parts.length > 0 || seen.has(surface)) continue;
    seen.add(surface);
    const { known, likely } = vocabulary.solidWords.wordsWith(surface);
    for (const [words, share, name] of [
      [known, LONGER_WORD_WEIGHT, `${term}…`],
      [likely, LIKELY_WORD_WEIGHT, `…${term}…`],
    ] as const) {
      const anyOf = words.filter((word) => !asked.has(word));
      if (anyOf.length > 0) found.push({ term: name, weight: weight * share, anyOf });
    }
    for (const part of vocabulary.solidWords.partsOf(surface) ?? []) {
      if (!asked.has(part)) found.push({ term: part, weight: weight * PART_WEIGHT });
    }
  }
  return found;
}
