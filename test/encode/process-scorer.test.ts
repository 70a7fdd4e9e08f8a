import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RerankerModel } from '../../src/encode/models/reranker.ts';
import { createProcessScorer } from '../../src/encode/process-scorer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const digest = '0'.repeat(64);
const model: RerankerModel = {
  name: 'fake',
  task: 'reranking',
  source: { kind: 'folder', from: 'nowhere' },
  architecture: 'bert',
  maxTokens: 64,
  labels: 1,
  weight: 1,
  files: { model: digest, tokenizer: digest, config: digest },
};

/** A scorer whose process gives a passage the length of its title times that of the query, and dies of "poison". */
async function scorer() {
  const script = join(await temporaryFolder(), 'process.mjs');
  await writeFile(
    script,
    `
const { model } = JSON.parse(process.argv[2]);
process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, query, passages }) => {
  if (passages.length > 4) process.send({ kind: 'failed', id, message: 'was sent too much' });
  if (query === 'poison') process.exit(9);
  if (query === 'name') process.send({ kind: 'unavailable', code: 'MODEL_UNAVAILABLE', message: model.name });
  process.send({ kind: 'done', id, numbers: Float32Array.from(passages.map(({ title }) => title.length * query.length)) });
});
`,
  );
  const process = createProcessScorer(model, { script });
  onTestFinished(() => process.close());
  return process;
}

const passages = Array.from({ length: 10 }, (_, i) => ({ title: 'x'.repeat(i), body: '' }));

test('scores passages in their order, a few at a time', async () => {
  const scores = await (await scorer()).score('ab', passages);
  expect([...scores]).toEqual(passages.map((_, i) => 2 * i));
});

test('fails the query whose process dies, and starts another one for the next', async () => {
  const remote = await scorer();
  await expect(remote.score('poison', passages)).rejects.toMatchObject({
    code: 'ENCODER_FAILED',
    message: expect.stringMatching(
      /^The reranker process (ended unexpectedly|cannot be reached).* Try again\.$/,
    ),
  });
  expect(await remote.score('a', passages)).toHaveLength(10);
});

test('passes the model to the process, and its error on', async () => {
  await expect((await scorer()).score('name', passages)).rejects.toMatchObject({
    code: 'MODEL_UNAVAILABLE',
    message: 'fake',
  });
});

test('stops when its signal aborts, and when it is closed', async () => {
  const remote = await scorer();
  const signal = AbortSignal.abort(new Error('gone'));
  await expect(remote.score('a', passages, { signal })).rejects.toThrow('gone');
  await remote.close();
  await expect(remote.score('a', passages)).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
});
