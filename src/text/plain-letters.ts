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

/** Most texts, which have no marks: looking for them would take most of the time. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const ASCII = /^[\x00-\x7f]*$/;

/**
 * A text in lower case and with the letters that a typewriter has, so that spellings of one word are equal: "Müller",
 * "Mueller" and "Muller"; "Ørsted" and "Oersted"; "Århus" and "Aarhus". Marks of scripts that spell their vowels with
 * them stay.
 */
export function plainLetters(text: string): string {
  const small = text.toLowerCase();
  const plain = ASCII.test(small) ? small : withoutMarks(small);
  return plain.replace(/aa|ae|oe|ue/g, (pair) => pair[0]!);
}

function withoutMarks(small: string): string {
  return small
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{M}+/gu, '')
    .replace(/[ßæœøłđðþıħŋ]/g, (letter) => OTHERS[letter]!);
}
