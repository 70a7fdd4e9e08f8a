import { PaperSearchError } from '../errors.ts';
import { MAX_COLLECTION_NAME } from '../limits.ts';
import type { Reviewer } from './service.ts';

/** The name of a reviewer. @throws PaperSearchError BAD_REQUEST for one without a name, or with too long a name. */
export function nameOf({ name: given }: Reviewer): string {
  const name = given.trim();
  if (name !== '' && name.length <= MAX_COLLECTION_NAME) return name;
  const message = `by: Expected the name of a reviewer, of at most ${MAX_COLLECTION_NAME} characters.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'by' } });
}

/** Who makes a change, as events have it. @throws PaperSearchError as `nameOf` does. */
export function signedBy(by: Reviewer): { readonly by: string; readonly agent?: true } {
  return { by: nameOf(by), ...(by.agent && { agent: true }) };
}

/** A reviewer whose name has no space around it. @throws PaperSearchError as `nameOf` does. */
export function trimmed(by: Reviewer): Reviewer {
  return { ...by, name: nameOf(by) };
}
