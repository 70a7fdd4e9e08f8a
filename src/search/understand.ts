import { identifierShapeOf } from '../papers/identifier-shape.ts';
import type { QueryNotice } from '../query/ast.ts';
import { printQuery } from '../query/printer.ts';
import type { SearchRequest } from './api.ts';
import type { Corpus } from './corpus.ts';
import { type ParsedQuery, parse } from './parse.ts';

/** Longer texts are not an identifier. */
const MAX_IDENTIFIER_LENGTH = 1000;
/** An id of the index by itself: no white space, and a digit, so that a word remains a word. */
const OWN_ID = /^(?=\D*\d)(?!\d+$)\S{3,}$/;

/**
 * Reads a query with the knowledge of the index: a query that is nothing but an identifier or an address of a paper
 * asks for that paper. Every other query is read by `parse`.
 * @throws PaperSearchError BAD_REQUEST as `parse` does.
 */
export function understand(
  request: Pick<SearchRequest, 'query' | 'strict' | 'plain'>,
  { attributes }: Pick<Corpus, 'attributes'>,
): ParsedQuery {
  const text = request.query.trim();
  if (text.length > MAX_IDENTIFIER_LENGTH || request.plain) return parse(request);
  const shape = identifierShapeOf(text);
  if (!shape && !OWN_ID.test(text)) return parse(request);
  const found = attributes.documentsWithId(text).length;
  if (found === 0 && !shape) return parse(request);
  const span = { start: 0, end: request.query.length };
  const name = shape?.name ?? 'identifier';
  if (found === 0) {
    const parsed = parse(request);
    const message = `No paper has the ${name} "${text}", so it was searched as text.`;
    return { ...parsed, query: { ...parsed.query, notices: [...parsed.query.notices, { span, message }] } };
  }
  const papers = found === 1 ? 'a paper' : `${found} papers`;
  const notice: QueryNotice = { span, message: `"${text}" was recognised as the ${name} of ${papers}.` };
  const condition = { kind: 'fact', fact: 'id', text: text.replace(/["“”„«»]/gu, ''), span } as const;
  const query = { plain: '', condition, notices: [notice] };
  return { text: printQuery(query), query };
}
