import fc from 'fast-check';

/** A name as in a library: in parts, or whole for a group. */
export type LibraryName =
  | { readonly family: string; readonly given: string; readonly suffix?: string }
  | { readonly literal: string };

/** An item of a library, with the fields that reference managers exchange. */
export interface LibraryItem {
  readonly type: 'article' | 'book' | 'incollection' | 'inproceedings' | 'phdthesis' | 'techreport' | 'misc';
  readonly key: string;
  readonly title: string;
  readonly authors: readonly LibraryName[];
  readonly editors: readonly LibraryName[];
  readonly container: string;
  readonly year: number;
  readonly month: number;
  readonly volume: string;
  readonly number: string;
  readonly pages: string;
  readonly publisher: string;
  readonly place: string;
  readonly series: string;
  readonly edition: string;
  readonly isbn: string;
  readonly issn: string;
  readonly doi: string;
  readonly url: string;
  readonly language: string;
  readonly note: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
}

const FAMILIES =
  'Doe|García Márquez|van der Meer|de Bruyn Kops|Van Dyke|Mac Lane|Müller|Åström|Çelik|Erdős|O’Neil|D’Arco|Łukasiewicz|Ōe|Nguyễn|王|Al-Khatib|Smith-Jones|de la Cruz|von Neumann';
const GIVENS = 'Jane|J. R. R.|Gabriel|Sam A.|Jean-Paul|Paul|Søren|小明|Mary Ann|Q.|Étienne|Björn|Anh';
const GROUPS =
  'World Health Organization|ATLAS Collaboration|OpenAI|Acme, Inc.|Smith and Sons|European Commission';
const WORDS =
  'Worms|in|Soil|and|CO₂|TCP/IP|of|Études|über|BERT|α-synuclein|50%|R&D|C#|naïve|“quoted”|—|a_b|{x}|A$|~|^|#1|end\\to|graph';

const words = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...WORDS.split('|')), { minLength: min, maxLength: max })
    .map((list) => list.join(' '));
const maybe = (value: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), value, value);
const name: fc.Arbitrary<LibraryName> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      family: fc.constantFrom(...FAMILIES.split('|')),
      given: fc.constantFrom(...GIVENS.split('|')),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      family: fc.constantFrom('King', 'de la Cruz'),
      given: fc.constantFrom('Martin Luther', 'Juan'),
      suffix: fc.constantFrom('Jr.', 'III'),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom(...GROUPS.split('|')).map((literal) => ({ literal })) },
);
const digits = (max: number) => fc.integer({ min: 1, max }).map(String);

const item: fc.Arbitrary<Omit<LibraryItem, 'key'>> = fc.record({
  type: fc.constantFrom(
    'article',
    'book',
    'incollection',
    'inproceedings',
    'phdthesis',
    'techreport',
    'misc',
  ),
  title: words(2, 9),
  authors: fc.array(name, { minLength: 1, maxLength: 5 }),
  editors: fc.array(name, { maxLength: 2 }),
  container: words(2, 5),
  year: fc.integer({ min: 1900, max: 2026 }),
  month: fc.integer({ min: 1, max: 12 }),
  volume: maybe(digits(99)),
  number: maybe(digits(12)),
  pages: maybe(fc.constantFrom('1-10', 'e12', '123-4', 'xi-xx', '7')),
  publisher: maybe(fc.constantFrom('MIT Press', 'Müller & Söhne', 'ACM')),
  place: maybe(fc.constantFrom('Cambridge, MA', 'Zürich')),
  series: maybe(fc.constantFrom('Lecture Notes in Worms', 'LNCS')),
  edition: maybe(fc.constantFrom('2', 'Third')),
  isbn: maybe(fc.constantFrom('9783030009425', '978-0-262-03384-8')),
  issn: maybe(fc.constant('0028-0836')),
  doi: maybe(digits(99_999).map((suffix) => `10.1000/x_${suffix}`)),
  url: maybe(digits(99_999).map((path) => `https://example.org/~a/${path}?b=1&c=%20_d`)),
  language: maybe(fc.constantFrom('en', 'de-CH')),
  note: maybe(words(1, 6)),
  abstract: maybe(words(5, 40)),
  keywords: fc.array(fc.constantFrom('worms', 'soil', 'deep learning', 'R&D'), { maxLength: 3 }),
}) as fc.Arbitrary<Omit<LibraryItem, 'key'>>;

/** A library of a number of items, the same at every call. */
export function libraryOf(size: number): LibraryItem[] {
  return fc.sample(item, { numRuns: size, seed: 12 }).map((each, at) => ({ ...each, key: `key${at}:a_b` }));
}
