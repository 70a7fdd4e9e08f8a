const NAMES = (
  'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π ' +
  'rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω'
).split(' ');
const LETTER_OF: ReadonlyMap<string, string> = new Map(
  NAMES.flatMap((name, i) => (i % 2 === 0 ? [[name, NAMES[i + 1]!] as const] : [])),
);
const NAME_OF: ReadonlyMap<string, string> = new Map(
  Array.from(LETTER_OF, ([name, letter]) => [letter, name]),
);
const GREEK = /[α-ω]/;
const OTHER = /[a-z0-9]/;
/** Names of fewer letters are only read as a letter if they are the whole term: "pi" is in many words. */
const MIN_NAME_IN_WORD = 4;
const NAMES_IN_WORDS = Array.from(LETTER_OF.keys())
  .filter((name) => name.length >= MIN_NAME_IN_WORD)
  .join('|');
/** One expression for all names: few words have any. */
const NAME_AT_AN_END = new RegExp(`^(?:${NAMES_IN_WORDS})|(?:${NAMES_IN_WORDS})$`);

/**
 * Other terms for the same word, where it has Greek letters or their names: "α" for "alpha", "tnfα" for "tnfalpha", "alphastabl" for
 * "αstabl". Papers write both, and a formula has the letter. A term that no paper has does no harm.
 * @param term folded. @returns nothing for most terms, and for words of Greek texts.
 */
export function greekSpellings(term: string): readonly string[] {
  if (GREEK.test(term)) {
    const isLetter = [...term].length === 1;
    if (!isLetter && !OTHER.test(term)) return [];
    return [term.replace(/[α-ω]/g, (letter) => NAME_OF.get(letter) ?? letter)];
  }
  const letter = LETTER_OF.get(term);
  if (letter !== undefined) return [letter];
  if (!NAME_AT_AN_END.test(term)) return [];
  const found: string[] = [];
  for (const [name, sign] of LETTER_OF) {
    if (name.length < MIN_NAME_IN_WORD) continue;
    if (term.startsWith(name)) found.push(sign + term.slice(name.length));
    else if (term.endsWith(name)) found.push(term.slice(0, -name.length) + sign);
  }
  return found;
}
