import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { corpusIdOf, paperIdOf } from '../../../../src/papers/semantic-scholar/identity.ts';
import { identifierInUrl, urlKey } from '../../../../src/papers/semantic-scholar/urls.ts';
import type { Snapshot } from '../../../../src/search/engine.ts';
import { findPaper } from '../../../../src/serve/compat/semantic-scholar/paper-lookup.ts';
import { paperOf } from '../../../support/papers.ts';
import { snapshotOver } from '../../../support/snapshot-over.ts';
import { S2_ID, SAMPLE } from './sample-corpus.ts';

let snapshot: Snapshot;
beforeAll(async () => {
  snapshot = (await snapshotOver(SAMPLE)).snapshot;
});

const found = (id: string) => findPaper(id, snapshot);
const sha = (text: string) => createHash('sha1').update(text).digest('hex');

describe('findPaper', () => {
  test.each([
    ['graphs', 'graphs'],
    [sha('graphs'), 'graphs'],
    [sha('graphs').toUpperCase(), 'graphs'],
    [S2_ID, 'speech'],
    [sha('speech'), undefined],
    ['CorpusId:4711', 'odd/id with "signs"'],
    ['corpusid: 4711', 'odd/id with "signs"'],
    [`CorpusId:${corpusIdOf({ id: 'graphs', externalIds: {} })}`, 'graphs'],
    ['CorpusId:1', undefined],
    ['CorpusId:graphs', undefined],
    ['DOI:10.18653/v1/N18-3011', 'graphs'],
    ['doi:10.18653/V1/n18-3011', 'graphs'],
    ['10.18653/v1/N18-3011', 'graphs'],
    ['ARXIV:2106.15928', 'graphs'],
    ['arXiv:2106.15928v2', 'graphs'],
    ['ACL:N18-3011', 'graphs'],
    ['URL:https://arxiv.org/abs/2106.15928v1', 'graphs'],
    ['URL:https://arxiv.org/pdf/2106.15928v3.pdf', 'graphs'],
    ['URL:https://aclanthology.org/N18-3011/', 'graphs'],
    ['URL:https://doi.org/10.18653/v1/N18-3011', 'graphs'],
    ['URL:http://example.org/Graphs', 'graphs'],
    ['URL:https://example.org/graphs.pdf', 'graphs'],
    ['https://example.org/graphs.pdf#page=2', 'graphs'],
    ['URL:https://example.org/graphs', undefined],
    ['URL:https://openreview.net/forum?id=AbC-dEf', 'speech'],
    [`URL:https://www.semanticscholar.org/paper/Some-Title/${S2_ID}`, 'speech'],
    ['URL:https://api.semanticscholar.org/CorpusID:4711', 'odd/id with "signs"'],
    ['odd/id with "signs"', 'odd/id with "signs"'],
    ['PMID:99', 'odd/id with "signs"'],
    ['pmid:98', undefined],
    ['MAG:graphs', undefined],
    ['URL:URL:https://arxiv.org/abs/URL:x', undefined],
    ['', undefined],
    ['x'.repeat(5000), undefined],
  ])('finds %j', async (id, expected) => {
    expect(await found(id)).toBe(expected);
  });

  test('finds every paper by its paperId and its corpusId', async () => {
    for (const paper of SAMPLE) {
      expect(await found(paperIdOf(paper))).toBe(paper.id);
      expect(await found(`CorpusId:${corpusIdOf(paper)}`)).toBe(paper.id);
    }
  });
});

test.each([
  ['https://www.Example.org/A/b/', 'example.org/A/b'],
  ['http://example.org', 'example.org'],
  ['example.org/x#y', 'example.org/x'],
])('compares %j as %j', (url, key) => {
  expect(urlKey(url)).toBe(key);
});

test.each([
  ['https://arxiv.org/abs/hep-th/9901001v1', 'hep-th/9901001v1'],
  ['https://example.org/abs/1', undefined],
])('finds in %j the identifier %j', (url, id) => {
  expect(identifierInUrl(url)).toBe(id);
});

test('derives ids from ours unless Semantic Scholar has assigned one', () => {
  const paper = paperOf({ id: 'x', title: 'X' });
  expect(paperIdOf(paper)).toBe(sha('x'));
  expect(corpusIdOf(paper)).toBeGreaterThanOrEqual(2 ** 48);
  expect(Number.isSafeInteger(corpusIdOf(paper))).toBe(true);
  expect(paperIdOf({ ...paper, externalIds: { s2: S2_ID.toUpperCase() } })).toBe(S2_ID);
  expect(corpusIdOf({ ...paper, externalIds: { s2: '77' } })).toBe(77);
});
