import { expect, test } from 'vitest';
import { FIELDS } from '../../../src/papers/fields.ts';
import { detectReader } from '../../../src/papers/read/formats.ts';
import { papersOf, readAll } from '../../support/lines.ts';
import { paperOf } from '../../support/papers.ts';

const TITLE = 'Über das Lesen';
const DC = `<oai_dc:dc xmlns:oai_dc="x" xmlns:dc="y"><dc:title>${TITLE}</dc:title><dc:language>ger</dc:language></oai_dc:dc>`;

test.each<[string, string, string]>([
  ['csv', `title,abstract,authors,year,language\n"${TITLE}",Ein Text.,A. B.,2020,German\n`, 'German'],
  ['jsonl', JSON.stringify({ title: TITLE, abstract: 'Ein Text.', lang: 'de' }), 'de'],
  ['jsonl', JSON.stringify({ title: TITLE, abstract: 'Ein Text.', languages: ['ger'] }), 'ger'],
  ['dublin-core', DC, 'ger'],
  [
    'jats',
    `<article xml:lang="de"><front><article-meta><title-group><article-title>${TITLE}</article-title></title-group></article-meta></front></article>`,
    'de',
  ],
  [
    'mods',
    `<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>${TITLE}</title></titleInfo><language><languageTerm>ger</languageTerm></language></mods>`,
    'ger',
  ],
])('%s states the language of a publication', async (format, text, expected) => {
  const reader = detectReader(text, `file.${format}`);
  expect(reader?.format).toBe(format);
  const [paper] = papersOf(await readAll(reader!, text));
  expect(paper!.publication?.language).toBe(expected);
});

test('ignores the language of a text in our own JSON', async () => {
  const text = JSON.stringify({ ...paperOf({ title: TITLE, abstract: 'Ein Text.' }), language: 'de' });
  const [paper] = papersOf(await readAll(detectReader(text, 'file.jsonl')!, text));
  expect(paper!.publication).toBeUndefined();
});

test.each([
  [{ publication: { language: 'ger' } }, ['de']],
  [{ language: 'fr' }, ['fr']],
  [{ language: 'fr', publication: { language: 'English' } }, ['en']],
  [{}, [undefined]],
])('the field "language" of %o is %s', (parts, expected) => {
  const field = FIELDS.find(({ name }) => name === 'language')!;
  expect('valuesOf' in field && field.valuesOf(paperOf({ title: TITLE, ...parts }))).toEqual(expected);
});
