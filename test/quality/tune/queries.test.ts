import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import {
  calibrationQueries,
  TUNING_KINDS,
  type TuningKind,
  tuningQueries,
} from '../../../src/quality/tune/queries.ts';
import { mulberry32 } from '../../../src/util/random.ts';
import { paperOf } from '../../support/papers.ts';

const SENTENCES = [
  'Sparse gradients slow the training of large recommendation models considerably.',
  'Caching frequent embeddings halves communication between distributed workers.',
];

function papers(count: number, fields: Partial<Paper> = {}): Paper[] {
  return Array.from({ length: count }, (_, n) =>
    paperOf({
      title: `Embedding Caches for Recommendation ${n}`,
      id: `p${n}`,
      abstract: SENTENCES.join(' '),
      keywords: ['distributed training', 'caching'],
      ...fields,
    }),
  );
}

const queriesOf = (from: readonly Paper[], count = 60) => tuningQueries(from, count, mulberry32(1));
const countsOf = (queries: readonly { kind: TuningKind }[]) =>
  TUNING_KINDS.map((kind) => queries.filter((query) => query.kind === kind).length);

describe('queries for tuning', () => {
  test('are removed from their papers, and nothing else is', () => {
    for (const { kind, text, heldOut } of queriesOf(papers(60))) {
      const whole = papers(60).find(({ id }) => id === heldOut.id)!;
      if (kind === 'title') expect(heldOut).toEqual({ ...whole, title: '' });
      else if (kind === 'key-phrase') {
        expect(text).toBe('distributed training');
        expect(heldOut).toEqual({ ...whole, keywords: ['caching'] });
      } else {
        const taken = SENTENCES.findIndex((sentence) =>
          text.split(' ').every((word) => sentence.includes(word)),
        );
        expect(heldOut).toEqual({ ...whole, abstract: SENTENCES[1 - taken] });
      }
    }
  });

  test('have at most six words of the text, in its order', () => {
    const sentences = queriesOf(papers(60)).filter(({ kind }) => kind === 'sentence');
    for (const { text } of sentences) {
      const words = text.split(' ');
      expect(words).toHaveLength(6);
      const from = SENTENCES.find((sentence) => sentence.includes(words[0]!))!;
      const places = words.map((word) => from.indexOf(word));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
    expect(new Set(sentences.map(({ text }) => text)).size).toBeGreaterThan(2);
  });

  test('are equally many of each kind, one a paper, from the first suitable papers', () => {
    const queries = queriesOf(papers(100));
    expect(countsOf(queries)).toEqual([20, 20, 20]);
    expect(queries.map(({ heldOut }) => heldOut.id)).toEqual(papers(60).map(({ id }) => id));
  });

  test('skip a kind for which few papers are suitable', () => {
    const few = [...papers(19), ...papers(81, { keywords: ['caching'] })].map((paper, n) => ({
      ...paper,
      id: `p${n}`,
    }));
    const [titles, sentences, phrases] = countsOf(queriesOf(few, 90));
    expect(phrases).toBe(0);
    expect(titles! + sentences!).toBeGreaterThan(70);
  });

  test.each<[string, Partial<Paper>, readonly number[]]>([
    ['no abstract', { abstract: '', keywords: [] }, [0, 0, 0]],
    ['one sentence and no title', { title: '', abstract: SENTENCES[0]!, keywords: [] }, [0, 0, 0]],
    ['a title of one word', { title: 'Caches', keywords: [] }, [0, 60, 0]],
    ['sentences that say nothing', { abstract: 'We show this. It works.', keywords: [] }, [60, 0, 0]],
    ['nothing but a keyword', { title: '', abstract: '' }, [0, 0, 0]],
  ])('%s', (_, fields, counts) => {
    expect(countsOf(queriesOf(papers(80, fields)))).toEqual(counts);
  });
});

describe('queries for calibration', () => {
  const made = calibrationQueries(papers(100), 400, mulberry32(1));

  test('are four of a text, with three, six, ten and all of its words', () => {
    expect(made).toHaveLength(400);
    for (let n = 0; n < made.length; n += 4) {
      const four = made.slice(n, n + 4);
      expect(new Set(four.map(({ heldOut }) => heldOut.id)).size).toBe(1);
      const lengths = four.map(({ text }) => text.split(' ').length);
      // The title has four words that count, the sentence nine.
      expect(lengths).toEqual(four[0]!.kind === 'title' ? [3, 4, 4, 4] : [3, 6, 8, 8]);
    }
  });

  test('are as many of titles as of first sentences, which are removed from their papers', () => {
    expect(countsOf(made)).toEqual([200, 200, 0]);
    for (const { kind, text, heldOut } of made) {
      const whole = papers(100).find(({ id }) => id === heldOut.id)!;
      expect(heldOut).toEqual(
        kind === 'title' ? { ...whole, title: '' } : { ...whole, abstract: SENTENCES[1] },
      );
      const from = kind === 'title' ? whole.title : SENTENCES[0]!;
      for (const word of text.split(' ')) expect(from).toContain(word);
    }
  });

  test('are of one kind where papers are not suitable for the other', () => {
    expect(countsOf(calibrationQueries(papers(30, { title: '' }), 400, mulberry32(1)))).toEqual([0, 120, 0]);
    expect(countsOf(calibrationQueries(papers(30, { abstract: 'Short.' }), 400, mulberry32(1)))).toEqual([
      120, 0, 0,
    ]);
    expect(calibrationQueries(papers(19), 400, mulberry32(1))).toEqual([]);
  });
});
