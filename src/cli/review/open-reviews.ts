import { encoderOfIndex } from '../../encode/encoder-of-index.ts';
import type { ModelInfo } from '../../encode/model-info.ts';
import { PaperSearchError } from '../../errors.ts';
import { Reviews } from '../../review/reviews.ts';
import type { ReviewService } from '../../review/service.ts';
import { ReviewStore } from '../../review/store.ts';
import { expectIndex, openEngine } from '../open-engine.ts';
import type { Place } from '../place.ts';
import { writeError } from '../write-error.ts';

/**
 * Opens the reviews of a place for one command, and closes them afterwards. A model that is not installed is an error only
 * where something has to be encoded. Reviews that were copied from another machine need no index; taking a pool does.
 * @throws PaperSearchError INDEX_MISSING without an index and without reviews.
 */
export async function withReviews<T>(place: Place, use: (service: ReviewService) => Promise<T>): Promise<T> {
  const engine = (await hasOnlyReviews(place)) ? undefined : await openEngine(place, { encoderOf });
  try {
    return await use(new Reviews(place.index, engine, { onNotice: writeError }));
  } finally {
    await engine?.close();
  }
}

/** Whether there are reviews, and no index. @throws PaperSearchError INDEX_MISSING without both. */
async function hasOnlyReviews(place: Place): Promise<boolean> {
  try {
    await expectIndex(place);
    return false;
  } catch (error) {
    if (!(error instanceof PaperSearchError) || error.code !== 'INDEX_MISSING') throw error;
    if ((await new ReviewStore(place.index).list()).length > 0) return true;
    throw error;
  }
}

async function encoderOf(model: ModelInfo) {
  try {
    return await encoderOfIndex(model);
  } catch (error) {
    if (!(error instanceof PaperSearchError)) throw error;
    return { model, encode: () => Promise.reject(error), close: async () => {} };
  }
}

/** The id of a review by its id or its name. @throws PaperSearchError NOT_FOUND. */
export async function reviewIdOf(service: ReviewService, name: string): Promise<string> {
  const list = await service.list();
  const key = name.trim().toLowerCase();
  const found = list.find(({ id }) => id === name) ?? list.find((each) => each.name.toLowerCase() === key);
  if (found) return found.id;
  const known = list.map(({ id }) => id).join(', ');
  const advice =
    known === ''
      ? 'There are no reviews yet: create one with "paper-search review new".'
      : `There are: ${known}.`;
  throw new PaperSearchError('NOT_FOUND', `There is no review "${name}". ${advice}`, {
    details: { review: name },
  });
}
