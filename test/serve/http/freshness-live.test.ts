import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ingest } from '../../../src/ingest/ingest.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { LiveEngine } from '../../../src/serve/live/live-engine.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { listening } from '../../support/listening.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('keeps an answer valid exactly until the server uses a new snapshot', async () => {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  const file = join(folder, 'papers.jsonl');
  const add = async (title: string) => {
    await appendFile(file, `${JSON.stringify({ id: title, title })}\n`);
    return (await ingest([file], { index, encoder: new HashingEncoder() })).snapshot;
  };
  await add('Gold');
  const engine = await LiveEngine.open(index, { encoder: new HashingEncoder() });
  const { url, close } = await listening(createApp({ engine }));
  onTestFinished(async () => {
    close();
    await engine.close();
  });
  const get = (tag = '') =>
    fetch(`${url}/v1/search?q=gold+silver&mode=keyword`, { headers: { 'If-None-Match': tag } });

  const first = await get();
  const tag = first.headers.get('etag')!;
  expect(JSON.parse(await first.text()).total).toBe(1);
  expect((await get(tag)).status).toBe(304);
  await add('Silver');
  await engine.refresh();
  const second = await get(tag);
  expect(second.status).toBe(200);
  expect(JSON.parse(await second.text()).total).toBe(2);
  expect((await get(second.headers.get('etag')!)).status).toBe(304);
});
