import { z } from 'zod';
import type { ReviewEvent } from './events.ts';
import { CHOSEN_BY, DECISIONS, STAGES } from './review.ts';

/*
 * Events as they are in a log. Members that a newer version may add are kept; a type of event that is not known is an
 * error, because the review would be another one without it.
 */

const who = { by: z.string().min(1), agent: z.boolean().optional() };
const texts = z.array(z.string());
const whole = z.int().min(0);

const criterion = z.looseObject({ name: z.string(), description: z.string() });
const source = z.looseObject({
  name: z.string(),
  kind: z.enum(['database', 'register', 'other']),
  query: z.string().optional(),
  date: z.string().optional(),
  records: whole.optional(),
  note: z.string().optional(),
});
const protocol = z.looseObject({
  question: z.string(),
  include: z.array(criterion),
  exclude: z.array(criterion),
  sources: z.array(source),
  reviewersPerPaper: z.union([z.literal(1), z.literal(2)]),
  targetRecall: z.number(),
  randomEvery: whole,
  keywordOnly: z.boolean(),
  highlights: z.array(z.looseObject({ text: z.string(), for: z.boolean(), color: z.string().optional() })),
});

const file = { name: z.string(), sha256: z.string(), bytes: whole };
const pool = z.looseObject({
  request: z.looseObject({}),
  snapshot: z.string(),
  papers: z.looseObject(file),
  vectors: z.looseObject({ ...file, dimensions: z.int().min(1), model: z.string() }).optional(),
  size: whole,
  added: whole,
  removed: whole,
  records: z.array(z.looseObject({ source: z.string(), records: whole })),
  renamed: z.array(z.looseObject({ from: z.string(), to: z.string() })),
});

const judged = {
  paper: z.string().min(1),
  stage: z.enum(STAGES),
  reasons: texts,
  note: z.string(),
};

const schema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('created'), name: z.string(), protocol, ...who }),
  z.looseObject({
    type: z.literal('amended'),
    name: z.string().optional(),
    protocol: protocol.partial(),
    ...who,
  }),
  z.looseObject({ type: z.literal('searched'), source, ...who }),
  z.looseObject({ type: z.literal('pooled'), pool, ...who }),
  z.looseObject({
    type: z.literal('labelled'),
    ...judged,
    decision: z.enum(DECISIONS),
    chosenBy: z.enum(CHOSEN_BY),
    rank: z.int().min(1).optional(),
    model: z.string().optional(),
    basis: whole,
    ...who,
  }),
  z.looseObject({ type: z.literal('undone'), label: z.int().min(1), ...who }),
  z.looseObject({ type: z.literal('settled'), ...judged, decision: z.enum(['include', 'exclude']), ...who }),
  z.looseObject({ type: z.literal('retrieved'), papers: texts.min(1), retrieved: z.boolean(), ...who }),
  z.looseObject({ type: z.literal('deleted'), ...who }),
]);

/** An event of a log. @throws ZodError for anything else. */
export function readEvent(value: unknown): ReviewEvent {
  return schema.parse(value) as ReviewEvent;
}

/** The parts of a protocol that are to change, by their shape. */
export const protocolShape = z.strictObject(protocol.partial().shape);
