import { PaperSearchError } from '../errors.ts';
import { MAX_COLLECTION_NAME } from '../limits.ts';
import { visibleText } from '../text/visible-text.ts';
import type { Recorded } from './events.ts';
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
 * Checks that a name is not another spelling of that of a reviewer, because the two would count as two reviewers.
 * @throws PaperSearchError BAD_REQUEST for a name that differs from a known one only in case or white space.
 */
export function expectOneSpelling(log: readonly Recorded[], name: string): void {
  const key = spellingKey(name);
  let known: string | undefined;
  for (const { value } of log) {
    if (value.type !== 'labelled') continue;
    if (value.by === name) return;
    if (spellingKey(value.by) === key) known = value.by;
  }
  if (known === undefined) return;
  const message = `by: The review has labels of "${known}", and "${name}" differs only in case or spaces: they would count as two reviewers. Use the name "${known}". Nothing was written.`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { parameter: 'by', known } });
}

function spellingKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
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
