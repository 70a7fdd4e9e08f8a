import { z } from 'zod';
import { READ_STATES, SEED_ROLES } from './collection.ts';
import type { CollectionEvent } from './events.ts';

/*
 * Events as they are in a log. Members that a newer version may add are kept; a type of event that is not known is an
 * error, because the collection would be another one without it.
 */

const ids = z.array(z.string()).min(1);
const names = z.array(z.looseObject({}));

const paper = z.looseObject({
  id: z.string().min(1),
  title: z.string(),
  abstract: z.string(),
  authors: z.array(z.string()),
  authorNames: names,
  keywords: z.array(z.string()),
  categories: z.array(z.string()),
  urls: z.looseObject({}),
  externalIds: z.looseObject({}),
  source: z.looseObject({ file: z.string(), format: z.string(), record: z.number() }),
});

const said = {
  note: z.string().optional(),
  tags: z.array(z.string()).optional(),
  state: z.enum(READ_STATES).optional(),
  role: z.enum(SEED_ROLES).optional(),
};

const by = { by: z.string().optional() };

const schema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('created'), name: z.string(), description: z.string(), ...by }),
  z.looseObject({
    type: z.literal('described'),
    name: z.string().optional(),
    description: z.string().optional(),
    ...by,
  }),
  z.looseObject({
    type: z.literal('added'),
    entries: z.array(
      z.looseObject({ paper, addedAt: z.string().optional(), ...said, rating: z.number().optional() }),
    ),
    ...by,
  }),
  z.looseObject({
    type: z.literal('changed'),
    ids,
    ...said,
    addTags: z.array(z.string()).optional(),
    removeTags: z.array(z.string()).optional(),
    rating: z.number().nullable().optional(),
    ...by,
  }),
  z.looseObject({ type: z.literal('removed'), ids, ...by }),
  z.looseObject({ type: z.literal('moved'), ids, before: z.string().optional(), ...by }),
  z.looseObject({
    type: z.literal('followed'),
    papers: z.array(z.looseObject({ from: ids, paper })),
    ...by,
  }),
  z.looseObject({ type: z.enum(['undone', 'redone']), number: z.int().min(1), ...by }),
  z.looseObject({ type: z.enum(['deleted', 'restored']), ...by }),
  z.looseObject({
    type: z.literal('shared'),
    share: z.looseObject({
      id: z.string(),
      secret: z.string(),
      label: z.string().optional(),
      withNotes: z.boolean(),
    }),
    ...by,
  }),
  z.looseObject({ type: z.literal('unshared'), share: z.string(), ...by }),
]);

/** An event of a log. @throws ZodError for anything else. */
export function readEvent(value: unknown): CollectionEvent {
  return schema.parse(value) as CollectionEvent;
}
