import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The built package, imported by name as its users do.
const PACKAGE = 'paper-search';

test('ingests, searches and finds related papers through the built package', async () => {
  const { ingest, openIndex }: typeof import('../../src/index.ts') = await import(PACKAGE);
  const index = join(await temporaryFolder(), 'index');
  const report = await ingest(['data'], { index });
  expect(report).toMatchObject({ added: 6, encoded: 6 });

  const engine = await openIndex(index);
  const snapshot = await engine.acquire();
  const { hits } = await snapshot.search({ query: 'papers about self-improvement', limit: 3 });
  expect(hits).toHaveLength(3);
  const related = await snapshot.related({ positive: [hits[0]!.paper.id], limit: 2 });
  expect(related.hits).toHaveLength(2);
  await engine.close();
});

test('replaces an encoder process that dies, and rejects for its callers', async () => {
  const { createProcessEncoder }: typeof import('../../src/index.ts') = await import(PACKAGE);
  const { execFileSync } = await import('node:child_process');
  const encoder = createProcessEncoder();
  const [before] = [await encoder.encode(['one'])];
  const children = () =>
    execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes('encode/child.js'))
      .map((line) => Number.parseInt(line, 10));
  const long = encoder.encode(Array.from({ length: 200 }, (_, i) => `text ${i} `.repeat(50)));
  process.kill(children()[0]!, 'SIGKILL');
  await expect(long).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  expect(await encoder.encode(['one'])).toEqual(before);
  await encoder.close();
  await expect(encoder.encode(['one'])).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  expect(children()).toEqual([]);
});
