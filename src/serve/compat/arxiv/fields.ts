/** Fields of the arXiv API. `all` is the default. */
export type ArxivField = 'ti' | 'au' | 'abs' | 'co' | 'jr' | 'cat' | 'rn' | 'id' | 'doi' | 'date' | 'all';

const FIELDS: Readonly<Record<string, ArxivField>> = {
  ti: 'ti',
  title: 'ti',
  au: 'au',
  abs: 'abs',
  co: 'co',
  jr: 'jr',
  cat: 'cat',
  rn: 'rn',
  id: 'id',
  doi: 'doi',
  submitteddate: 'date',
  lastupdateddate: 'date',
  all: 'all',
};

/** The field with this name, in any case; undefined for an unknown name. */
export function fieldOf(name: string): ArxivField | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
}
