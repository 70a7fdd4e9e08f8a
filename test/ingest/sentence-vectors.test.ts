import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import type { UpdateOptions } from '../../src/ingest/update-options.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FIRST = { id: 'a', title: 'Stars', abstract: 'Stars are hot. Planets are not. Comets have tails.' };
const SECOND = { id: 'b', title: 'Gardens', abstract: 'Gardens have roses. Tulips grow in spring.' };
const BARE = { id: 'c', title: 'Without an abstract' };

async function library(papers: readonly object[] = [FIRST, SECOND, BARE]) {
  const folder = await temporaryFolder();
  const file = join(folder, 'papers.jsonl');
  const index = join(folder, 'index');
  const write = (all: readonly object[]) =>
    writeFile(file, all.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  await write(papers);
  /** @returns what was encoded. */
  const run = async (options: UpdateOptions = {}, encoder = new HashingEncoder()) => {
    const report = await ingest([file], { index, encoder, ...options });
    return { ...report, texts: encoder.encoded.map((text) => text.trim()) };
  };
  const sentencesFile = async () => {
    const current = (await readFile(join(index, 'CURRENT'), 'utf8')).trim();
    return join(index, current, 'sentences.i8');
  };
  return { index, write, run, sentencesFile };
}

/** The nearest sentences of an explained answer, and what was encoded for it. */
async function explained(index: string, query: string) {
  const encoder = new HashingEncoder();
  const engine = await openIndex(index, { encoder });
  onTestFinished(() => engine.close());
  const snapshot = await engine.acquire();
  const { hits } = await snapshot.search({
    query,
    explain: true,
    rerank: 3,
    fallback: false,
    mode: 'semantic',
  });
  const sentences = new Map(
    hits.map(({ paper, explanation }) => [paper.id, explanation!.semantic!.sentence]),
  );
  return {
    sentences,
    order: hits.map(({ paper }) => paper.id),
    encoded: encoder.encoded.map((text) => text.trim()),
  };
}

test('are made once for each sentence, if they are wanted', async () => {
  const { run, sentencesFile } = await library();
  const first = await run({ sentenceVectors: true });
  expect(first.encoded).toBe(3 + 5);
  expect(first.texts.slice(3).sort()).toEqual([
    'Comets have tails.',
    'Gardens have roses.',
    'Planets are not.',
    'Stars are hot.',
    'Tulips grow in spring.',
  ]);
  expect((await stat(await sentencesFile())).size).toBe(5 * (16 + 4) + 3 * 8 + 8);
});

test('are not made unless they are wanted', async () => {
  const { run, sentencesFile } = await library();
  expect((await run()).encoded).toBe(3);
  await expect(stat(await sentencesFile())).rejects.toThrow('ENOENT');
});

describe('an index with them', () => {
  test('answers with the same sentences, and encodes only the query', async () => {
    const { index, run } = await library();
    await run();
    const without = await explained(index, 'roses in gardens');
    await run({ sentenceVectors: true });
    const stored = await explained(index, 'roses in gardens');
    expect(without.encoded).toContain('Gardens have roses.');
    expect(stored.encoded.some((text) => /roses\.|hot\.|spring\./.test(text))).toBe(false);
    expect(stored.order).toEqual(without.order);
    expect(stored.sentences.get('c')).toBeUndefined();
    for (const id of ['a', 'b']) {
      const { cosine, ...sentence } = stored.sentences.get(id)!;
      expect(without.sentences.get(id)).toMatchObject(sentence);
      expect(cosine).toBeCloseTo(without.sentences.get(id)!.cosine, 2);
    }
  });

  test('keeps them without the option, and encodes only the sentences of new and changed papers', async () => {
    const { index, write, run } = await library();
    const { snapshot } = await run({ sentenceVectors: true });
    expect(await run()).toMatchObject({ snapshot, encoded: 0 });
    const added = { id: 'd', title: 'Rivers', abstract: 'Rivers flow. Stars are hot.' };
    await write([FIRST, { ...SECOND, abstract: 'Gardens have roses. Lilies grow in summer.' }, BARE, added]);
    const { texts } = await run();
    // A sentence of a paper that did not change is not looked up for another one.
    expect(texts.slice(2).sort()).toEqual([
      'Gardens have roses.',
      'Lilies grow in summer.',
      'Rivers flow.',
      'Stars are hot.',
    ]);
    const { sentences } = await explained(index, 'Lilies grow in summer');
    expect(sentences.get('b')).toMatchObject({
      text: 'Lilies grow in summer.',
      cosine: expect.closeTo(1, 2),
    });
  });

  test('drops them on request, and makes them again', async () => {
    const { run, sentencesFile } = await library();
    await run({ sentenceVectors: true });
    expect((await run({ sentenceVectors: false })).encoded).toBe(0);
    await expect(stat(await sentencesFile())).rejects.toThrow('ENOENT');
    expect((await run({ sentenceVectors: true })).encoded).toBe(5);
  });

  test('encodes them again for another model', async () => {
    const { run } = await library();
    await run({ sentenceVectors: true });
    const { texts } = await run(
      { rebuild: true, sentenceVectors: true },
      new HashingEncoder('another-model'),
    );
    expect(texts).toHaveLength(3 + 5);
  });

  test('encodes the sentences of a paper again whose vectors are damaged', async () => {
    const { write, run, sentencesFile } = await library();
    await run({ sentenceVectors: true });
    const bytes = await readFile(await sentencesFile());
    bytes[1]! ^= 1;
    await writeFile(await sentencesFile(), bytes);
    await write([FIRST, SECOND, BARE, { id: 'd', title: 'Rivers', abstract: 'Rivers flow.' }]);
    const { texts } = await run();
    expect(texts.slice(1).sort()).toEqual([
      'Comets have tails.',
      'Planets are not.',
      'Rivers flow.',
      'Stars are hot.',
    ]);
  });

  test('continues an interrupted ingest with the sentences that are missing', async () => {
    const { run } = await library();
    const stop = new AbortController();
    const interrupted = run({
      sentenceVectors: true,
      signal: stop.signal,
      onProgress: (event) => {
        if (event.stage === 'encoding-sentences' && event.done === 2) stop.abort(new Error('stopped'));
      },
    });
    await expect(interrupted).rejects.toThrow('stopped');
    const { encoded } = await run({ sentenceVectors: true });
    expect(encoded).toBeLessThanOrEqual(3);
    expect(encoded).toBeGreaterThan(0);
  });
});
