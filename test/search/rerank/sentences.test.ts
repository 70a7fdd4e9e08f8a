import { expect, test } from 'vitest';
import { encodedSentences, SentenceFinder } from '../../../src/search/rerank/sentences.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { paperOf } from '../../support/papers.ts';

const cats = paperOf({ title: 'Cats', abstract: 'Cats purr at night. They are fed. They sleep.' });
const dogs = paperOf({ title: 'Dogs', abstract: 'Dogs bark by day. They run.' });
const none = paperOf({ title: 'Nothing', abstract: '' });

test('finds the nearest of all sentences, and encodes each once', async () => {
  const encoder = new HashingEncoder();
  const finder = new SentenceFinder(encoder);
  const query = await encoder.encode(['they run by day']);
  const nearest = await finder.nearest(query, [dogs, none, cats]);
  expect(nearest.map((sentence) => sentence?.text)).toEqual(['They run.', undefined, expect.any(String)]);
  expect(nearest[0]).toMatchObject({ start: 18, end: 27 });
  expect(encoder.encoded.slice(1)).toEqual([
    ' Dogs bark by day.',
    ' They run.',
    ' Cats purr at night.',
    ' They are fed.',
    ' They sleep.',
  ]);
  expect(await finder.nearest(query, [dogs, none, cats])).toEqual(nearest);
  expect(encoder.encoded).toHaveLength(6);
});

test('encodes only the chosen sentences, also for one that is asked after another', async () => {
  const encoder = new HashingEncoder();
  const known = encodedSentences();
  const query = await encoder.encode(['sleep']);
  const last = await new SentenceFinder(encoder, known).nearest(query, [cats, dogs], (_, spans) =>
    spans.slice(-1),
  );
  expect(last.map((sentence) => sentence?.text)).toEqual(['They sleep.', 'They run.']);
  const all = await new SentenceFinder(encoder, known).nearest(query, [cats]);
  expect(all).toEqual(await new SentenceFinder(encoder).nearest(query, [cats]));
  expect(encoder.encoded.slice(1, 5)).toEqual([
    ' They sleep.',
    ' They run.',
    ' Cats purr at night.',
    ' They are fed.',
  ]);
});

test('reads stored vectors once, unless the abstract was split into another number of sentences', async () => {
  const encoder = new HashingEncoder();
  const query = await encoder.encode(['sleep']);
  const { dimension } = encoder.model;
  const stored = new Float32Array(3 * dimension);
  stored.set(query, 0);
  const reads: string[] = [];
  const finder = new SentenceFinder(encoder, encodedSentences(), (id, count) => {
    reads.push(id);
    return count === 3 ? stored : undefined;
  });
  for (let i = 0; i < 2; i++) {
    const [first, second] = await finder.nearest(query, [cats, dogs]);
    expect(first).toMatchObject({ text: 'Cats purr at night.', cosine: expect.closeTo(1, 5) });
    expect(second?.text).toBeDefined();
  }
  expect(reads).toEqual([cats.id, dogs.id]);
  expect(encoder.encoded.slice(1)).toEqual([' Dogs bark by day.', ' They run.']);
});
