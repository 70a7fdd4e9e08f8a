import { isHarmlessFormula } from './latex-formula.ts';

/** Signs that mean something to LaTeX. Braces become commands: BibTeX counts them even after a backslash. */
const SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
};
const FORMULA = /((?<!\\)\$[^$]+\$)/;

/**
 * Plain text as the value of a BibTeX field, in Unicode, with every sign escaped that means something to LaTeX.
 * Formulas between dollar signs stay formulas where they only set signs; others become text.
 * @param protect keeps capitals inside words ("BERT") from styles that write titles in lower case.
 */
export function latexText(text: string, protect = false): string {
  // In a title of capitals alone, they say nothing.
  const protects = protect && /\p{Ll}/u.test(text);
  return text
    .split(FORMULA)
    .map((part, index) => {
      if (index % 2 === 1 && isHarmlessFormula(part)) return part;
      return protects ? part.replace(/\S+/gu, protectedWord) : escaped(part);
    })
    .join('');
}

function protectedWord(word: string): string {
  return /[\p{L}\p{N}]\p{Lu}/u.test(word) ? `{${escaped(word)}}` : escaped(word);
}

function escaped(text: string): string {
  return (
    text
      .replace(/[\\{}~^&%$#_]/g, (sign) => SIGNS[sign]!)
      // Two of a kind would become one dash or quotation mark.
      .replace(/-(?=-)|'(?=')|`(?=`)/g, '$&{}')
      // At the beginning of a line, it could begin an entry.
      .replace(/^@/gm, '{@}')
  );
}
