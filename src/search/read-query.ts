import type { Condition, Query } from '../query/ast.ts';
import { parseQuery } from '../query/parser.ts';
import { printQuery } from '../query/printer.ts';
import type { SearchRequest } from './api.ts';

/** A query, and the text that it was understood as. */
export interface ReadQuery {
  readonly text: string;
  readonly query: Query;
}

/** Words beyond which signs are taken for those of prose: a pasted abstract, quotations and all. */
const MAX_WITH_SIGNS_LENGTH = 24;
/** The same where AND, OR or NOT stands in capitals: people write long queries with them, too. */
const MAX_WITH_OPERATORS_LENGTH = 40;
/** Prose has more words than this in a row without a sign; a query of many phrases or operators has not. */
const MAX_RUN_LENGTH = 10;

const OPERATOR = /(?<!\S)\(*(?:AND|OR|NOT)(?![^\s(])/;

/**
 * Reads a request's query in the query language; as text where that is said, and where it is prose.
 * @throws PaperSearchError BAD_REQUEST as `parseQuery` does.
 */
export function readQuery({
  query: text,
  strict,
  plain,
}: Pick<SearchRequest, 'query' | 'strict' | 'plain'>): ReadQuery {
  const asText = { plain: text, condition: undefined };
  if (plain) return { text, query: { ...asText, notices: [] } };
  const query = parseQuery(text, { strict });
  if (strict || !isProse(text, query)) return { text: printQuery(query), query };
  const message =
    'So long a text is taken for prose, its quotation marks, dashes and other signs for no operators.';
  return { text, query: { ...asText, notices: [{ span: { start: 0, end: text.length }, message }] } };
}

function isProse(text: string, { plain, condition }: Query): boolean {
  const most = OPERATOR.test(text) ? MAX_WITH_OPERATORS_LENGTH : MAX_WITH_SIGNS_LENGTH;
  if (!condition || wordsIn(text) <= most || !mayBeProse(condition)) return false;
  return Math.max(wordsIn(plain), longestRun(condition)) > MAX_RUN_LENGTH;
}

/** Whether a condition is of signs that prose has too: anything but fields. */
function mayBeProse(condition: Condition): boolean {
  if (condition.kind === 'and' || condition.kind === 'or') return condition.clauses.every(mayBeProse);
  if (condition.kind === 'not') return mayBeProse(condition.clause);
  return 'field' in condition && condition.field === undefined;
}

/** The most words without a sign that stand together in a condition. */
function longestRun(condition: Condition): number {
  if (condition.kind === 'and' || condition.kind === 'or')
    return Math.max(...condition.clauses.map(longestRun));
  if (condition.kind === 'not') return longestRun(condition.clause);
  return condition.kind === 'words' ? wordsIn(condition.text) : 0;
}

function wordsIn(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
