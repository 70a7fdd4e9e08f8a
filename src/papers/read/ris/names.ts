import { nameOfParts, nameOfText, type PersonName } from '../../names.ts';

/** UTF-16 code units of the longest suffix: what is longer is part of an address. */
const MAX_SUFFIX_LENGTH = 6;

/**
 * A name of RIS: "Family, Given, Suffix". One that ends in a comma is a group's, with its own commas doubled, as EndNote
 * writes it.
 */
export function nameOfRis(text: string): PersonName {
  const value = text.trim();
  if (value.endsWith(',')) return { literal: value.slice(0, -1).replaceAll(',,', ',') };
  const name = nameOfText(value);
  const [family, given, suffix = '', ...more] = value.split(',').map((part) => part.trim());
  const isPerson =
    'literal' in name && suffix !== '' && suffix.length <= MAX_SUFFIX_LENGTH && more.length === 0;
  return isPerson ? nameOfParts({ family, given, suffix }) : name;
}
