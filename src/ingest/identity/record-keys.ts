import type { RecordFacts } from '../../indexes/store/record-facts.ts';
import { ID_KINDS, idsIn } from '../../papers/identifiers.ts';
import { paperId } from '../../papers/identity.ts';
import type { ExternalIds, Paper } from '../../papers/paper.ts';
import { peopleOf } from '../../papers/people.ts';
import { type Sketch, sketchOf } from './abstract-sketch.ts';
import { doiKey, isPreprint } from './preprints.ts';
import { titleMatchKey } from './titles.ts';

/** The parts of a source record that show which paper it is of. */
export interface RecordKeys extends ShortKeys {
  /** The title as the record has it, and as it is compared; both empty without one. */
  readonly title: string;
  readonly titleKey: string;
  /** The authors as they are compared. */
  readonly people: readonly string[];
  /** A sample of the abstract's words. */
  readonly sketch: Sketch | undefined;
}

/** The keys that are needed of every record. */
export type ShortKeys = Omit<RecordFacts, 'format' | 'number' | 'hasAbstract'>;

/** What an id that was made of a record's content looks like. */
const LIKE_A_MADE_ID =
  /^(?:doi|arxiv|openreview|acl|s2|pmid|pmcid|dblp|openalex|mag|isbn):|(?:^|-)[0-9a-f]{8}$/;
/** DOIs that archives make of their own ids. */
const ARXIV_DOI = /^10\.48550\/arxiv\./;
const ACL_DOI = /^10\.18653\/v1\//;
/** DBLP's ids of papers on arXiv. */
const ARXIV_DBLP = /^journals\/corr\/abs-(\d{4})-(\d{4,5})$/;

/** The keys of a record. */
export function keysOf(record: Paper): RecordKeys {
  return {
    ...shortKeysOf(record),
    title: record.title,
    titleKey: titleMatchKey(record.title),
    people: peopleOf(record.authors),
    sketch: sketchOf(record.abstract),
  };
}

/** Those of them that are needed of every record. */
export function shortKeysOf(record: Paper): ShortKeys {
  const externalIds = externalKeys(record.externalIds);
  return {
    id: record.id,
    // Few given ids look like made ones, and making one takes its time.
    isGiven: !(LIKE_A_MADE_ID.test(record.id) && record.id === paperId(record)),
    file: record.source.file,
    externalIds,
    isPreprint: isPreprint(record, externalIds),
    titleHash: hashOf(titleMatchKey(record.title)),
    isAuthored: peopleOf(record.authors).length > 0,
    year: record.year,
  };
}

/** FNV-1a of the UTF-16 code units of a text; 0 for an empty one alone. */
function hashOf(text: string): number {
  if (text === '') return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash === 0 ? 1 : hash;
}

/**
 * External ids in one spelling, also those in snapshots of older versions. DOIs and DBLP keys that contain an id of
 * arXiv or the ACL Anthology become that id; a DOI of the ACL Anthology is kept, too.
 */
function externalKeys(ids: ExternalIds): string[] {
  const keys = ID_KINDS.flatMap((kind) => {
    const id = ids[kind] && idsIn(kind, ids[kind])[0];
    if (!id) return [];
    if (kind === 'doi') {
      if (ARXIV_DOI.test(id)) return `arxiv:${id.replace(ARXIV_DOI, '')}`;
      return ACL_DOI.test(id) ? [doiKey(id), `acl:${id.replace(ACL_DOI, '')}`] : doiKey(id);
    }
    const onArxiv = kind === 'dblp' ? ARXIV_DBLP.exec(id) : null;
    if (onArxiv) return `arxiv:${onArxiv[1]}.${onArxiv[2]}`;
    return `${kind}:${kind === 'arxiv' || kind === 'acl' ? id.toLowerCase() : id}`;
  });
  return [...new Set(keys)];
}
