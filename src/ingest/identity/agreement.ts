import type { RecordKeys } from './record-keys.ts';

/** Why two records are of one paper. */
export type Agreement =
  | { readonly by: 'external-id'; readonly id: string }
  | { readonly by: 'id'; readonly id: string }
  | {
      readonly by: 'title';
      /** Family names that both have; none where one of them names no authors. */
      readonly families: readonly string[];
    };

/** Archives that give a work one id: two ids of one of them are two works. A paper is resubmitted to OpenReview, and
 * a preprint and its article have two DOIs, so those tell nothing. */
const ONE_ID_A_WORK = ['arxiv:', 'acl:', 's2:'];
/** Years that a preprint and what became of it may lie apart. */
const MAX_YEARS_APART = 1;
/** Shorter titles are common to many papers. */
const TELLING_WORDS = 3;
/** The same for scripts that do not part words. */
const TELLING_LENGTH = 20;
const GENERIC =
  /^(?:editorial|preface|foreword|introduction|afterword|(?:front|back) matter|(?:author|subject) index|table of contents|message from|welcome|proceedings of|in memoriam|call for|errat(?:um|a)|corrigendum|book review|guest editor|invited (?:talk|paper)|keynote|panel|organi[sz]ing committee|program(?:me)? committee)\b/;

/**
 * Why two records are of one paper, if they are: they share an external id (unless both title and authors contradict
 * it); or title and the id that their sources give them; or the title alone, where the years are at most one apart and no archive or file has them
 * under two ids. Records of one title that both name authors and share none are of two papers. Titles that many
 * papers have need a common author.
 */
export function agreementOf(a: RecordKeys, b: RecordKeys): Agreement | undefined {
  const shared = a.externalIds.find((id) => b.externalIds.includes(id));
  const sameTitle = a.title === b.title;
  if (shared !== undefined && (sameTitle || !authorsDisagree(a, b))) return { by: 'external-id', id: shared };
  if (!sameTitle || a.title === '' || areApart(a, b)) return undefined;
  return titleAgreement(a, b);
}

/** Whether two records cannot be of one paper, as far as their titles do not matter. */
export function areApart(a: RecordKeys, b: RecordKeys): boolean {
  return authorsDisagree(a, b) || areNumberedApart(a, b);
}

/** Why two records of one title that are not apart are of one paper, if they are. */
export function titleAgreement(a: RecordKeys, b: RecordKeys): Agreement | undefined {
  if (a.id === b.id && a.isGiven && b.isGiven) return { by: 'id', id: a.id };
  const isClose =
    a.year === undefined || b.year === undefined || Math.abs(a.year - b.year) <= MAX_YEARS_APART;
  const families = a.families.filter((name) => b.families.includes(name));
  return isClose && (families.length > 0 || isTelling(a.title)) ? { by: 'title', families } : undefined;
}

function authorsDisagree(a: RecordKeys, b: RecordKeys): boolean {
  return (
    a.families.length > 0 && b.families.length > 0 && !a.families.some((name) => b.families.includes(name))
  );
}

/** Whether an archive, or a file that numbers its records, has the two under different ids. */
function areNumberedApart(a: RecordKeys, b: RecordKeys): boolean {
  if (a.id === b.id) return false;
  if (a.file === b.file && a.isGiven && b.isGiven) return true;
  return ONE_ID_A_WORK.some((kind) => {
    const ids = a.externalIds.filter((id) => id.startsWith(kind));
    const others = b.externalIds.filter((id) => id.startsWith(kind));
    return ids.length > 0 && others.length > 0 && !ids.some((id) => others.includes(id));
  });
}

/** Whether a title, as it is compared, is likely to be of one paper only. */
function isTelling(title: string): boolean {
  const words = title.split(' ').length;
  const isUnparted = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(title);
  const isLong = isUnparted
    ? title.length >= TELLING_LENGTH / 2
    : words >= TELLING_WORDS || title.length >= TELLING_LENGTH;
  return isLong && !GENERIC.test(title);
}
