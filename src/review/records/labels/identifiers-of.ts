import { ID_KINDS, idsIn } from '../../../papers/identifiers.ts';
import type { ExternalIds } from '../../../papers/paper.ts';

/** Identifiers with their kind, in one spelling each (`doi:10.1000/182`); what is not an identifier is left out. */
export function identifiersOf(ids: ExternalIds, ownId?: string): string[] {
  const external = ID_KINDS.flatMap((kind) => {
    const [id] = ids[kind] ? idsIn(kind, ids[kind]) : [];
    return id === undefined ? [] : [`${kind}:${id}`];
  });
  return [...new Set(ownId ? [ownId, ...external] : external)];
}
