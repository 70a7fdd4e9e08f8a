import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import type { KeywordIndex } from '../../indexes/keyword/keyword-index.ts';
import type { CorpusMap } from '../../indexes/map/corpus-map.ts';
import type { EveryNameOf } from '../../papers/internal-fields.ts';
import type { Paper } from '../../papers/paper.ts';
import type { Condition, QueryNotice, TextCondition } from '../../query/ast.ts';
import { foldValue } from '../../text/fold-value.ts';
import { analyzeQuery } from '../../text/query-analyzer.ts';
import { tokenize } from '../../text/tokenizer.ts';
import { intersect, keep, unite } from '../../util/mask.ts';
import { markAuthor } from './authors.ts';
import { linkedTo } from './links.ts';
import { Match } from './match.ts';
import { ignoredNotice, stopWordsNotice } from './notices.ts';
import { keepPrefixWords } from './prefix-words.ts';
import { hasOnlyStopWords, keepPhrases } from './stop-words.ts';
import type { Titles } from './titles.ts';

/** The indexes that conditions are matched with, all over the same papers. */
export interface MatchSources {
  readonly lexical: Pick<KeywordIndex, 'match' | 'expansions' | 'languages'>;
  readonly fields: FieldIndex;
  /** Undefined for an index without a map. */
  readonly map?: CorpusMap | undefined;
  /** Reads a paper. Without it, a prefix also matches words that only share the stem of a word that begins with it. */
  readonly paperAt?: ((doc: number) => Paper) | undefined;
  /** Without them, a phrase of stop words cannot be matched. */
  readonly titles?: Titles | undefined;
}

/**
 * The papers that match a condition, exactly. Words beside others that are all stop words are ignored, whether they are
 * required or excluded, and a notice says so; a condition without any other part matches no paper. A phrase of stop words
 * is looked for in titles; where it cannot be, it matches no paper, and a notice says so.
 * @throws PaperSearchError BAD_REQUEST when the keyword engine cannot answer a part of it.
 */
export function matchCondition(condition: Condition, sources: MatchSources): Match {
  const matcher = new ConditionMatcher(sources);
  const mask = new Uint8Array(sources.fields.size);
  // Filters without a condition ask for nothing, and ignore nothing.
  if (!matcher.mark(condition, mask) && !matcher.ignoresPart) mask.fill(1);
  return new Match(mask, matcher.notices, matcher.ignoresPart);
}

class ConditionMatcher {
  readonly notices: QueryNotice[] = [];
  ignoresPart = false;
  readonly #sources: MatchSources;

  constructor(sources: MatchSources) {
    this.#sources = sources;
  }

  /** Sets the mask of every paper that matches a condition. @returns false if the condition has no requirements. */
  mark(condition: Condition, mask: Uint8Array): boolean {
    switch (condition.kind) {
      case 'and':
        return this.#markAll(condition.clauses, mask);
      case 'or':
        // Not only `some`: every clause has to be marked.
        return condition.clauses.map((clause) => this.mark(clause, mask)).some((asked) => asked);
      case 'not': {
        const excluded = this.#maskOf(condition.clause);
        if (!excluded) return false;
        for (let doc = 0; doc < mask.length; doc++) if (excluded[doc] === 0) mask[doc] = 1;
        return true;
      }
      case 'year':
      case 'published':
      case 'count':
      case 'instant':
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
        if (condition.field === 'author' && (condition.kind === 'words' || condition.kind === 'phrase')) {
          markAuthor(condition.text, this.#sources.lexical, this.#sources.fields, mask);
          return true;
        }
        if (hasOnlyStopWords(condition.text, this.#sources.lexical.languages))
          return this.#markStopWords(condition, mask);
        if (condition.kind === 'phrase') return this.#markPhrase(condition, mask);
        if (this.#sources.lexical.match(condition, mask)) return true;
        return this.#nothingAsked(condition);
    }
  }

  #markPrefix(condition: TextCondition, mask: Uint8Array): boolean {
    const { lexical, paperAt } = this.#sources;
    const found = new Uint8Array(mask.length);
    if (!lexical.match(condition, found)) return this.#nothingAsked(condition);
    // "we cannot*": in prose, not an operator.
    if (
      condition.field === undefined &&
      analyzeQuery(condition.text, lexical.languages).length === 0 &&
      !found.includes(1)
    ) {
      return this.#nothingAsked(condition);
    }
    if (paperAt && !keepPrefixWords(condition, found, lexical, paperAt)) {
      const message = `"${condition.text}*" matches so many papers that papers with other words of the same stem are included.`;
      this.notices.push({ span: condition.span, message });
    }
    unite(mask, found);
    return true;
  }

  /** Marks the papers of a phrase, with its stop words. */
  #markPhrase(condition: TextCondition, mask: Uint8Array): boolean {
    const { lexical, paperAt } = this.#sources;
    const found = new Uint8Array(mask.length);
    if (!lexical.match(condition, found)) return this.#nothingAsked(condition);
    if (paperAt && !keepPhrases(condition, found, paperAt, lexical.languages)) {
      const message = `"${condition.text}" matches so many papers that papers with other words in place of its stop words are included.`;
      this.notices.push({ span: condition.span, message });
    }
    unite(mask, found);
    return true;
  }

  /** Marks the papers of words that the keyword index does not have. */
  #markStopWords(condition: TextCondition, mask: Uint8Array): boolean {
    const { fields, titles } = this.#sources;
    const { kind, field, text } = condition;
    if (field === undefined && kind !== 'phrase') return this.#nothingAsked(condition);
    if (field === 'venue' || field === 'keyword') {
      for (const doc of fields.documentsWith(field, foldValue(text))) mask[doc] = 1;
      return true;
    }
    const isTitle = (field === undefined || field === 'title') && (kind === 'phrase' || kind === 'words');
    if (isTitle && titles) for (const doc of titles.withPhrase(text)) mask[doc] = 1;
    if (isTitle && titles && field === 'title') return true;
    this.notices.push(stopWordsNotice(condition, isTitle && titles !== undefined));
    return true;
  }

  #nothingAsked(condition: TextCondition): boolean {
    this.notices.push(ignoredNotice(condition));
    this.ignoresPart = true;
    return false;
  }

  #markAll(clauses: readonly Condition[], mask: Uint8Array): boolean {
    // Text first: conditions that are tested paper by paper are then tested only on papers that match.
    let all: Uint8Array | undefined;
    const cheap = clauses.filter(isTested);
    for (const clause of clauses) {
      if (isTested(clause)) continue;
      const matched = this.#maskOf(clause);
      if (!matched) continue;
      if (all) intersect(all, matched);
      else all = matched;
    }
    if (!all && cheap.length === 0) return false;
    all ??= new Uint8Array(mask.length).fill(1);
    for (const clause of cheap) keep(all, this.#test(clause));
    unite(mask, all);
    return true;
  }

  /** The mask of a condition by itself; undefined if it has no requirements. */
  #maskOf(condition: Condition): Uint8Array | undefined {
    const mask = new Uint8Array(this.#sources.fields.size);
    return this.mark(condition, mask) ? mask : undefined;
  }

  #test(condition: Tested): (doc: number) => boolean {
    const { fields } = this.#sources;
    if (condition.kind === 'has') {
      const { what } = condition;
      return (doc) => fields.has(what, doc);
    }
    if (condition.kind === 'count') {
      const { of, from = 0, to = Number.POSITIVE_INFINITY } = condition;
      return (doc) => fields.numberOf(of, doc) >= from && fields.numberOf(of, doc) <= to;
    }
    const field = condition.kind === 'instant' ? condition.of : condition.kind === 'year' ? 'year' : 'day';
    // A paper without a date is not in any range: its 0 is below every year, day and instant.
    const { from = 1, to = Number.POSITIVE_INFINITY } = condition;
    const first = Math.max(1, from);
    return (doc) => fields.numberOf(field, doc) >= first && fields.numberOf(field, doc) <= to;
  }

  #markFact({ fact, text }: Extract<Condition, { kind: 'fact' }>, mask: Uint8Array): void {
    const { fields } = this.#sources;
    if (fact === 'cites' || fact === 'citedBy') {
      for (const doc of linkedTo(text, fact, this.#sources)) mask[doc] = 1;
      return;
    }
    const lists = fact === 'id' ? [fields.documentsWithId(text)] : documentsWithWords(fields, fact, text);
    for (const docs of lists) for (const doc of docs) mask[doc] = 1;
  }
}

type Tested = Extract<Condition, { kind: 'year' | 'published' | 'count' | 'instant' | 'has' }>;

function isTested(condition: Condition): condition is Tested {
  return ['year', 'published', 'count', 'instant', 'has'].includes(condition.kind);
}

/**
 * The papers of each value that contains all words of a text, whole and in any order ("LG" in "cs.LG"); of a text
 * without words, the papers of the value that equals it.
 */
export function documentsWithWords(
  fields: FieldIndex,
  facet: EveryNameOf<'values'>,
  text: string,
): Uint32Array[] {
  const words = tokenize(text).filter(({ kind }) => kind === 'word');
  if (words.length === 0) return [fields.documentsWith(facet, foldValue(text))];
  const surfaces = words.map(({ surface }) => surface);
  return fields.valuesContaining(facet, surfaces).map((value) => fields.documentsOf(facet, value));
}
