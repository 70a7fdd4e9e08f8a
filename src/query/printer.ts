import { FIELDS } from '../papers/fields.ts';
import type { Condition, Query, TextCondition } from './ast.ts';
import { printInstants } from './instants.ts';
import { opensQuotation } from './quotes.ts';
import { isTiedNumber } from './words.ts';

/** The name of each field before a colon. */
const NAMES = new Map(FIELDS.flatMap((field) => ('query' in field ? [[field.name, field.query[0]]] : [])));

/**
 * A query as text that can be edited: `parseQuery` returns an equal query for it, except spans and notices.
 * @param query from `parseQuery`, or combined from such conditions.
 */
export function printQuery({ plain, condition }: Query): string {
  if (condition === undefined) return plain;
  return [printRequired(condition, plain !== ''), plain].filter((part) => part !== '').join(' ');
}

/** The conditions before the plain words, if any: without an operator, words among them would be plain. */
function printRequired(condition: Condition, beforePlain: boolean): string {
  if (condition.kind === 'or')
    return beforePlain ? `(${printCondition(condition)})` : printCondition(condition);
  if (condition.kind !== 'and') return printCondition(condition);
  const hasWords = condition.clauses.some((clause) => clause.kind === 'words' && clause.field === undefined);
  if (!hasWords) return condition.clauses.map(printClause).join(' ');
  return beforePlain ? `(${printCondition(condition)})` : printCondition(condition);
}

/** A condition as text in the query language. */
function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
      return condition.clauses.map(printClause).join(' AND ');
    case 'or':
      return condition.clauses.map(printCondition).join(' OR ');
    case 'not':
      return printNot(condition.clause);
    case 'year':
      return `year:${printYears(condition.from, condition.to)}`;
    case 'published':
      // The query language cannot ask for it, but whoever reads a selection should see it.
      return `published:${isoDay(condition.from)}..${isoDay(condition.to)}`;
    case 'has':
      return `has:${condition.what}`;
    case 'count':
      return `${condition.of}:${printCounts(condition.from, condition.to)}`;
    case 'instant':
      return `${condition.of}:${printInstants(condition)}`;
    case 'fact':
      return `${NAMES.get(condition.fact)!}:${isBare(condition.text) ? condition.text : `"${condition.text}"`}`;
    default:
      return printText(condition);
  }
}

/** A clause of `and`: OR binds looser. */
function printClause(condition: Condition): string {
  return condition.kind === 'or' ? `(${printCondition(condition)})` : printCondition(condition);
}

function printNot(clause: Condition): string {
  const text = printCondition(clause);
  if (clause.kind === 'not') return `NOT ${text}`;
  if (clause.kind === 'and' || clause.kind === 'or') return `-(${text})`;
  const isWords = clause.kind === 'words' && clause.field === undefined;
  return isWords && !/^\p{L}\S*$/u.test(text) ? `-(${text})` : `-${text}`;
}

function printText(condition: TextCondition): string {
  const field = condition.field === undefined ? '' : `${condition.field}:`;
  const { text } = condition;
  switch (condition.kind) {
    case 'words':
      return field !== '' && text.includes(' ') ? `${field}(${text})` : `${field}${text}`;
    case 'phrase':
      return `${field}"${text}"`;
    case 'near':
      return `${field}"${text}"~${condition.distance}`;
    case 'prefix':
      return `${field}${text}*`;
    case 'fuzzy':
      // Before a number, a capital letter would make it text. It had no number, so the default number of edits applies.
      return `${field}${text}~${field === '' && isTiedNumber(`${text}~1`) ? '' : condition.edits}`;
  }
}

function isoDay(day: number): string {
  return String(day)
    .padStart(8, '0')
    .replace(/^(\d+)(\d{2})(\d{2})$/, '$1-$2-$3');
}

function printYears(from: number | undefined, to: number | undefined): string {
  return from === to ? fourDigits(from) : `${fourDigits(from)}..${fourDigits(to)}`;
}

function printCounts(from: number | undefined, to: number | undefined): string {
  return from === to ? String(from) : `${from ?? ''}..${to ?? ''}`;
}

function fourDigits(year: number | undefined): string {
  return year === undefined ? '' : String(year).padStart(4, '0');
}

/** Whether the value of a field needs no quotation marks. */
function isBare(text: string): boolean {
  return !/[\s()]|[,;]$/u.test(text) && !opensQuotation(text, 0);
}
