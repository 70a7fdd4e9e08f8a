/** Letters that Unicode does not decompose into a base letter and a mark. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  æ: 'ae',
  ð: 'd',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  ø: 'o',
  œ: 'oe',
  ß: 'ss',
  þ: 'th',
  ŧ: 't',
};

const NOT_ASCII = /[^\x20-\x7e]/;

/**
 * Case and accents folded: "Hüyük" to "huyuk", "Straße" to "strasse", "ﬁne" to "fine". Letters of other
 * scripts are only lower-cased.
 */
export function fold(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  // Decomposed first: styled letters (𝐀) have no lower-case form.
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      // Marks, and the blanks that a lone mark is decomposed into.
      .replace(/[\p{M}\s]+/gu, '')
      .replace(/[æðđħıłŋøœßþŧ]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
  );
}
