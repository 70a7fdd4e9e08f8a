import { paperId, titleKey } from '../../papers/identity.ts';
import type { ExternalIds, Paper } from '../../papers/paper.ts';
import { familyName } from './family-names.ts';

/** What of a source record tells which paper it is of. */
export interface RecordKeys {
  /** The record's own id, and whether the source gave it (else it was made of its content). */
  readonly id: string;
  readonly isGiven: boolean;
  readonly file: string;
  /** External ids with their kind, `arxiv:2101.11408`, each in one spelling. */
  readonly externalIds: readonly string[];
  /** The title as it is compared; empty without one. */
  readonly title: string;
  /** Family names of the authors as they are compared, each once. */
  readonly families: readonly string[];
  readonly year: number | undefined;
}

/** What an id that was made of a record's content looks like. */
const LIKE_A_MADE_ID = /^(?:doi|arxiv|openreview|acl|s2):|(?:^|-)[0-9a-f]{8}$/;
/** DOIs that archives make of their own ids. */
const ARXIV_DOI = /^10\.48550\/arxiv\./;
const ACL_DOI = /^10\.18653\/v1\//;

/** The keys of a record. */
export function keysOf(record: Paper): RecordKeys {
  return {
    id: record.id,
    // Few given ids look like made ones, and making one takes its time.
    isGiven: !(LIKE_A_MADE_ID.test(record.id) && record.id === paperId(record)),
    file: record.source.file,
    externalIds: externalKeys(record.externalIds),
    title: titleKey(record.title),
    families: [...new Set(record.authors.map(familyName))].filter((name) => name !== ''),
    year: record.year,
  };
}

/**
 * External ids in one spelling: arXiv's without version, and the DOIs that arXiv and the ACL Anthology make of their
 * ids as these.
 */
function externalKeys({ doi, arxiv, openreview, acl, s2 }: ExternalIds): string[] {
  const arxivId =
    arxiv?.toLowerCase() ?? (ARXIV_DOI.test(doi ?? '') ? doi!.replace(ARXIV_DOI, '') : undefined);
  const aclId = acl?.toLowerCase() ?? (ACL_DOI.test(doi ?? '') ? doi!.replace(ACL_DOI, '') : undefined);
  return [
    ...(doi ? [`doi:${doi.toLowerCase()}`] : []),
    ...(arxivId ? [`arxiv:${arxivId.replace(/v\d+$/, '')}`] : []),
    ...(openreview ? [`openreview:${openreview}`] : []),
    ...(aclId ? [`acl:${aclId}`] : []),
    ...(s2 ? [`s2:${s2}`] : []),
  ];
}
