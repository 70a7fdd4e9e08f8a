/** Letters of Latin alphabets that are not a letter and a mark. */
const OTHERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
};

/**
 * A text in lower case and with the letters that a typewriter has, so that spellings of one word are equal: "Müller",
 * "Mueller" and "Muller"; "Ørsted" and "Oersted"; "Århus" and "Aarhus". Marks of scripts that spell their vowels with
 * them stay.
 */
export function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{M}+/gu, '')
    .replace(/[ßæœøłđðþıħŋ]/g, (letter) => OTHERS[letter]!)
    .replace(/aa|ae/g, 'a')
    .replace(/oe/g, 'o')
    .replace(/ue/g, 'u');
}
