import { PaperSearchError } from '../../errors.ts';
import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import type { Paper } from '../../papers/paper.ts';
import { keyDigest, referenceIn, workKey } from '../../papers/references.ts';

interface Sources {
  readonly fields: FieldIndex;
  /** Without it, a paper with exactly the identifier as its id does not win over others that have it. */
  readonly paperAt?: ((doc: number) => Paper) | undefined;
}

/**
 * The papers that cite a work (`cites`), or that a paper cites (`citedBy`). The work is a paper of the index, by any of its
 * identifiers (several papers, where they share it), or another one that papers of the index cite.
 * @throws PaperSearchError BAD_REQUEST when no paper has the identifier, nor cites a work that has it.
 */
export function linkedTo(
  identifier: string,
  field: 'cites' | 'citedBy',
  { fields, paperAt }: Sources,
): number[] {
  const found = fields.documentsWithId(identifier);
  const exact = found.length > 1 && paperAt ? found.filter((doc) => paperAt(doc).id === identifier) : [];
  const docs = exact.length > 0 ? exact : found;
  const direction = field === 'cites' ? 'citations' : 'references';
  if (docs.length > 0) return docs.flatMap((doc) => Array.from(fields.links.linked(doc, direction)));
  const work = field === 'cites' ? workNamed(identifier, fields.links) : -1;
  if (work >= 0) return Array.from(fields.links.citationsOf(work));
  throw unknownWork(identifier, field);
}

/** The error for an identifier that no paper of an index has, and that of no work that they cite. */
export function unknownWork(identifier: string, field: 'cites' | 'citedBy'): PaperSearchError {
  const name = field === 'cites' ? 'cites' : 'cited-by';
  const others = field === 'cites' ? ', and no paper of it cites such a work' : '';
  return new PaperSearchError(
    'BAD_REQUEST',
    `${name}: no paper of this index has the identifier "${identifier}"${others}. Use the id of a search result, or a DOI, an arXiv id or another identifier.`,
    { details: { parameter: 'q', identifier } },
  );
}

function workNamed(identifier: string, links: FieldIndex['links']): number {
  const reference = referenceIn(identifier);
  return reference === undefined ? -1 : links.workWith(keyDigest(workKey(reference)));
}
