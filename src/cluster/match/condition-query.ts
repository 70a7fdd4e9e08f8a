import { PaperSearchError } from '../../errors.ts';
import type { Condition, QueryNotice, TextCondition } from '../../query/ast.ts';
import { ignoredNotice, stopWordsNotice } from '../../search/match/notices.ts';
import { hasOnlyStopWords } from '../../search/match/stop-words.ts';
import { analyzeQuery } from '../../text/query-analyzer.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { flagsPath, numberPath } from '../store/paths.ts';
import { withIdentifier, withValue, withWords } from './field-query.ts';
import { linkedQuery } from './link-query.ts';
import type { MatchTools } from './match-tools.ts';
import { authorQuery } from './people-query.ts';
import { allOf, anyOf, countClauses, EVERY_PAPER, NO_PAPER, noneOf, range, term } from './queries.ts';
import { textQuery, titlePhrase } from './text-query.ts';

/** The papers that match a condition. */
export interface ConditionMatch {
  readonly query: ClusterQuery;
  /** Remarks on parts that were ignored, or that could not be matched exactly. */
  readonly notices: readonly QueryNotice[];
  /** Whether a part was ignored, so that a paper that matches need not be what was asked for. */
  readonly ignoresPart: boolean;
}

/**
 * The papers that match a condition, exactly, as `matchCondition` finds them in an index on this machine: words beside
 * others that are all stop words are ignored, and a notice says so. To be called inside `Lookups.resolve`.
 * @throws PaperSearchError BAD_REQUEST for an unknown identifier of a work, and for what is too complex for a cluster.
 */
export function matchConditionIn(condition: Condition, tools: MatchTools): ConditionMatch {
  const compiler = new ConditionCompiler(tools);
  const query = compiler.compile(condition) ?? (compiler.ignoresPart ? NO_PAPER : EVERY_PAPER);
  const clauses = countClauses(query);
  if (clauses > MAX_CLAUSES) throw tooManyClauses(clauses);
  return { query, notices: compiler.notices, ignoresPart: compiler.ignoresPart };
}

/** What a cluster accepts of a condition, so that filters have room too: by default it refuses 1,024 clauses. */
const MAX_CLAUSES = 1_000;

function tooManyClauses(clauses: number): PaperSearchError {
  return new PaperSearchError(
    'BAD_REQUEST',
    `The query has ${clauses} clauses for a cluster, which accepts ${MAX_CLAUSES}: a phrase is one for each field that it is looked for in. Name fields (title:"…"), or split the query.`,
    { details: { parameter: 'q' } },
  );
}

class ConditionCompiler {
  readonly notices: QueryNotice[] = [];
  ignoresPart = false;
  readonly #tools: MatchTools;

  constructor(tools: MatchTools) {
    this.#tools = tools;
  }

  /** The papers that match; undefined if the condition has no requirements. */
  compile(condition: Condition): ClusterQuery | undefined {
    switch (condition.kind) {
      case 'and':
        return this.#together(condition.clauses, allOf);
      case 'or':
        return this.#together(condition.clauses, anyOf);
      case 'not': {
        const excluded = this.compile(condition.clause);
        return excluded && noneOf(excluded);
      }
      case 'year':
        return inRange('year', condition);
      case 'published':
        return inRange('day', condition);
      case 'instant':
        return inRange(condition.of, condition);
      case 'count':
        return range(numberPath(condition.of), condition.from, condition.to);
      case 'has':
        return term(flagsPath('has'), condition.what);
      case 'fact':
        return this.#fact(condition);
      default:
        return this.#text(condition);
    }
  }

  #together(
    clauses: readonly Condition[],
    combine: (queries: readonly ClusterQuery[]) => ClusterQuery,
  ): ClusterQuery | undefined {
    const queries = clauses.map((clause) => this.compile(clause)).filter((query) => query !== undefined);
    return queries.length === 0 ? undefined : combine(queries);
  }

  #fact({ fact, text }: Extract<Condition, { kind: 'fact' }>): ClusterQuery {
    const { known } = this.#tools;
    if (fact === 'cites' || fact === 'citedBy') return linkedQuery(text, fact, this.#tools);
    return fact === 'id' ? withIdentifier(text, fact, known) : withWords(fact, text);
  }

  #text(condition: TextCondition): ClusterQuery | undefined {
    if (condition.kind === 'prefix') return this.#prefix(condition);
    if (condition.field === 'author' && (condition.kind === 'words' || condition.kind === 'phrase')) {
      return authorQuery(condition.text, this.#tools) ?? NO_PAPER;
    }
    if (hasOnlyStopWords(condition.text, this.#tools.languages)) return this.#stopWords(condition);
    return textQuery(condition, this.#tools) ?? this.#nothingAsked(condition);
  }

  #prefix(condition: TextCondition): ClusterQuery | undefined {
    const { languages, known } = this.#tools;
    const found = textQuery(condition, this.#tools);
    if (!found) return this.#nothingAsked(condition);
    // "we cannot*": in prose, not an operator.
    const isProse = condition.field === undefined && analyzeQuery(condition.text, languages).length === 0;
    return isProse && known.count(found) === 0 ? this.#nothingAsked(condition) : found;
  }

  /** The papers of words that the index of words does not have. */
  #stopWords(condition: TextCondition): ClusterQuery | undefined {
    const { kind, field, text } = condition;
    if (field === undefined && kind !== 'phrase') return this.#nothingAsked(condition);
    if (field === 'venue' || field === 'keyword') return withValue(field, text);
    const isTitle = (field === undefined || field === 'title') && (kind === 'phrase' || kind === 'words');
    if (!isTitle || field !== 'title') this.notices.push(stopWordsNotice(condition, isTitle));
    return isTitle ? titlePhrase(text) : NO_PAPER;
  }

  #nothingAsked(condition: TextCondition): undefined {
    this.notices.push(ignoredNotice(condition));
    this.ignoresPart = true;
    return undefined;
  }
}

/** Papers without a year, a day or an instant have none, so they are in no range. */
function inRange(
  name: string,
  { from, to }: { readonly from: number | undefined; readonly to: number | undefined },
): ClusterQuery {
  return range(numberPath(name), Math.max(1, from ?? 1), to);
}
