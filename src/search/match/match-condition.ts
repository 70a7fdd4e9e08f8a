import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import type { LexicalIndex } from '../../indexes/keyword/lexical-index.ts';
import type { CorpusMap } from '../../indexes/map/corpus-map.ts';
import type { EveryNameOf } from '../../papers/internal-fields.ts';
import type { Paper } from '../../papers/paper.ts';
import type { Condition, QueryNotice, TextCondition } from '../../query/ast.ts';
import { analyze } from '../../text/analyzer.ts';
import { foldValue } from '../../text/fold-value.ts';
import { tokenize } from '../../text/tokenizer.ts';
import { count, intersect, keep, unite } from './mask.ts';
import { keepPrefixWords } from './prefix-words.ts';

/** What conditions are matched with: both over the same papers. */
export interface MatchSources {
  readonly lexical: Pick<LexicalIndex, 'match' | 'expansions'>;
  readonly attributes: FieldIndex;
  /** Where the papers lie; undefined for an index without a map. */
  readonly map?: CorpusMap | undefined;
  /** Reads a paper. Without it, a prefix finds all words that have the stem of one that it begins. */
  readonly paperAt?: ((doc: number) => Paper) | undefined;
}

/** The papers that fulfil something. */
export interface Match {
  /** One byte a paper: 1 for those that do, 0 for the others. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** Parts that were left out because they ask for nothing that is indexed. */
  readonly notices: readonly QueryNotice[];
}

/**
 * The papers that fulfil a condition, exactly. A part that has stop words only is left out, whether it is required
 * or excluded, and a notice says so; a condition without any other part is fulfilled by all papers.
 * @throws PaperSearchError BAD_REQUEST when the keyword engine cannot answer a part of it.
 */
export function matchCondition(condition: Condition, sources: MatchSources): Match {
  const matcher = new ConditionMatcher(sources);
  const mask = new Uint8Array(sources.attributes.size);
  if (!matcher.mark(condition, mask)) mask.fill(1);
  return { mask, count: count(mask), notices: matcher.notices };
}

class ConditionMatcher {
  readonly notices: QueryNotice[] = [];
  readonly #sources: MatchSources;

  constructor(sources: MatchSources) {
    this.#sources = sources;
  }

  /** Sets the mask of every paper that fulfils a condition. @returns false when it asks for nothing. */
  mark(condition: Condition, mask: Uint8Array): boolean {
    switch (condition.kind) {
      case 'and':
        return this.#markAll(condition.clauses, mask);
      case 'or':
        // Every clause is marked, whatever came of those before.
        return condition.clauses.map((clause) => this.mark(clause, mask)).some((asked) => asked);
      case 'not': {
        const excluded = this.#maskOf(condition.clause);
        if (!excluded) return false;
        for (let doc = 0; doc < mask.length; doc++) if (excluded[doc] === 0) mask[doc] = 1;
        return true;
      }
      case 'year':
      case 'has': {
        const holds = this.#test(condition);
        for (let doc = 0; doc < mask.length; doc++) if (holds(doc)) mask[doc] = 1;
        return true;
      }
      case 'fact':
        this.#markFact(condition, mask);
        return true;
      default:
        if (condition.kind === 'prefix') return this.#markPrefix(condition, mask);
        if (this.#sources.lexical.match(condition, mask)) return true;
        return this.#nothingAsked(condition);
    }
  }

  #markPrefix(condition: TextCondition, mask: Uint8Array): boolean {
    const { lexical, paperAt } = this.#sources;
    const found = new Uint8Array(mask.length);
    if (!lexical.match(condition, found)) return this.#nothingAsked(condition);
    // "we cannot*": a sign of prose on a stop word.
    if (condition.field === undefined && analyze(condition.text).length === 0 && !found.includes(1)) {
      return this.#nothingAsked(condition);
    }
    if (paperAt && !keepPrefixWords(condition, found, lexical, paperAt)) {
      const message = `"${condition.text}*" is in so many papers that those with other words of the same stem were not told apart.`;
      this.notices.push({ span: condition.span, message });
    }
    unite(mask, found);
    return true;
  }

  #nothingAsked(condition: TextCondition): boolean {
    const message = `"${condition.text}" has no word that is indexed (words like "the" and "of" are not), so it was left out.`;
    this.notices.push({ span: condition.span, message });
    return false;
  }

  #markAll(clauses: readonly Condition[], mask: Uint8Array): boolean {
    // Text first, so that there is a mask for what is known paper by paper.
    let all: Uint8Array | undefined;
    const cheap = clauses.filter(isTested);
    for (const clause of clauses) {
      if (isTested(clause)) continue;
      const fulfilled = this.#maskOf(clause);
      if (!fulfilled) continue;
      if (all) intersect(all, fulfilled);
      else all = fulfilled;
    }
    if (!all && cheap.length === 0) return false;
    all ??= new Uint8Array(mask.length).fill(1);
    for (const clause of cheap) keep(all, this.#test(clause));
    unite(mask, all);
    return true;
  }

  /** The mask of a condition by itself; undefined when it asks for nothing. */
  #maskOf(condition: Condition): Uint8Array | undefined {
    const mask = new Uint8Array(this.#sources.attributes.size);
    return this.mark(condition, mask) ? mask : undefined;
  }

  #test(condition: Tested): (doc: number) => boolean {
    const { attributes } = this.#sources;
    if (condition.kind === 'has') {
      const { what } = condition;
      return (doc) => attributes.has(what, doc);
    }
    // A paper without a year is in no range: its 0 is below every year.
    const { from = 1, to = Number.POSITIVE_INFINITY } = condition;
    const first = Math.max(1, from);
    return (doc) => attributes.numberOf('year', doc) >= first && attributes.numberOf('year', doc) <= to;
  }

  #markFact({ fact, text }: Extract<Condition, { kind: 'fact' }>, mask: Uint8Array): void {
    const { attributes } = this.#sources;
    const lists =
      fact === 'id' ? [attributes.documentsWithId(text)] : documentsWithWords(attributes, fact, text);
    for (const docs of lists) for (const doc of docs) mask[doc] = 1;
  }
}

type Tested = Extract<Condition, { kind: 'year' | 'has' }>;

function isTested(condition: Condition): condition is Tested {
  return condition.kind === 'year' || condition.kind === 'has';
}

/**
 * The papers of each value in which all words of a text stand, whole and in any order ("LG" in "cs.LG"); a text
 * without words stands for the value that equals it.
 */
export function documentsWithWords(
  attributes: FieldIndex,
  facet: EveryNameOf<'values'>,
  text: string,
): Uint32Array[] {
  const words = tokenize(text).filter(({ kind }) => kind === 'word');
  if (words.length === 0) return [attributes.documentsWith(facet, foldValue(text))];
  const surfaces = words.map(({ surface }) => surface);
  return attributes.valuesContaining(facet, surfaces).map((value) => attributes.documentsOf(facet, value));
}
