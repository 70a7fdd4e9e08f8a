import { describe, expect, test } from 'vitest';
import { languageCode } from '../../../src/papers/language-codes.ts';
import { languageOfText } from '../../../src/papers/read/language.ts';

const GERMAN = 'Wir untersuchen, wie sich der Neubau von Häusern auf die Mieten in großen Städten auswirkt.';
const ENGLISH = 'We study how the construction of houses affects the rents in large cities and towns.';

describe('languageOfText', () => {
  test.each([
    ['German', GERMAN, undefined, 'de'],
    ['German that a source says is English', GERMAN, 'eng', 'de'],
    ['English', ENGLISH, undefined, undefined],
    ['an English abstract of a German article', ENGLISH, 'ger', undefined],
    [
      'an English abstract full of terms',
      'Graph attention networks for molecular property prediction use message passing over atoms. Pretrained transformer encoders with contrastive objectives outperform supervised baselines on MoleculeNet benchmarks.',
      undefined,
      undefined,
    ],
    [
      'French with English terms',
      "L'analyse des données montre que les réseaux de type graph attention network sont plus rapides que les modèles message passing in the loop et le transfer learning for the web.",
      undefined,
      'fr',
    ],
    [
      'French',
      "L'analyse des données montre que les réseaux sont plus rapides que les modèles.",
      undefined,
      'fr',
    ],
    ['Russian', 'Мы предлагаем новый метод обучения языковых моделей без разметки.', undefined, 'ru'],
    [
      'Chinese',
      '我们提出了一种新的语言模型预训练方法，并且在多个任务上进行了实验，结果表明该方法有效。',
      undefined,
      'zh',
    ],
    ['a short title', 'Operational grammar', undefined, undefined],
    ['a short title whose language is stated', 'Künstliche Intelligenz', 'de-DE', 'de'],
    ['Latin names', 'Escherichia coli, Drosophila melanogaster, Arabidopsis thaliana', undefined, undefined],
    ['names', 'Bernardo Silva, Giovanni Rossi, María García, José Hernández', undefined, undefined],
    ['nothing', '', undefined, undefined],
    ['nothing, with a language', '', 'fr', 'fr'],
    ['symbols', 'α β γ ∑ 1234567890 $$$ x_1 x_2 x_3', undefined, undefined],
  ])('is that of %s', async (_, abstract, stated, expected) => {
    expect(await languageOfText({ title: '', abstract }, stated)).toBe(expected);
  });
});

test.each([
  ['de', 'de'],
  ['de-DE', 'de'],
  ['en_US', 'en'],
  ['ger', 'de'],
  ['deu', 'de'],
  ['German', 'de'],
  ['Deutsch', 'de'],
  ['français', 'fr'],
  ['English', 'en'],
  ['nb', 'no'],
  ['chi', 'zh'],
  ['English; French', undefined],
  ['xx', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the language %s as %s', (text, code) => {
  expect(languageCode(text)).toBe(code);
});
