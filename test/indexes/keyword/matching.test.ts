import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import type { KeywordIndex } from '../../../src/indexes/keyword/keyword-index.ts';
import { minisearchEngine } from '../../../src/indexes/keyword/minisearch.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import type { TextCondition } from '../../../src/query/ast.ts';
import { analyze } from '../../../src/text/analyzer.ts';
import { isStopWord } from '../../../src/text/stop-words.ts';
import { tokenize } from '../../../src/text/tokenizer.ts';
import { distance, holdsInIndex } from '../../reference/matching.ts';
import { paperOf } from '../../support/papers.ts';
import { RANDOM_TEXT_CONDITION } from '../../support/random-conditions.ts';
import { randomPapers } from '../../support/random-papers.ts';

type Kind = TextCondition['kind'];

/** A condition in short: `phrase title bag of words`. */
function conditionOf(kind: Kind, text: string, more: object = {}): TextCondition {
  return { kind, text, field: undefined, span: { start: 0, end: 0 }, ...more } as TextCondition;
}

function matched(index: KeywordIndex, size: number, condition: TextCondition): number[] | undefined {
  const mask = new Uint8Array(size);
  if (!index.match(condition, mask)) return undefined;
  return [...mask.keys()].filter((doc) => mask[doc] === 1);
}

test('finds every paper by its own title, as a phrase, as words and near each other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 5 }),
      async (titles) => {
        const papers = titles.map((title, i) => paperOf({ id: String(i), title }));
        const index = await bm25Engine.build(papers);
        for (const [doc, title] of titles.entries()) {
          for (const kind of ['phrase', 'words', 'near'] as const) {
            const found = matched(index, papers.length, conditionOf(kind, title, { distance: 30 }));
            if (found) expect(found).toContain(doc);
            else expect(analyze(title)).toEqual([]);
          }
          for (const { surface, start, end } of tokenize(title)) {
            if (isStopWord(surface)) continue;
            expect(
              matched(index, papers.length, conditionOf('fuzzy', title.slice(start, end), { edits: 1 })),
            ).toContain(doc);
            expect(matched(index, papers.length, conditionOf('prefix', title.slice(start, end)))).toContain(
              doc,
            );
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('matches the same papers as reading paper by paper does', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomPapers(15),
      fc.array(RANDOM_TEXT_CONDITION, { maxLength: 8 }),
      async (papers, list) => {
        const index = await bm25Engine.build(papers);
        for (const condition of list) {
          const docs = matched(index, papers.length, condition) ?? [...papers.keys()];
          expect(docs).toEqual([...papers.keys()].filter((doc) => holdsInIndex(papers[doc]!, condition)));
        }
      },
    ),
    { numRuns: 300 },
  );
});

const repeated = Array.from({ length: 70 }, (_, i) => `token${i % 2 === 0 ? '' : ' filler'}`).join(' and ');

const PAPERS: readonly Paper[] = [
  paperOf({
    id: '0',
    title: 'Bag of Words',
    abstract: 'A bag with words. Few-shot learning, state-of-the-art.',
  }),
  paperOf({
    id: '1',
    title: 'Self-Improvement of Models',
    abstract: 'One-shot learning.',
    authors: ['Li Zhang', 'Wei Wang'],
  }),
  paperOf({
    id: '2',
    title: 'Self improvement',
    authors: ['Li Wang', 'A Zhang', 'B Zhang', 'C Zhang', 'Bo Zhang'],
  }),
  paperOf({
    id: '3',
    title: 'Selfimprovement Methods',
    keywords: ['deep learning', 'graph theory'],
    venue: 'Learning and Learning Theory',
  }),
  paperOf({
    id: '4',
    title: '机器学习方法',
    abstract: 'Studies of happiness by José Ángel: 15.6% in C++ and GPT-4.',
  }),
  paperOf({
    id: '5',
    title: 'Generalization',
    abstract: `${repeated} needle haystack`.replace('needle', 'token needle'),
  }),
  paperOf({
    id: '6',
    title: 'University ranking',
    abstract: 'Transformers improve; 15.6 of it, words in a bag.',
  }),
];

const ROWS: readonly (readonly [kind: Kind, text: string, docs: number[] | undefined, more?: object])[] = [
  ['phrase', 'bag of words', [0]],
  ['phrase', 'bag words', []],
  ['phrase', 'the bag of', [0, 6]],
  ['phrase', 'of the', undefined],
  ['phrase', '', undefined],
  ['phrase', '— ! —', undefined],
  ['words', 'the of', undefined],
  ['words', 'words bag', [0, 6]],
  ['words', 'words bag', [0], { field: 'title' }],
  ['phrase', 'self improvement', [1, 2, 3]],
  ['phrase', 'self-improvement', [1, 2, 3]],
  ['phrase', 'Self‑Improvement', [1, 2, 3]],
  ['phrase', 'self-improvement of models', [1]],
  ['phrase', 'self improvement methods', [3]],
  ['phrase', 'the self-improvement methods', [3]],
  ['phrase', 'improvement self', []],
  ['words', 'self-improvement', [1, 2, 3]],
  ['words', 'improvement self', [1, 2]],
  ['words', 'self models', [1]],
  ['phrase', 'few-shot learning', [0]],
  ['phrase', 'one-shot learning', [1]],
  ['phrase', 'state of the art', [0]],
  ['phrase', 'state-of-the-art', [0]],
  ['phrase', 'state art', []],
  ['phrase', 'Zhang Wei', [], { field: 'author' }],
  ['phrase', 'bo zhang', [2], { field: 'author' }],
  ['phrase', 'learning theory', [3], { field: 'venue' }],
  ['phrase', 'learning graph', [], { field: 'keyword' }],
  ['phrase', 'graph theory', [3], { field: 'keyword' }],
  ['phrase', 'graph theory', [], { field: 'title' }],
  ['phrase', '机器学习', [4]],
  ['phrase', '学习', [4]],
  ['phrase', '器机', []],
  ['phrase', 'jose angel', [4]],
  ['phrase', '15.6%', [4]],
  ['phrase', '15.6', [4, 6]],
  ['phrase', 'C++', [4]],
  ['phrase', 'gpt 4', [4]],
  ['words', 'GPT-4', [4]],
  ['phrase', 'token needle haystack', [5]],
  ['near', 'haystack token', [5], { distance: 1 }],
  ['near', 'haystack token', [], { distance: 0 }],
  ['near', 'words bag', [0], { distance: 1, field: 'title' }],
  ['near', 'words bag', [], { distance: 0, field: 'title' }],
  ['near', 'bag words', [0, 6], { distance: 2 }],
  ['near', 'li zhang', [1], { distance: 5, field: 'author' }],
  ['near', 'of the', undefined, { distance: 3 }],
  ['prefix', 'studie', [4]],
  ['prefix', 'happines', [4]],
  ['prefix', 'transform', [6]],
  ['prefix', 'generaliz', [5]],
  ['prefix', 'universi', [6]],
  ['prefix', 'selfimpr', [1, 3]],
  ['prefix', 'self-impr', [1, 2, 3]],
  ['prefix', '学', [4]],
  ['prefix', 'zha', [1, 2], { field: 'author' }],
  ['prefix', 'zha', [], { field: 'title' }],
  ['prefix', '?', undefined],
  ['fuzzy', 'generaliztion', [5], { edits: 1 }],
  ['fuzzy', 'xag', [0, 6], { edits: 1 }],
  ['fuzzy', 'transofrmers', [6], { edits: 1 }],
  ['fuzzy', 'hapiness', [4], { edits: 2 }],
  ['fuzzy', 'zhnag', [1, 2], { edits: 1, field: 'author' }],
  ['fuzzy', 'zzzzzzz', [], { edits: 2 }],
];

const CASES = ROWS.map(([kind, text, docs, more = {}]) => [kind, text, docs, more] as const);

describe('bm25', async () => {
  const index = await bm25Engine.build(PAPERS);

  test.each(CASES)('%s "%s" is in %j', (kind, text, docs, more) => {
    expect(matched(index, PAPERS.length, conditionOf(kind, text, more))).toEqual(docs);
  });

  test.each<[kind: Kind, part: string, docs: number[], more: object]>([
    ['words', 'bag-of-words ', [0], {}],
    ['phrase', 'bag words ', [], {}],
    ['near', 'bag words ', [0, 6], { distance: 2 }],
    ['prefix', 'z', [], {}],
    ['fuzzy', 'z', [], { edits: 2 }],
  ])('%s in a text of thousands of "%s" is in %j', (kind, part, docs, more) => {
    expect(matched(index, PAPERS.length, conditionOf(kind, part.repeat(5000), more))).toEqual(docs);
  });

  test('keeps what is in the mask already', () => {
    const mask = new Uint8Array(PAPERS.length).fill(1, 3, 4);
    index.match(conditionOf('phrase', 'bag of words'), mask);
    expect([...mask]).toEqual([1, 0, 0, 1, 0, 0, 0]);
  });

  test('misses no paper with a word that has the prefix, or is one edit away', async () => {
    const word = fc.constantFrom(
      'happiness',
      'studies',
      'studying',
      'relational',
      'generalizations',
      'hopping',
      'hop',
      'universal',
      'university',
      'controlled',
      'gases',
      'as',
      'transformers',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { minLength: 1, maxLength: 6 }),
        word,
        fc.nat(),
        async (words, typed, seed) => {
          const papers = words.map((title, i) => paperOf({ id: String(i), title }));
          const own = await bm25Engine.build(papers);
          const prefix = typed.slice(0, 2 + (seed % (typed.length - 1)));
          const begun = matched(own, papers.length, conditionOf('prefix', prefix)) ?? [];
          const at = seed % typed.length;
          const wrong = typed.slice(0, at) + typed.slice(at + 1);
          const near = matched(own, papers.length, conditionOf('fuzzy', wrong, { edits: 1 })) ?? [];
          for (const [doc, title] of words.entries()) {
            if (title === 'as') continue;
            if (title.startsWith(prefix)) expect(begun).toContain(doc);
            if (distance(title, wrong) <= 1) expect(near).toContain(doc);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('MiniSearch', async () => {
  const index = await minisearchEngine.build(PAPERS);

  test.each(CASES.filter(([kind]) => kind === 'words' || kind === 'prefix' || kind === 'fuzzy'))(
    '%s "%s" is in %j',
    (kind, text, docs, more) => {
      expect(matched(index, PAPERS.length, conditionOf(kind, text, more))).toEqual(docs);
    },
  );

  test.each(['phrase', 'near'] as const)('refuses %s, and says which engine can do it', (kind) => {
    expect(() => matched(index, PAPERS.length, conditionOf(kind, 'bag of words', { distance: 1 }))).toThrow(
      expect.objectContaining({
        code: 'BAD_REQUEST',
        message: expect.stringMatching(/MiniSearch.*--keyword-engine bm25/),
      }),
    );
  });
});
