/**
 * The rules of Porter's stemmer (Program 14(3), 1980) backwards: what stands at the end of a word before a step,
 * by what the step leaves of it. The consonants that step 1b makes single are left to `endingsAfter`, those of
 * step 5b ("controll") become single without an ending too.
 */
const BEFORE_STEP_5 = [['', 'e']] as const;
const BEFORE_STEP_4 = 'al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize ion'
  .split(' ')
  .map((ending) => ['', ending] as const);
const BEFORE_STEP_3 = [
  ['ic', 'icate'],
  ['', 'ative'],
  ['al', 'alize'],
  ['ic', 'iciti'],
  ['ic', 'ical'],
  ['', 'ful'],
  ['', 'ness'],
] as const;
const BEFORE_STEP_2 = [
  ['ate', 'ational'],
  ['tion', 'tional'],
  ['ence', 'enci'],
  ['ance', 'anci'],
  ['ize', 'izer'],
  ['able', 'abli'],
  ['ble', 'bli'],
  ['al', 'alli'],
  ['ent', 'entli'],
  ['e', 'eli'],
  ['ous', 'ousli'],
  ['ize', 'ization'],
  ['ate', 'ation'],
  ['ate', 'ator'],
  ['al', 'alism'],
  ['ive', 'iveness'],
  ['ful', 'fulness'],
  ['ous', 'ousness'],
  ['al', 'aliti'],
  ['ive', 'iviti'],
  ['ble', 'biliti'],
  ['log', 'logi'],
] as const;
const BEFORE_STEP_1C = [['i', 'y']] as const;
const BEFORE_STEP_1B = [
  ['', 'ed'],
  ['', 'ing'],
  ['e', 'ed'],
  ['e', 'ing'],
  ['ee', 'eed'],
] as const;
const BEFORE_STEP_1A = [
  ['', 's'],
  ['ss', 'sses'],
  ['i', 'ies'],
] as const;

/** All that the stemmer may take off or change at the end of a word. */
const ENDINGS: ReadonlySet<string> = [
  BEFORE_STEP_5,
  BEFORE_STEP_4,
  BEFORE_STEP_3,
  BEFORE_STEP_2,
  BEFORE_STEP_1C,
  BEFORE_STEP_1B,
  BEFORE_STEP_1A,
].reduce(endingsBefore, new Set(['']));
const MAX_ENDING_LENGTH = Math.max(...Array.from(ENDINGS, ({ length }) => length));

const DOUBLED = /([^aeiou])\1$/;
/** What may follow two consonants of which the stemmer leaves one ("hopping", "hop"). */
const AFTER_DOUBLED = ['ed', 'ing', 'eds', 'ings'];

/**
 * How a word that begins with `prefix` may go on where its stem does not begin with it ("studie" with "s", whose
 * stem is "studi"): whatever the word, its stem is that of the prefix with one of these.
 * @param prefix folded, in letters from a to z.
 */
export function endingsAfter(prefix: string): string[] {
  const found = new Set(['']);
  if (DOUBLED.test(prefix)) for (const ending of AFTER_DOUBLED) found.add(ending);
  // The stemmer changes a part of the prefix only where an ending begins in it.
  for (let start = Math.max(0, prefix.length - MAX_ENDING_LENGTH); start < prefix.length; start++) {
    const begun = prefix.slice(start);
    for (const ending of ENDINGS) if (ending.startsWith(begun)) found.add(ending.slice(begun.length));
  }
  return [...found];
}

type Rule = readonly [left: string, before: string];

/** Endings before a step, of those after it: each as it is, and as every rule that may have made it had it. */
function endingsBefore(after: ReadonlySet<string>, rules: readonly Rule[]): Set<string> {
  const before = new Set(after);
  for (const [left, ending] of rules) {
    for (const known of after) {
      if (known.endsWith(left)) before.add(known.slice(0, known.length - left.length) + ending);
    }
    // What the rule left may lie before the ending that is known.
    before.add(ending);
  }
  return before;
}
