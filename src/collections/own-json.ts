import { type Annotations, READ_STATES, SEED_ROLES } from './collection.ts';

/** What our own JSON says about a paper; a value that is not allowed is left out. */
export function annotationsInJson(
  record: Readonly<Record<string, unknown>>,
): Partial<Annotations> & { addedAt?: string } {
  const { note, tags, rating, addedAt } = record;
  const state = READ_STATES.find((each) => each === record.state);
  const role = SEED_ROLES.find((each) => each === record.role);
  const isRated = typeof rating === 'number' && [1, 2, 3, 4, 5].includes(rating);
  return {
    ...(typeof note === 'string' && { note }),
    ...(Array.isArray(tags) && { tags: tags.filter((tag) => typeof tag === 'string') }),
    ...(state && { state }),
    ...(isRated && { rating }),
    ...(role && { role }),
    ...(typeof addedAt === 'string' &&
      !Number.isNaN(Date.parse(addedAt)) && { addedAt: new Date(addedAt).toISOString() }),
  };
}
