import { titleKey } from '../../papers/identity.ts';
import { plainLetters } from '../../text/plain-letters.ts';

/**
 * How much a title says about which paper it is of. `recurring`: every journal has papers of this title. `short`: many
 * papers may have it. `plain`: likely one paper's. `telling`: surely one paper's, or versions of one.
 */
export type TitleKind = 'recurring' | 'short' | 'plain' | 'telling';

/** Titles of parts of journals and books. After some of them, what they are about follows. */
const RECURRING =
  /^(?:(?:guest )?editorials?|editors? (?:note|introduction|choice)|from the editors?|preface|foreword|afterword|(?:(?:publishers?|authors?) )?(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a)|corrections?(?= (?:to|notice)\b|$))|retraction(?= (?:note|notice|of|to)\b|$)|expression of concern|(?:the )?authors? (?:reply|response)|(?:in )?(?:reply|response)(?= to\b|$)|rejoinder|letters? to the editors?|comments?(?= (?:on|to)\b|$)|commentary(?= (?:on|to)\b|$)|book reviews?|obituary|in memoriam|announcements?|call for|(?:front|back) ?matter|(?:author|subject) index|table of contents|title page|masthead|message from|welcome|proceedings of|keynote(?: (?:talk|speech|address))?s?(?=$)|panel (?:discussion|session)|invited (?:talk|paper|speaker)s?(?=$)|organi[sz]ing committee|program(?:me)? committee|acknowledge?ments?|(?:list of )?reviewers|about the authors?|contributors|untitled|in this issue|this (?:month|week) in)(?= |$)/;
/** Titles of parts that begin other titles, too: "Introduction to Algorithms" is a book's. */
const WHOLE =
  /^(?:introduction|conclusions?|summary|overview|background|abstracts?|discussion|reviews?|news|index|contents|cover|panel|tutorial|references|bibliography|glossary|appendix|article|perspectives?|viewpoint|case report|notes?|a note|highlights|letters?|comments?|introduction to (?:the|this) (?:special )?(?:issue|section|volume|proceedings)|special issue)$/;
/** Words that do not distinguish titles. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at by for from in into is it its of on or over s the to under using via with'.split(' '),
);
const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  ς: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
};
/** Commands of LaTeX that say how something looks, and those for signs that a key leaves out. */
const SILENT_COMMAND =
  /\\(?:math[a-z]+|text(?:[a-z]{2,6}|(?:sub|super)script)?|emph|operatorname|ensuremath|boldsymbol|mbox|rm|bf|it|sc|tt|left|right|var(?=epsilon|phi|theta|rho|sigma|pi)|times|cdot|geq?|leq?|pm|to|rightarrow|sim|approx|infty|star|ast|circ|prime|quad|,|;|!)(?![a-z])|\\var(?=epsilon|phi|theta|rho|sigma|pi)/g;

/** What publishers put before the title of a paper that is no longer valid. */
const STATUS = /^\s*[[(]?(?:retracted|withdrawn|removed)(?: (?:article|paper|chapter))?(?:[\])]:?|:)\s*/i;

/**
 * A title as titles of records are compared: its letters and digits, + and #, in one spelling, without white space.
 * "CO$_2$", "CO2" and "CO₂" are equal, as are "α-synuclein" and "$\alpha$-synuclein", "R & D" and "R and D".
 */
export function titleMatchKey(title: string): string {
  return plainLetters(
    title
      .replace(STATUS, '')
      .replace(/<\/?[a-z]{1,6}>/gi, '')
      .replace(SILENT_COMMAND, '')
      .replace(/\\ell(?![a-z])/g, 'l')
      .replace(/\\?&(?:amp;)?/g, ' and '),
  )
    .replace(/[\u0370-\u03ff]/g, (letter) => GREEK[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}+#]+/gu, '');
}

/** What kind of title it is. */
export function titleKindOf(title: string): TitleKind {
  const key = titleKey(title);
  if (WHOLE.test(key) || RECURRING.test(key)) return 'recurring';
  // Scripts that do not part words.
  if (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(key)) {
    return key.length >= 16 ? 'telling' : key.length >= 10 ? 'plain' : 'short';
  }
  const words = contentWords(key).length;
  return words <= 2 ? 'short' : words === 3 ? 'plain' : 'telling';
}

/**
 * Whether two titles that differ may be spellings of one: most words are the same, or one is the other without its
 * end. Titles that differ in a number are those of parts.
 */
export function areTitlesAlike(a: string, b: string): boolean {
  const [left, right] = [titleKey(a), titleKey(b)];
  if (numbersOf(left) !== numbersOf(right)) return false;
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (short.length >= 10 && long.startsWith(short) && contentWords(short).length >= 2) return true;
  const words = new Set(contentWords(left));
  const others = new Set(contentWords(right));
  const common = [...words].filter((word) => others.has(word)).length;
  return common > 0 && common / (words.size + others.size - common) >= 0.6;
}

function contentWords(key: string): string[] {
  return key.split(' ').filter((word) => word !== '' && !SMALL_WORDS.has(word));
}

function numbersOf(key: string): string {
  return (key.match(/\d+|\b[ivx]+\b/g) ?? []).join(' ');
}
