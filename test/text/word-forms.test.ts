import { expect, test, vi } from 'vitest';
import type { Language } from '../../src/text/languages.ts';
import { tokenize } from '../../src/text/tokenizer.ts';
import { formsIn } from '../../src/text/word-forms.ts';

const languages: readonly Language[] = ['de', 'en'];
const askedFor = (text: string) => {
  const termIn = vi.fn((language: Language) => language);
  const forms = tokenize(text).map((token) => formsIn(languages, text, token, termIn));
  return { asked: termIn.mock.calls.length / languages.length, forms };
};

test('a plain word is looked up once, however it is capitalised', () => {
  const { asked, forms } = askedFor('model Model MODEL other');
  expect(asked).toBe(2);
  expect(forms[1]).toBe(forms[0]);
  expect(forms[0]).toEqual(['de', 'en']);
});

test('a word that is written unlike its surface, and a compound, are looked up each time', () => {
  for (let time = 0; time < 2; time++) expect(askedFor('Häuser').asked).toBe(1);
  // The two parts are words of their own.
  askedFor('self-training');
  expect(askedFor('self-training').asked).toBe(1);
});
