import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idInUri, paperUri, viewOf } from '../../../src/serve/mcp/paper-view.ts';
import { paperOf } from '../../support/papers.ts';

test('encodes any id as a valid URI, and decodes it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
      const { href } = new URL(paperUri(id));
      expect(idInUri(href.slice('paper://'.length))).toBe(id);
    }),
  );
});

test.each([
  ['doi:10.1000/182', 'paper://doi%3A10.1000%2F182'],
  ['arxiv:2101.11408', 'paper://arxiv%3A2101.11408'],
])('%s', (id, uri) => {
  expect(paperUri(id)).toBe(uri);
});

test('leaves out missing fields, replaces hidden characters, and cuts long lists', () => {
  const paper = paperOf({
    title: `Long\u001b[2J ${'word '.repeat(100)}`,
    abstract: 'One. Two.',
    authors: Array.from({ length: 3000 }, (_, n) => `Author ${n}`),
  });
  const view = viewOf(paper, 5);
  expect(view.title).toMatch(/^Long\ufffd\[2J word .*…$/);
  expect(view.title.length).toBeLessThanOrEqual(300);
  expect(view).toMatchObject({ authorCount: 3000, abstract: 'One.', abstractCut: true });
  expect(view.authors).toHaveLength(8);
  expect(view).not.toHaveProperty('venue');
  expect(viewOf(paper, 100)).not.toHaveProperty('abstractCut');
});

test('shows formulas and markup in plain characters', () => {
  const paper = paperOf({ title: 'On CO$_2$', abstract: 'Of $\\alpha$ and *n*.' });
  expect(viewOf(paper, 100)).toMatchObject({ title: 'On CO₂', abstract: 'Of α and n.' });
});

test('says what became of a paper and what its venue decided', () => {
  const status = { kind: 'retracted', reason: 'Wrong.', source: 'PubMed' } as const;
  expect(viewOf(paperOf({ title: 'Worms', status, acceptance: 'reject' }), 0)).toMatchObject({
    status: 'RETRACTED (PubMed): Wrong.',
    acceptance: 'reject',
  });
});
