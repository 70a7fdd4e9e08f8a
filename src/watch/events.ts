import { z } from 'zod';
import { WatchDefinition } from './definition.ts';

/**
 * Where a report is delivered: to whoever ran the watch (printed, or in the answer over HTTP), as a file in the folder of
 * the watch, or to its webhook.
 */
export const TARGETS = ['file', 'post', 'answer'] as const;
export type Target = (typeof TARGETS)[number];

const target = z.enum(TARGETS);

const FoundPaper = z.object({
  id: z.string(),
  /** Its other ids, by which it is recognised when records are merged. */
  aliases: z.array(z.string()).optional(),
  /** What is known of it should it be removed before the report is delivered. */
  title: z.string(),
  level: z.enum(['weak', 'strong']),
  score: z.number(),
  /** The paper of the question that it is most similar to. */
  nearest: z.string().optional(),
  /** Absent for a paper that is new; otherwise what has become of one that was reported. */
  status: z.string().optional(),
});

/** A paper of a report. */
export type FoundPaper = z.output<typeof FoundPaper>;

/** An entry of the log of a watch. */
export const WatchEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('created'),
    definition: WatchDefinition,
    /** Papers that arrived later are new (ISO 8601); absent: all papers are. */
    after: z.string().optional(),
  }),
  z.object({ kind: z.literal('edited'), definition: WatchDefinition }),
  /** A run looked for new papers, and this snapshot had none. */
  z.object({ kind: z.literal('nothing'), snapshot: z.string() }),
  /** A report that is to be delivered. */
  z.object({
    kind: z.literal('found'),
    /** Unique; the same in every attempt to deliver the report. */
    delivery: z.string(),
    snapshot: z.string(),
    to: z.array(target),
    papers: z.array(FoundPaper),
  }),
  z.object({ kind: z.literal('delivered'), delivery: z.string(), to: target, place: z.string().optional() }),
  z.object({ kind: z.literal('failed'), delivery: z.string(), to: target, reason: z.string() }),
  z.object({ kind: z.literal('removed') }),
]);
export type WatchEvent = z.output<typeof WatchEvent>;
