import { dayRangeOf } from '../../../papers/semantic-scholar/dates.ts';
import { corpusIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { Condition } from '../../../query/ast.ts';
import type { Hit } from '../../../search/api.ts';
import type { PaperSelection, Snapshot } from '../../../search/engine.ts';
import { analyze } from '../../../text/analyzer.ts';
import { analysisLanguage } from '../../../text/languages.ts';
import { sentenceSpans } from '../../../text/sentences.ts';
import type { Span } from '../../../text/span.ts';
import { VERSION } from '../../../version.ts';
import { unacceptable } from './errors.ts';
import { type FieldSelection, insideOf } from './field-selection.ts';
import { type FilterParameters, selectionOf } from './filters.ts';
import { findPaper } from './paper-lookup.ts';
import { isNothing, rank } from './relevance.ts';

/** Minimum number of papers whose sentences are compared. */
const MIN_PAPERS = 30;
/** Maximum number of snippets of a paper. */
const MAX_OF_PAPER = 3;
const MAX_AUTHORS = 10;
const MAX_PAPER_IDS = 100;

export interface SnippetRequest extends FilterParameters {
  readonly query: string;
  readonly limit: number;
  /** Comma-separated ids of any kind: the only papers to search. Unknown ids are ignored. */
  readonly paperIds?: string | undefined;
  /** Comma-separated names that a paper must all have; each word may have up to two edits. */
  readonly authors?: string | undefined;
  /** A day. It is not known when papers were added, so this excludes nothing. */
  readonly insertedBefore?: string | undefined;
  readonly selection: FieldSelection;
}

export interface SnippetResponse {
  readonly data: readonly Record<string, unknown>[];
  readonly retrievalVersion: string;
}

/** A sentence or a title, with the score that ranks it. */
interface Snippet {
  readonly hit: Hit;
  readonly kind: 'title' | 'abstract';
  readonly span: Span;
  readonly text: string;
  readonly score: number;
}

/**
 * The sentences and titles that match a text best. The score is the mean of two numbers of at most about 1: the paper's
 * score in the hybrid ranking, and the share of the text's words that the snippet contains.
 * @throws PaperSearchError BAD_REQUEST for a parameter that is not allowed.
 */
export async function searchSnippets(request: SnippetRequest, snapshot: Snapshot): Promise<SnippetResponse> {
  const { query, limit, selection } = request;
  const answer = await rank(query, snapshot, await papersToSearch(request, snapshot), {
    offset: 0,
    limit: Math.max(limit, MIN_PAPERS),
    highlight: true,
  });
  const hits = (await isNothing(answer, snapshot)) ? [] : answer.hits;
  const snippets = hits
    .flatMap((hit) => snippetsOf(hit, query))
    .sort((a, b) => b.score - a.score || a.hit.rank - b.hit.rank || a.span.start - b.span.start);
  return {
    data: snippets.slice(0, limit).map((snippet) => presentSnippet(snippet, selection)),
    retrievalVersion: `paper-search-${VERSION}`,
  };
}

async function papersToSearch(request: SnippetRequest, snapshot: Snapshot): Promise<PaperSelection> {
  const { paperIds, authors, insertedBefore } = request;
  if (insertedBefore && !dayRangeOf(insertedBefore)) throw unacceptable('insertedBefore', insertedBefore);
  const selection = selectionOf(request);
  const names = listed('authors', authors, MAX_AUTHORS);
  const clauses = names.flatMap((name) => name.split(/\s+/)).map(authorWord);
  const condition: Condition | undefined =
    clauses.length > 0 ? { kind: 'and', clauses, span: { start: 0, end: 0 } } : undefined;
  const wanted = listed('paperIds', paperIds, MAX_PAPER_IDS);
  if (wanted.length === 0 || selection.ids) return { ...selection, condition };
  const found = await Promise.all(wanted.map((id) => findPaper(id, snapshot)));
  return { ...selection, condition, ids: found.filter((id) => id !== undefined) };
}

function listed(name: string, text: string | undefined, max: number): string[] {
  const values = (text ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (values.length > max) throw unacceptable(name, text);
  return values;
}

/**
 * The condition of a word of a name, which may be misspelt. An initial may not: every letter would be similar to it.
 */
function authorWord(word: string): Condition {
  const span = { start: 0, end: 0 };
  const letters = word.replace(/[^\p{L}\p{N}]/gu, '').length;
  if (letters < 4) return { kind: 'words', text: word, field: 'author', span };
  return { kind: 'fuzzy', text: word, edits: letters < 6 ? 1 : 2, field: 'author', span };
}

/** The best snippets of a paper; at least one, since it may be similar in meaning without a common word. */
function snippetsOf(hit: Hit, query: string): Snippet[] {
  const { title, abstract, language } = hit.paper;
  const terms = new Set(analyze(query, analysisLanguage(language)).map(({ term }) => term));
  const candidates = [
    ...(title === '' ? [] : [{ kind: 'title' as const, span: { start: 0, end: title.length }, text: title }]),
    ...sentenceSpans(abstract).map((span) => ({
      kind: 'abstract' as const,
      span,
      text: abstract.slice(span.start, span.end),
    })),
  ];
  return candidates
    .map((candidate) => ({
      ...candidate,
      hit,
      score: (hit.score + coverage(hit, candidate.kind, candidate.span, terms)) / 2,
    }))
    .sort((a, b) => b.score - a.score)
    .filter(({ score }, i) => i === 0 || (i < MAX_OF_PAPER && score > hit.score / 2));
}

/** The share of the terms that a part of a paper contains, by its highlights. */
function coverage(
  { highlights, paper }: Hit,
  kind: 'title' | 'abstract',
  { start, end }: Span,
  terms: ReadonlySet<string>,
): number {
  if (terms.size === 0) return 0;
  const language = analysisLanguage(paper.language);
  const inside = highlights.filter(
    (highlight) => highlight.field === kind && highlight.start >= start && highlight.end <= end,
  );
  const found = new Set(inside.flatMap(({ text }) => analyze(text, language).map(({ term }) => term)));
  return Array.from(terms).filter((term) => found.has(term)).length / terms.size;
}

const PARTS = ['text', 'snippetKind', 'section', 'snippetOffset', 'annotations'] as const;
const ANNOTATIONS = ['sentences', 'refMentions'] as const;

function presentSnippet(
  { hit, kind, span, text, score }: Snippet,
  selection: FieldSelection,
): Record<string, unknown> {
  const { paper } = hit;
  const field = selection.get('snippet');
  const wanted = field ? insideOf(field, ...PARTS) : new Map();
  const annotations = wanted.get('annotations');
  const inside = annotations ? insideOf(annotations, ...ANNOTATIONS) : new Map();
  const values = {
    text,
    snippetKind: kind,
    section: null,
    snippetOffset: span,
    annotations: {
      ...(inside.has('sentences') && { sentences: [{ start: 0, end: text.length }] }),
      // References are unknown.
      ...(inside.has('refMentions') && { refMentions: [] }),
    },
  };
  return {
    score: Math.round(score * 1e6) / 1e6,
    snippet: Object.fromEntries(PARTS.filter((part) => wanted.has(part)).map((part) => [part, values[part]])),
    paper: {
      corpusId: String(corpusIdOf(paper)),
      title: paper.title,
      authors: paper.authors,
      openAccessInfo: { license: null, status: null, disclaimer: null },
    },
  };
}
