/**
 * The rules of Porter's stemmer (Program 14(3), 1980) in reverse: the ending of a word before a step, by the ending after
 * it. Consonants that step 1b makes single are handled by `endingsAfter`; those of step 5b ("controll") become single
 * without an ending too.
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

/** All endings that the stemmer may remove or change. */
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
/** What may follow two consonants that the stemmer makes one ("hopping", "hop"). */
const AFTER_DOUBLED = ['ed', 'ing', 'eds', 'ings'];

/**
 * How a word that begins with `prefix` may continue when its stem does not begin with it ("studie" with "s", whose
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

/** The endings before a step for the endings after it: each unchanged, and as it was before every rule that makes it. */
function endingsBefore(after: ReadonlySet<string>, rules: readonly Rule[]): Set<string> {
  const before = new Set(after);
  for (const [left, ending] of rules) {
    for (const known of after) {
      if (known.endsWith(left)) before.add(known.slice(0, known.length - left.length) + ending);
    }
    // The result of the rule may begin before the known ending.
    before.add(ending);
  }
  return before;
}
