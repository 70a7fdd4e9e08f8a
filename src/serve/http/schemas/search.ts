import { z } from 'zod';
import { FACETS } from '../../../papers/fields.ts';
import { CONFIDENCE_LEVELS } from '../../../search/confidence.ts';
import { REJECTED_HIDDEN_DESCRIPTION } from '../../../search/match/rejected.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { Encoded } from './encoded.ts';
import { Explanation } from './explanation.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';

const SpanFields = z.object({ start: z.int().min(0), end: z.int().min(0) });
const Span = SpanFields.meta({
  id: 'Span',
  description: 'A place in a text: start and end in UTF-16 code units; the end is exclusive.',
});
export const SearchMode = z.enum(SEARCH_MODES).meta({ id: 'SearchMode' });

/** The schema of `Confidence` in src/search/confidence.ts. */
export const Confidence = z
  .object({
    level: z
      .enum(CONFIDENCE_LEVELS)
      .describe(
        '`strong`: the index has it. `weak`: it may have it, or only something similar. `none`: it has nothing relevant.',
      ),
    score: z
      .number()
      .describe('The score that decides the level. Comparable between queries of the same mode.'),
  })
  .meta({ id: 'Confidence', description: 'How likely an answer contains what was asked for.' });

/** The schema of `Verdict` in src/search/deprecated-names.ts. */
export const Verdict = z
  .object({
    level: z.enum(CONFIDENCE_LEVELS).describe('`level` of `confidence`.'),
    evidence: z.number().describe('`score` of `confidence`.'),
  })
  .meta({ id: 'Verdict', description: 'The former name of `Confidence`.', deprecated: true });

const Highlight = SpanFields.extend({ field: z.enum(['title', 'abstract']), text: z.string() }).meta({
  id: 'Highlight',
  description: 'A match of the query: start and end in UTF-16 code units; the end is exclusive.',
});

/** The schema of `Hit` in src/search/api.ts. */
export const Hit = z
  .object({
    rank: z.int().min(1).describe('Rank in the whole ranking, from 1.'),
    score: z.number().describe('Comparable within one answer; in semantic mode, the cosine.'),
    paper: Paper,
    highlights: z.array(Highlight),
    explanation: Explanation.optional().describe('Only with `explain=true`.'),
  })
  .meta({ id: 'Hit', description: 'A paper in an answer.' });

const Replacement = z
  .object({ from: z.string(), to: z.string(), span: Span })
  .meta({ id: 'Replacement', description: 'A word of the query, another word, and its place in the query.' });
const SpellingProposal = z.object({ text: z.string(), replacements: z.array(Replacement) }).meta({
  id: 'SpellingProposal',
  description: 'The query with its spelling corrected to words of the corpus.',
});

/** The schema of `FacetCounts` in src/search/api.ts. */
export const FacetCounts = z
  .object({
    papers: z
      .int()
      .describe('Number of counted papers: the relevant ones, or those that match the condition.'),
    values: z.partialRecord(z.enum(FACETS), z.array(z.object({ value: z.string(), count: z.int() }))),
  })
  .meta({ id: 'FacetCounts' });

const FallbackMs = z.number().min(0).describe('How long it took (milliseconds), of `tookMs` of the answer.');
const Fallback = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('spelling'),
      query: z.string(),
      replacements: z.array(Replacement),
      first: Confidence,
      tookMs: FallbackMs,
    }),
    z.object({ kind: z.literal('sentences'), papers: z.int(), first: Confidence, tookMs: FallbackMs }),
  ])
  .meta({ id: 'Fallback', description: 'What replaced the first answer, which was not strong.' });

const SecondLook = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('spelling'),
      query: z.string(),
      replacements: z.array(Replacement),
      first: Verdict,
    }),
    z.object({ kind: z.literal('sentences'), papers: z.int(), first: Verdict }),
  ])
  .meta({ id: 'SecondLook', description: 'The former name of `Fallback`.', deprecated: true });

/** The former name of `confidence`, in answers. */
export const deprecatedVerdict = Verdict.describe('Use `confidence`.').meta({ deprecated: true });

const Reranked = z
  .object({
    by: z.string().describe('The name of the reranker.'),
    papers: z
      .int()
      .min(0)
      .describe(
        'How many of the first papers were reranked. 0 if the request cannot be: it is sorted by date or title, has no words to rank by, or compares sentences in mode `keyword`.',
      ),
    outOfTime: z
      .boolean()
      .describe(
        'Whether `rerankBudgetMs` ended before all papers were compared. The others keep their order.',
      ),
  })
  .meta({ id: 'Reranked', description: 'What was reranked of an answer.' });

/** Fields that all answers with a page of hits have. */
export const page = {
  mode: SearchMode,
  total: z
    .int()
    .min(0)
    .describe('Number of papers in the whole ranking; every one can be reached by paging.'),
  rejectedHidden: z.int().min(1).optional().describe(REJECTED_HIDDEN_DESCRIPTION),
  encoded: Encoded.optional(),
  limit: z.int().min(0),
  offset: z.int().min(0),
  tookMs: z.number(),
};

export const EXAMPLE_HIT = {
  rank: 1,
  score: 0.83,
  paper: EXAMPLE_PAPER,
  highlights: [{ field: 'title', start: 0, end: 16, text: 'Self-Improvement' }],
};

/** The schema of `SearchResponse` in src/search/api.ts. */
export const SearchResponse = z
  .object({
    query: z.string(),
    ...page,
    understood: z
      .object({
        text: z.string().describe('The parsed query as text.'),
        ranking: z
          .string()
          .describe('The text that papers are ranked by; empty when there are only conditions.'),
        notices: z.array(z.object({ span: Span, message: z.string() })),
      })
      .describe('How the query was parsed.'),
    relevant: z
      .int()
      .min(0)
      .optional()
      .describe(
        'How many papers at the beginning of the ranking are relevant. Only with `relevantFirst=true`.',
      ),
    confidence: Confidence,
    verdict: deprecatedVerdict,
    didYouMean: SpellingProposal.optional(),
    fallback: Fallback.optional(),
    reranked: Reranked.optional().describe('Only if reranking was requested.'),
    secondLook: SecondLook.describe('Use `fallback`.').meta({ deprecated: true }).optional(),
    facets: FacetCounts.optional().describe('Only with `facets`.'),
    hits: z.array(Hit),
  })
  .meta({
    id: 'SearchResponse',
    examples: [
      {
        query: 'self-improvement',
        mode: 'hybrid',
        understood: { text: 'self-improvement', ranking: 'self-improvement', notices: [] },
        confidence: { level: 'strong', score: 0.81 },
        verdict: { level: 'strong', evidence: 0.81 },
        total: 1,
        limit: 10,
        offset: 0,
        tookMs: 4.2,
        hits: [EXAMPLE_HIT],
      },
    ],
  });
