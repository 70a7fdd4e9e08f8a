import { MAX_CONDITIONS } from '../limits.ts';
import type { Condition, Query } from '../query/ast.ts';
import { parseQuery } from '../query/parser.ts';
import { printQuery } from '../query/printer.ts';
import { readStrategy } from '../query/strategies/strategy.ts';
import type { PreferredRange } from '../query/years.ts';
import type { SearchRequest } from './api.ts';

/** A query, and the text that it was parsed to. */
export interface ParsedQuery {
  /** The query as text with the same meaning that can be edited. */
  readonly text: string;
  readonly query: Query;
  /** Years whose papers come before others that are about as relevant. */
  readonly years?: PreferredRange | undefined;
  /** Whether the text is a search strategy of PubMed, Ovid or the like: its spelling is that of its syntax. */
  readonly isStrategy?: boolean | undefined;
}

/** Most words of a query in which quotation marks, dashes and brackets are operators: longer ones are pasted prose. */
const MAX_WITH_MARKS_LENGTH = 24;
/** The same for a query with AND, OR or NOT in capitals: people write such long queries, too. */
const MAX_WITH_OPERATORS_LENGTH = 40;
/** Prose has more words than this in a row without an operator; a query of many phrases or operators has fewer. */
const MAX_RUN_LENGTH = 10;

const OPERATOR = /(?<!\S)\(*(?:AND|OR|NOT)(?![^\s(])/;

/**
 * The stage `parse`: reads the query of a request in the query language, or as a search strategy of PubMed, Ovid,
 * Cochrane or Embase where it is recognised as one. With `plain`, and for prose, the query is text
 * without operators.
 * @throws PaperSearchError BAD_REQUEST as `parseQuery` and `readStrategy` do.
 */
export function parse({
  query: text,
  strict,
  plain,
}: Pick<SearchRequest, 'query' | 'strict' | 'plain'>): ParsedQuery {
  const asText = { plain: text, condition: undefined };
  if (plain) return { text, query: { ...asText, notices: [] } };
  const strategy = readStrategy(text, { strict });
  if (strategy) {
    const { query, leaves } = strategy;
    // A query with more conditions could not be read again.
    return { text: leaves <= MAX_CONDITIONS ? printQuery(query) : text, query, isStrategy: true };
  }
  const query = parseQuery(text, { strict });
  if (strict || !isProse(text, query)) return { text: printQuery(query), query };
  const message =
    'A text this long is treated as prose: its quotation marks, dashes and other characters are not operators.';
  return { text, query: { ...asText, notices: [{ span: { start: 0, end: text.length }, message }] } };
}

function isProse(text: string, { plain, condition }: Query): boolean {
  const max = OPERATOR.test(text) ? MAX_WITH_OPERATORS_LENGTH : MAX_WITH_MARKS_LENGTH;
  if (!condition || wordsIn(text) <= max || !mayBeProse(condition)) return false;
  return Math.max(wordsIn(plain), longestRun(condition)) > MAX_RUN_LENGTH;
}

/** Whether a condition uses only characters that prose also contains: anything except fields. */
function mayBeProse(condition: Condition): boolean {
  if (condition.kind === 'and' || condition.kind === 'or') return condition.clauses.every(mayBeProse);
  if (condition.kind === 'not') return mayBeProse(condition.clause);
  return 'field' in condition && condition.field === undefined;
}

/** The longest run of words without an operator in a condition. */
function longestRun(condition: Condition): number {
  if (condition.kind === 'and' || condition.kind === 'or')
    return Math.max(...condition.clauses.map(longestRun));
  if (condition.kind === 'not') return longestRun(condition.clause);
  return condition.kind === 'words' ? wordsIn(condition.text) : 0;
}

function wordsIn(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
