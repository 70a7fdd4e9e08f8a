import { type Annotations, type KeptPaper, READ_STATES, SEED_ROLES } from './collection.ts';

/** What our own JSON says of itself, so that it is known when it is read again. */
export const OWN_JSON = { format: 'paper-search-collection', version: 1 } as const;

/** What our own JSON has of an entry. */
interface OwnEntry extends Annotations {
  readonly paper: KeptPaper;
  readonly addedAt: string;
  readonly addedBy?: string | undefined;
}

/** A collection as our own JSON, which has everything. Needs no Node: the page writes it, too. */
export function toOwnJson({
  name,
  description,
  entries,
}: {
  readonly name: string;
  readonly description: string;
  readonly entries: readonly OwnEntry[];
}): string {
  const papers = entries.map(({ paper, note, tags, state, rating, role, addedAt, addedBy }) => ({
    note,
    tags,
    state,
    rating,
    role,
    addedAt,
    addedBy,
    paper,
  }));
  return `${JSON.stringify({ ...OWN_JSON, name, description, papers }, null, 2)}\n`;
}

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
