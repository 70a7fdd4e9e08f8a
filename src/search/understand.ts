import { identifierShapeOf } from '../papers/identifier-shape.ts';
import type { Condition, QueryNotice } from '../query/ast.ts';
import type { YearRange } from '../query/fields.ts';
import { printQuery } from '../query/printer.ts';
import { unquoted } from '../query/words.ts';
import { preferredYearsOf } from '../query/years.ts';
import { fold } from '../text/fold.ts';
import type { Language } from '../text/languages.ts';
import { stem } from '../text/stemmer.ts';
import type { SearchRequest } from './api.ts';
import type { Corpus } from './corpus.ts';
import { hasOnlyStopWords } from './match/stop-words.ts';
import { type ParsedQuery, parse } from './parse.ts';

/** Longer texts are not an identifier. */
const MAX_IDENTIFIER_LENGTH = 1000;
/** More papers of one title are listed by the title. */
const MAX_EQUAL = 20;
/** An id of the index by itself: no white space, and a digit, so that a word remains a word. */
const OWN_ID = /^(?=\D*\d)(?!\d+$)\S{3,}$/;

/** What queries are understood with. */
export interface QueryKnowledge {
  /** Those of the index. */
  readonly languages: readonly Language[];
  /** Whether two terms are neighbours in any paper. */
  areNeighbours(first: string, second: string): boolean;
  /** How many papers have an identifier, their own or one that others gave. */
  countWithId(identifier: string): number;
  /** The titles of all papers, which only queries of stop words need. */
  titles(): Promise<TitleKnowledge>;
}

export interface TitleKnowledge {
  /** Ids of the papers whose titles are exactly the words of a text; undefined for more than `max`. */
  equalTo(text: string, max: number): readonly string[] | undefined;
  /** Whether a title contains the words of a text, one after another. */
  hasPhrase(text: string): boolean;
}

/** What an index knows. */
export function knowledgeOf({
  fields,
  indexes: { lexical },
  titles,
  paperAt,
}: Pick<Corpus, 'fields' | 'indexes' | 'titles' | 'paperAt'>): QueryKnowledge {
  return {
    languages: lexical.languages,
    areNeighbours: (first, second) => lexical.areNeighbours(first, second),
    countWithId: (identifier) => fields.documentsWithId(identifier).length,
    titles: async () => {
      const all = await titles.get();
      return {
        equalTo: (text, max) => {
          const equal = all.equalTo(text);
          return equal.length > max ? undefined : equal.map((doc) => paperAt(doc).id);
        },
        hasPhrase: (text) => all.withPhrase(text).length > 0,
      };
    },
  };
}

/**
 * Reads a query with the knowledge of the index. A query that is nothing but an identifier or an address of a paper asks
 * for that paper; one of stop words alone, for the papers with such titles; and years in plain words are preferred.
 * Every other query is what `parse` makes of it.
 * @throws PaperSearchError BAD_REQUEST as `parse` does.
 */
export async function understand(
  request: Pick<SearchRequest, 'query' | 'strict' | 'plain' | 'mode'>,
  knowledge: QueryKnowledge,
): Promise<ParsedQuery> {
  const parsed = parse(request);
  if (request.plain) return parsed;
  const { query } = parsed;
  if (
    query.condition === undefined &&
    request.mode !== 'semantic' &&
    hasOnlyStopWords(query.plain, knowledge.languages)
  ) {
    return withTitles(parsed, request.mode === 'keyword', knowledge);
  }
  return asIdentifier(request.query, parsed, knowledge) ?? withYears(parsed, knowledge);
}

/** The paper of an identifier; undefined for a text that is not one. */
function asIdentifier(
  given: string,
  parsed: ParsedQuery,
  knowledge: Pick<QueryKnowledge, 'countWithId'>,
): ParsedQuery | undefined {
  const text = given.trim();
  if (text.length > MAX_IDENTIFIER_LENGTH) return undefined;
  const shape = identifierShapeOf(text);
  if (!shape && !OWN_ID.test(text)) return undefined;
  const found = knowledge.countWithId(text);
  if (found === 0 && !shape) return undefined;
  const span = { start: 0, end: given.length };
  const name = shape?.name ?? 'identifier';
  if (found === 0) return noticed(parsed, `No paper has the ${name} "${text}", so it was searched as text.`);
  const papers = found === 1 ? 'a paper' : `${found} papers`;
  const message = `"${text}" was recognised as the ${name} of ${papers}.`;
  const condition = { kind: 'fact', fact: 'id', text: unquoted(text), span } as const;
  return conditionOnly(condition, message);
}

/** The papers whose titles are these stop words, else those whose titles contain them one after another. */
async function withTitles(
  parsed: ParsedQuery,
  isRequired: boolean,
  { titles }: Pick<QueryKnowledge, 'titles'>,
): Promise<ParsedQuery> {
  const { plain } = parsed.query;
  const span = { start: 0, end: plain.length };
  const all = await titles();
  const equal = all.equalTo(plain, MAX_EQUAL) ?? [];
  if (equal.length > 0) {
    const clauses = equal.map((id) => ({ kind: 'fact', fact: 'id', text: unquoted(id), span }) as const);
    const condition = clauses.length === 1 ? clauses[0]! : ({ kind: 'or', clauses, span } as const);
    return conditionOnly(condition, `"${plain}" was recognised as a title.`);
  }
  if (!isRequired && !all.hasPhrase(plain)) return parsed;
  const message = `"${plain}" has only very frequent words, so it was looked for in titles.`;
  return conditionOnly({ kind: 'phrase', field: 'title', text: unquoted(plain), span }, message);
}

/** The years of plain words as a preference. A year alone remains a word where papers write it beside its neighbour. */
function withYears(parsed: ParsedQuery, knowledge: Pick<QueryKnowledge, 'areNeighbours'>): ParsedQuery {
  const { query } = parsed;
  const found = preferredYearsOf(query.plain);
  if (!found) return parsed;
  const { from, to, phrase, pair, isHint } = found;
  const isName = pair && knowledge.areNeighbours(stem(fold(pair[0])), stem(fold(pair[1])));
  const rest = isName ? query.plain : found.rest;
  const others = isHint ? 'others that are about as relevant' : 'others';
  const message = `"${phrase}": papers of ${saidYears(found)} come before ${others}. To see no others, write year:${writtenYears(found)}.`;
  return {
    ...noticed({ ...parsed, query: { ...query, plain: rest } }, message),
    years: { from, to, isHint },
  };
}

function saidYears({ from, to }: YearRange): string {
  if (from === undefined) return `${to} and earlier`;
  if (to === undefined) return `${from} and later`;
  return from === to ? String(from) : `${from} to ${to}`;
}

function writtenYears({ from, to }: YearRange): string {
  return from === to ? String(from) : `${from ?? ''}..${to ?? ''}`;
}

function conditionOnly(condition: Condition, message: string): ParsedQuery {
  const query = { plain: '', condition, notices: [{ span: condition.span, message }] };
  return { text: printQuery(query), query };
}

function noticed(parsed: ParsedQuery, message: string): ParsedQuery {
  const { query } = parsed;
  const notice: QueryNotice = { span: { start: 0, end: query.plain.length }, message };
  return { ...parsed, query: { ...query, notices: [...query.notices, notice] } };
}
