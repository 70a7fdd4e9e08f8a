import { LRUCache } from 'lru-cache';
import { TEXT_FIELDS, type TextField } from '../../../papers/fields.ts';
import type { TextCondition } from '../../../query/ast.ts';
import type { Language } from '../../../text/languages.ts';
import { expandTerm } from '../term-expansion.ts';
import {
  fieldsOf,
  openTermsOf,
  patternOf,
  type TermQuery,
  type TextPattern,
  unitsOf,
} from '../text-pattern.ts';
import { fieldBits } from './frequencies.ts';
import { Occurrences, sortedSet } from './occurrences.ts';
import { common, isNear, isPhrase } from './phrase.ts';
import { RoundCounter } from './round-counter.ts';
import { documentCount, type Segment } from './segment.ts';
import type { TermDictionary } from './term-dictionary.ts';

/** Prefixes and fuzzy words whose terms are cached. */
const MAX_EXPANSIONS = 500;

type Visit = (doc: number) => void;
/** Numbers of alternative terms. */
type Terms = readonly number[];

/** A pattern with the terms of the index for its words. */
interface ResolvedPattern {
  readonly words: readonly (readonly Terms[])[];
  readonly joined: readonly { readonly from: number; readonly to: number; readonly terms: Terms }[];
}

/** Finds the papers of a segment that satisfy conditions on their text. */
export class TextMatcher {
  readonly #segment: Segment;
  readonly #terms: TermDictionary;
  readonly #documents: number;
  readonly #languages: readonly Language[];
  readonly #expansions = new LRUCache<string, Terms>({ max: MAX_EXPANSIONS });

  /** @param languages those that the papers were analysed in. */
  constructor(segment: Segment, terms: TermDictionary, languages: readonly Language[]) {
    this.#languages = languages;
    this.#segment = segment;
    this.#terms = terms;
    this.#documents = documentCount(segment);
  }

  /** See `KeywordIndex.match`. */
  match(condition: TextCondition, mask: Uint8Array): boolean {
    const pattern = patternOf(condition, this.#languages);
    if (!pattern) return false;
    const fields = fieldsOf(condition.field);
    const mark = (doc: number) => {
      mask[doc] = 1;
    };
    if (condition.kind === 'words') this.#words(pattern, fields, mark);
    else if (condition.kind === 'near') this.#near(pattern, condition.distance, fields, mark);
    else this.#phrase(pattern, fields, mark);
    return true;
  }

  /** See `KeywordIndex.expansions`. */
  expansions(condition: TextCondition, limit: number): string[] {
    const found = new Set(openTermsOf(condition, this.#languages).flatMap((query) => this.#expand(query)));
    return [...found]
      .sort((a, b) => this.#postings([b]) - this.#postings([a]) || a - b)
      .slice(0, limit)
      .map((number) => this.#terms.term(number));
  }

  #words(pattern: TextPattern, fields: readonly TextField[], visit: Visit): void {
    const matched = new RoundCounter(this.#documents);
    for (const { pattern: unit, joined } of unitsOf(pattern)) {
      this.#phrase(unit, fields, matched.visit);
      for (const term of joined) this.#eachDocument(this.#expand(term), fields, matched.visit);
      matched.next();
    }
    matched.each(visit);
  }

  #phrase(pattern: TextPattern, fields: readonly TextField[], visit: Visit): void {
    const resolved = this.#resolve(pattern);
    const [word] = resolved.words[0]!;
    if (resolved.words.length === 1 && resolved.words[0]!.length === 1 && resolved.joined.length === 0) {
      this.#eachDocument(word!, fields, visit);
      return;
    }
    const candidates = this.#candidates(resolved, [...resolved.words.keys()], fields);
    const occurrences = new Map<Terms, Occurrences>();
    const placed = this.#placed(resolved, candidates.has, occurrences);
    // `load` fills the same lists for each document, so a phrase is assembled once.
    const phrases = fields.map((name) => {
      const field = TEXT_FIELDS.indexOf(name);
      return {
        words: placed.words.map((required) => required.map((each) => each.inField(field))),
        joined: placed.joined.map(({ from, to, at }) => ({ from, to, at: at.inField(field) })),
      };
    });
    candidates.each((doc) => {
      for (const each of occurrences.values()) each.load(doc);
      if (phrases.some(isPhrase)) visit(doc);
    });
  }

  #near(pattern: TextPattern, distance: number, fields: readonly TextField[], visit: Visit): void {
    const resolved = this.#resolve(pattern);
    const different = differentPlaces(resolved);
    const candidates = this.#candidates(resolved, different, fields);
    const occurrences = new Map<Terms, Occurrences>();
    const placed = this.#placed(resolved, candidates.has, occurrences);
    const words = fields.map((name) => {
      const field = TEXT_FIELDS.indexOf(name);
      return different.map((place) => ({
        own: placed.words[place]!.map((each) => each.inField(field)),
        joined: placed.joined
          .filter(({ from, to }) => from <= place && place < to)
          .map(({ at }) => at.inField(field)),
      }));
    });
    candidates.each((doc) => {
      for (const each of occurrences.values()) each.load(doc);
      if (words.some((places) => isNear(places.map(positionsOf), distance))) visit(doc);
    });
  }

  /** Documents with a term for each of these places of a pattern, in any order. */
  #candidates(
    { words, joined }: ResolvedPattern,
    places: readonly number[],
    fields: readonly TextField[],
  ): RoundCounter {
    const over: number[][] = words.map(() => []);
    for (const { from, to, terms } of joined) {
      for (let place = from; place < to; place++) for (const term of terms) over[place]!.push(term);
    }
    const required = places.flatMap((place) => words[place]!.map((own) => [...own, ...over[place]!]));
    const counter = new RoundCounter(this.#documents);
    for (const terms of required.sort((a, b) => this.#postings(a) - this.#postings(b))) {
      this.#eachDocument(terms, fields, counter.visit);
      counter.next();
    }
    return counter;
  }

  /** The pattern with the positions of its terms. @param all receives each of its `Occurrences` once. */
  #placed(
    { words, joined }: ResolvedPattern,
    isCandidate: (doc: number) => boolean,
    all: Map<Terms, Occurrences>,
  ) {
    const of = (terms: Terms) => {
      const known = all.get(terms);
      if (known) return known;
      const made = new Occurrences(this.#segment, terms, isCandidate);
      all.set(terms, made);
      return made;
    };
    return {
      words: words.map((required) => required.map(of)),
      joined: joined.map(({ from, to, terms }) => ({ from, to, at: of(terms) })),
    };
  }

  #resolve({ words, joined }: TextPattern): ResolvedPattern {
    return {
      words: words.map((required) => required.map((term) => this.#expand(term))),
      joined: joined
        .map(({ from, to, term }) => ({ from, to, terms: this.#expand(term) }))
        .filter(({ terms }) => terms.length > 0),
    };
  }

  #expand(query: TermQuery): Terms {
    if (query.kind === 'term' && query.others === undefined) return expandTerm(query, this.#terms);
    const key = JSON.stringify(query);
    const known = this.#expansions.get(key);
    if (known) return known;
    const terms = expandTerm(query, this.#terms);
    this.#expansions.set(key, terms);
    return terms;
  }

  #postings(terms: Terms): number {
    const { firstPosting } = this.#segment;
    return terms.reduce((sum, term) => sum + firstPosting[term + 1]! - firstPosting[term]!, 0);
  }

  /** Visits the documents with any of the terms in any of the fields; some more than once. */
  #eachDocument(terms: Terms, fields: readonly TextField[], visit: Visit): void {
    const { firstPosting, docs, frequencies } = this.#segment;
    const bits = fieldBits(fields);
    for (const term of terms) {
      const start = firstPosting[term]!;
      const end = firstPosting[term + 1]!;
      this.#segment.load(start, end);
      for (let i = start; i < end; i++) if ((frequencies[i]! & bits) !== 0) visit(docs[i]!);
    }
  }
}

/** The positions of a word, or of a word that joins it to a neighbour. */
function positionsOf(word: {
  readonly own: readonly (readonly number[])[];
  readonly joined: readonly (readonly number[])[];
}) {
  const own = word.own.reduce((a, b) => common(a, b));
  return word.joined.every(({ length }) => length === 0) ? own : sortedSet([own, ...word.joined].flat());
}

/** The places of a pattern that require a word, each distinct word once. */
function differentPlaces({ words }: ResolvedPattern): number[] {
  const places = new Map<string, number>();
  for (const [place, required] of words.entries()) {
    const key = required.map((terms) => terms.join()).join(';');
    if (required.length > 0 && !places.has(key)) places.set(key, place);
  }
  return [...places.values()];
}
