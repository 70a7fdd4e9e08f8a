import { PaperSearchError } from '../errors.ts';
import { MAX_COLLECTION_NAME } from '../limits.ts';
import { visibleText } from '../text/visible-text.ts';
import type { Reviewer } from './service.ts';

/**
 * The name of a reviewer.
 * @throws PaperSearchError BAD_REQUEST for one without a name, with too long a name, or with characters that cannot be seen:
 *   two names that look alike must be one reviewer.
 */
export function nameOf({ name: given }: Reviewer): string {
  const name = given.trim();
  if (/[\n\t]/.test(name) || visibleText(name) !== name) {
    const message =
      'by: The name of a reviewer has a line break or another character that cannot be seen. Leave it out.';
    throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'by' } });
  }
  if (name !== '' && name.length <= MAX_COLLECTION_NAME) return name;
  const message = `by: Expected the name of a reviewer, of at most ${MAX_COLLECTION_NAME} characters.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'by' } });
}

/**
 * The name of an agent: that of its program, and of the person or token that it works for. So it never replaces decisions of that
 * person.
 */
export function agentName(program: string, owner: string): string {
  return `${program}${FOR}${owner}`;
}

const FOR = ' for ';

/** Whether two names are of one person, as that of an agent and of the person it works for, or of two of the agents. */
export function haveOneOwner(a: string, b: string): boolean {
  return ownerOf(a) === ownerOf(b);
}

function ownerOf(name: string): string {
  const at = name.lastIndexOf(FOR);
  return at === -1 ? name : name.slice(at + FOR.length);
}

/** Who makes a change, as events have it. @throws PaperSearchError as `nameOf` does. */
export function signedBy(by: Reviewer): { readonly by: string; readonly agent?: true } {
  return { by: nameOf(by), ...(by.agent && { agent: true }) };
}

/** A reviewer whose name has no space around it. @throws PaperSearchError as `nameOf` does. */
export function trimmed(by: Reviewer): Reviewer {
  return { ...by, name: nameOf(by) };
}
