import { describe, expect, test } from 'vitest';
import {
  gravest,
  statusKindOf,
  statusOfComment,
  statusOfTexts,
  statusOfTypes,
  statusText,
} from '../../src/papers/status.ts';

describe('a comment of arXiv', () => {
  test.each([
    'This paper has been withdrawn by the author',
    'Withdrawn',
    'Paper withdrawn: an error in the proof',
    'withdrawn due to a crucial error in equation 3',
    'The manuscript was withdrawn',
  ])('states a withdrawal: %s', (comment) => {
    expect(statusOfComment(comment)).toMatchObject({ kind: 'withdrawn', source: 'arXiv' });
  });

  test.each(['12 pages', 'Talk on withdrawn drugs', 'Comments are welcome', undefined])(
    'states none: %s',
    (comment) => {
      expect(statusOfComment(comment)).toBeUndefined();
    },
  );
});

test.each([
  ['RETRACTED: Worms', '', 'retracted'],
  ['[Retracted] Worms', '', 'retracted'],
  ['WITHDRAWN ARTICLE: Worms', '', 'withdrawn'],
  ['Worms', 'This paper has been withdrawn by the authors.', 'withdrawn'],
  ['Retracted papers and who cites them', 'We count them.', undefined],
  ['Worms', 'We show that the paper was withdrawn by others.', undefined],
])('reads the status of "%s" (%s) as %s', (title, abstract, kind) => {
  expect(statusOfTexts(title, abstract)?.kind).toBe(kind);
});

test('reads labels and publication types', () => {
  expect(['Retraction', 'expression_of_concern', 'corrigendum', 'erratum', 'new'].map(statusKindOf)).toEqual([
    'retracted',
    'concern',
    'corrected',
    'corrected',
    undefined,
  ]);
  expect(statusOfTypes(['Journal Article', 'Retracted Publication'])?.kind).toBe('retracted');
  // A notice is not the paper that it is about.
  expect(statusOfTypes(['Retraction of Publication'])).toBeUndefined();
});

test('takes the gravest status and writes it as one line', () => {
  const retracted = { kind: 'retracted', reason: 'Wrong.', date: '2021', source: 'PubMed' } as const;
  expect(gravest([{ kind: 'corrected' }, undefined, retracted])).toBe(retracted);
  expect(statusText(retracted)).toBe('Retracted (2021, PubMed): Wrong.');
  expect(statusText({ kind: 'concern' })).toBe('Expression of concern');
});
