import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SegmentBuilder } from '../../../../../src/indexes/keyword/bm25/segment-builder.ts';
import { serializeSegment } from '../../../../../src/indexes/keyword/bm25/segment-file.ts';
import { InverterInThread } from '../../../../../src/indexes/keyword/bm25/thread/inverter.ts';
import type { Paper } from '../../../../../src/papers/paper.ts';
import { paperOf } from '../../../../support/papers.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-inverter-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function script(name: string, text: string): URL {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, text);
  return pathToFileURL(file);
}

/** The thread as it is when the product is built: here, its TypeScript is compiled as it is loaded. */
function thread(): URL {
  const source = new URL('../../../../../src/indexes/keyword/bm25/thread/worker.ts', import.meta.url);
  const tsx = import.meta.resolve('tsx/esm/api');
  return script('thread', `import { register } from '${tsx}'; register(); await import('${source}');`);
}

const PAPERS = Array.from({ length: 1250 }, (_, n) =>
  paperOf({
    title: `Self-improvement of $\\alpha$-stable models ${n % 97}`,
    abstract:
      n % 5 === 0 ? '' : `L'analyse des réseaux ${n} ﬁne-tuned 深層学習. Graphs, graphs and GPT-${n % 7}.`,
    authors: ['Ann Müller', `Bo Lee ${n % 11}`],
    ...(n % 3 === 0 && { language: 'fr' }),
    ...(n % 4 === 0 && { venue: 'ICLR', keywords: ['few-shot', 'graphs'] }),
  }),
);

function built(papers: readonly Paper[]): Buffer {
  const builder = new SegmentBuilder();
  for (const paper of papers) builder.add(paper);
  return Buffer.concat(serializeSegment(builder.finish()));
}

test('makes the segments that are made in this thread, byte for byte', async () => {
  const inverter = new InverterInThread(thread());
  try {
    for (const part of [PAPERS.slice(0, 1000), PAPERS.slice(1000), []]) {
      for (const paper of part) await inverter.add(paper);
      const segment = await inverter.finish();
      expect(Buffer.concat(serializeSegment(segment)).equals(built(part))).toBe(true);
    }
  } finally {
    await inverter.close();
  }
});

test('arranges what it has kept, byte for byte', async () => {
  const inverter = new InverterInThread(thread());
  try {
    const backwards = PAPERS.toReversed();
    for (const part of [backwards.slice(0, 1000), backwards.slice(1000)]) {
      for (const paper of part) await inverter.add(paper);
      await inverter.keep();
    }
    const positions = Int32Array.from(backwards, (_, n) => PAPERS.length - 1 - n);
    const parts = await inverter.arrange(positions, PAPERS.length);
    expect(Buffer.concat(parts).equals(built(PAPERS))).toBe(true);
  } finally {
    await inverter.close();
  }
});

test('says when the thread ends too early', async () => {
  const inverter = new InverterInThread(script('ending', 'process.exit(3);'));
  await expect(inverter.finish()).rejects.toThrow('ended with code 3');
  await inverter.close();
});
