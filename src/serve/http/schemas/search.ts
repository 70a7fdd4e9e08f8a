import { z } from 'zod';
import { FACETS } from '../../../papers/fields.ts';
import { CONFIDENCE_LEVELS } from '../../../search/confidence.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { Explanation } from './explanation.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';

const Span = z.object({ start: z.int().min(0), end: z.int().min(0) });
export const SearchMode = z.enum(SEARCH_MODES).meta({ id: 'SearchMode' });

/** As `Confidence` of src/search/confidence.ts. */
export const Confidence = z
  .object({
    level: z
      .enum(CONFIDENCE_LEVELS)
      .describe(
        '`strong`: it is here. `weak`: perhaps, or only something near it. `none`: nothing relevant.',
      ),
    score: z
      .number()
      .describe('The score from which the level follows. Comparable between queries of one mode.'),
  })
  .meta({ id: 'Confidence', description: 'How likely an answer contains what was asked for.' });

/** As `Verdict` of src/search/deprecated-names.ts. */
export const Verdict = z
  .object({
    level: z.enum(CONFIDENCE_LEVELS).describe('`level` of `confidence`.'),
    evidence: z.number().describe('`score` of `confidence`.'),
  })
  .meta({ id: 'Verdict', description: 'The former name of `Confidence`.', deprecated: true });

const Highlight = Span.extend({ field: z.enum(['title', 'abstract']), text: z.string() }).meta({
  id: 'Highlight',
  description: 'A place that the query matched, in UTF-16 code units, half-open.',
});

/** As `Hit` of src/search/api.ts. */
export const Hit = z
  .object({
    rank: z.int().min(1).describe('1-based place in the whole ranking.'),
    score: z.number().describe('Compares within one answer; a cosine in semantic mode.'),
    paper: Paper,
    highlights: z.array(Highlight),
    explanation: Explanation.optional().describe('With `explain=true`.'),
  })
  .meta({ id: 'Hit', description: 'A paper in an answer.' });

const Replacement = z.object({ from: z.string(), to: z.string(), span: Span });
const SpellingProposal = z
  .object({ text: z.string(), replacements: z.array(Replacement) })
  .meta({ id: 'SpellingProposal', description: 'The query with words that the corpus has.' });

const FacetCounts = z
  .object({
    papers: z.int().describe('Papers counted: the relevant ones, or those that fulfil the condition.'),
    values: z.partialRecord(z.enum(FACETS), z.array(z.object({ value: z.string(), count: z.int() }))),
  })
  .meta({ id: 'FacetCounts' });

const Fallback = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('spelling'),
      query: z.string(),
      replacements: z.array(Replacement),
      first: Confidence,
    }),
    z.object({ kind: z.literal('sentences'), papers: z.int(), first: Confidence }),
  ])
  .meta({ id: 'Fallback', description: 'What replaced a first answer that was not strong.' });

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

/** What answers with a page of a ranking have in common. */
export const page = {
  mode: SearchMode,
  total: z.int().min(0).describe('Papers in the whole ranking; all can be paged to.'),
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

/** As `SearchResponse` of src/search/api.ts. */
export const SearchResponse = z
  .object({
    query: z.string(),
    ...page,
    understood: z
      .object({
        text: z.string().describe('The query as text that means the same.'),
        ranking: z.string().describe('What papers are ranked by; empty for conditions alone.'),
        notices: z.array(z.object({ span: Span, message: z.string() })),
      })
      .describe('The query as it was understood.'),
    confidence: Confidence,
    verdict: deprecatedVerdict,
    didYouMean: SpellingProposal.optional(),
    fallback: Fallback.optional(),
    secondLook: SecondLook.describe('Use `fallback`.').meta({ deprecated: true }).optional(),
    facets: FacetCounts.optional().describe('With `facets`.'),
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
