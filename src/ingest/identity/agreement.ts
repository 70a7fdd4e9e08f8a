import { commonPeople, familyOf } from '../../papers/people.ts';
import { areUnlike, likeness } from './abstract-sketch.ts';
import { PREPRINT_KINDS } from './preprints.ts';
import type { RecordKeys } from './record-keys.ts';
import { areTitlesAlike, titleKindOf } from './titles.ts';

/** Why two records are of one paper. */
export type Agreement =
  | { readonly by: 'external-id'; readonly id: string }
  | { readonly by: 'id'; readonly id: string }
  | {
      readonly by: 'title';
      /** Family names that both have; empty if one of them does not name authors. */
      readonly families: readonly string[];
    }
  /** A user joined them. */
  | { readonly by: 'decision' };

/** Kinds of which a publication has one: those that have two of them are two publications. */
const OF_PUBLICATIONS = ['doi', 'acl', 'pmcid', 'isbn'];
/** Kinds of which a preprint has one. */
const OF_PREPRINTS = ['arxiv', ...PREPRINT_KINDS];
/** Kinds that indexes give to records: a preprint and its article have two. */
const OF_INDEXES = ['pmid', 's2', 'dblp', 'openalex', 'mag'];
/** Kinds of indexes that make records by comparing them: an id of a publication that two of them share says more. */
const BY_COMPARISON = ['s2', 'dblp', 'openalex', 'mag'];

/** The most years between two records of a publication, and between a preprint and its publication. */
const MAX_YEARS_APART = 1;
const MAX_YEARS_TO_PUBLISH = 4;
/** Abstracts at least as similar as `ALIKE` are of one paper; those less similar than `UNLIKE` are of two. */
const ALIKE = 0.5;
const UNLIKE = 0.3;

/**
 * Why two records are of one paper, if they are. Either they share an external id, and title or abstract confirm it; or
 * they have the same title, nothing shows that they differ (`areApart`), and `titleAgreement` finds enough in common.
 */
export function agreementOf(a: RecordKeys, b: RecordKeys): Agreement | undefined {
  const shared = sharedId(a, b);
  if (shared !== undefined) return { by: 'external-id', id: shared };
  if (a.titleKey !== b.titleKey || a.titleKey === '' || areApart(a, b)) return undefined;
  return titleAgreement(a, b);
}

/** The external id that makes two records one paper, if one does. */
export function sharedId(a: RecordKeys, b: RecordKeys): string | undefined {
  if (haveDifferentIds(a, b)) return undefined;
  return a.externalIds.find((id) => b.externalIds.includes(id) && isBorneOut(id, a, b));
}

/**
 * Whether two records with one id are of one paper, as far as title, authors and abstract show. Chapters carry the DOI
 * of their book, so a DOI needs titles that are alike; ids of archives stay when authors change the title.
 */
function isBorneOut(id: string, a: RecordKeys, b: RecordKeys): boolean {
  if (a.titleKey === '' || b.titleKey === '') return !authorsDisagree(a, b);
  const abstracts = likeness(a.sketch, b.sketch);
  const isSame = a.titleKey === b.titleKey;
  const isOfOne = !id.startsWith('doi:') && !id.startsWith('isbn:');
  if (isSame) {
    const isPart = !isOfOne && titleKindOf(a.title) === 'recurring';
    return !(isPart && abstracts !== undefined && abstracts < ALIKE);
  }
  if (isOfOne && !authorsDisagree(a, b)) return true;
  if (id.startsWith('isbn:')) return false;
  if (abstracts !== undefined && abstracts >= ALIKE) return true;
  return areTitlesAlike(a.title, b.title) && (abstracts === undefined || abstracts >= UNLIKE);
}

/** Whether two records cannot be of one paper, as far as their titles do not matter. */
export function areApart(a: RecordKeys, b: RecordKeys): boolean {
  return authorsDisagree(a, b) || areNumberedApart(a, b) || haveDifferentIds(a, b);
}

/** Why two records of one title that are not apart are of one paper, if they are. */
export function titleAgreement(a: RecordKeys, b: RecordKeys): Agreement | undefined {
  if (!areYearsClose(a, b)) {
    return a.id === b.id && a.isGiven && b.isGiven ? { by: 'id', id: a.id } : undefined;
  }
  const abstracts = likeness(a.sketch, b.sketch);
  const kind = titleKindOf(a.title);
  if (a.people.length === 0 || b.people.length === 0) {
    if (a.id === b.id && a.isGiven && b.isGiven) return { by: 'id', id: a.id };
    const isEnough =
      kind === 'short' ? (abstracts ?? 0) >= ALIKE : kind !== 'recurring' && (abstracts ?? 1) >= ALIKE;
    return isEnough ? { by: 'title', families: [] } : undefined;
  }
  const common = commonPeople(a.people, b.people);
  const agreed = { by: 'title', families: [...new Set(common.map(familyOf))] } as const;
  const fewer = Math.min(a.people.length, b.people.length);
  const more = Math.max(a.people.length, b.people.length);
  const areAll = common.length === more;
  if (kind === 'recurring') {
    const isSameYear = a.year !== undefined && a.year === b.year;
    const isAlike = abstracts !== undefined && abstracts >= ALIKE;
    return areAll && isSameYear && isAlike ? agreed : undefined;
  }
  // Parts of one work have its title and authors; many authors rarely write two papers of one title.
  if (areUnlike(a.sketch, b.sketch, common.length >= 3 ? UNLIKE / 2 : UNLIKE)) return undefined;
  if (kind === 'short') {
    const hasMore = common.length > 1 || hasGivenName(a, b) || (abstracts ?? 0) >= ALIKE;
    return areAll && hasMore ? agreed : undefined;
  }
  const isHalf = common.length * 2 >= more;
  // "and others" cuts lists off.
  const isCutOff =
    common.length === fewer &&
    kind === 'telling' &&
    commonPeople(a.people.slice(0, 1), b.people.slice(0, 1)).length > 0;
  return isHalf || isCutOff ? agreed : undefined;
}

/** Whether both name their first author with a whole given name. */
function hasGivenName(a: RecordKeys, b: RecordKeys): boolean {
  return [a, b].every(({ people }) => people[0]!.split(' ').filter((word) => word.length > 1).length > 1);
}

function areYearsClose(a: RecordKeys, b: RecordKeys): boolean {
  if (a.year === undefined || b.year === undefined) return true;
  const apart = Math.abs(a.year - b.year);
  if (apart <= MAX_YEARS_APART) return true;
  return (
    a.isPreprint !== b.isPreprint &&
    apart <= MAX_YEARS_TO_PUBLISH &&
    a.people.length > 0 &&
    b.people.length > 0
  );
}

function authorsDisagree(a: RecordKeys, b: RecordKeys): boolean {
  return a.isAuthored && b.isAuthored && commonPeople(a.people, b.people).length === 0;
}

/** Whether a file that numbers its records has the two under different ids. */
function areNumberedApart(a: RecordKeys, b: RecordKeys): boolean {
  return a.id !== b.id && a.file === b.file && a.isGiven && b.isGiven;
}

/** Whether each two of some records are apart by their numbers in their file, which takes nothing but their ids. */
export function areAllNumberedApart(records: readonly RecordKeys[]): boolean {
  const { file } = records[0]!;
  return (
    records.every((record) => record.isGiven && record.file === file) &&
    new Set(records.map(({ id }) => id)).size === records.length
  );
}

/**
 * Whether identifiers of one kind say that two records are of two papers. OpenReview's do not: they are of submissions,
 * and a paper is submitted again. Those that indexes give do not where one record is of a preprint.
 */
export function haveDifferentIds(a: RecordKeys, b: RecordKeys): boolean {
  if ([...OF_PUBLICATIONS, ...OF_PREPRINTS].some((kind) => differ(a, b, kind))) return true;
  if (a.isPreprint !== b.isPreprint) return false;
  const isShared = a.externalIds.some(
    (id) => b.externalIds.includes(id) && !BY_COMPARISON.some((kind) => id.startsWith(`${kind}:`)),
  );
  return OF_INDEXES.some((kind) => differ(a, b, kind) && !(isShared && BY_COMPARISON.includes(kind)));
}

function differ(a: RecordKeys, b: RecordKeys, kind: string): boolean {
  const of = ({ externalIds }: RecordKeys) => externalIds.filter((id) => id.startsWith(`${kind}:`));
  const [ids, others] = [of(a), of(b)];
  if (ids.length === 0 || others.length === 0 || ids.some((id) => others.includes(id))) return false;
  // Semantic Scholar numbers papers in two ways.
  return kind !== 's2' || ids[0]!.length > 40 === others[0]!.length > 40;
}
