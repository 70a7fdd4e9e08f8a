import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ProcessEncoder } from '../../src/encode/process-encoder.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import type { IngestProgress } from '../../src/ingest/report.ts';
import { type EncoderFault, fakeEncoderProcess } from '../support/fake-encoder-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** An ingest of 40 papers, three chunks of texts, with an encoder whose first processes have a fault. */
async function ingestWith(faults: readonly EncoderFault[]) {
  const folder = await temporaryFolder();
  const file = join(folder, 'papers.jsonl');
  const papers = Array.from({ length: 40 }, (_, i) => ({ title: `Paper ${i}`, abstract: `About ${i}.` }));
  await writeFile(file, papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  const { script, starts } = await fakeEncoderProcess(faults);
  const model = { name: 'fake', dimension: 2, maxTokens: 8, digest: 'fake' };
  const encoder = new ProcessEncoder(model, { script, longestSilenceMs: 3000 });
  onTestFinished(() => encoder.close());
  const stages: IngestProgress['stage'][] = [];
  const onProgress = ({ stage }: IngestProgress) => void stages.push(stage);
  const report = () => ingest([file], { index: join(folder, 'index'), encoder, onProgress });
  return { report, starts, stages };
}

test.each(['stall', 'die'] as const)('an ingest replaces an encoder process that %ss', async (fault) => {
  const { report, starts, stages } = await ingestWith([fault]);
  expect(await report()).toMatchObject({ papers: 40, added: 40, encoded: 40 });
  expect(await starts()).toBe(2);
  expect(stages).toContain('replacing-encoder');
});

test('an ingest ends with a clear error when every encoder process dies', async () => {
  const { report, starts } = await ingestWith(Array(9).fill('die'));
  await expect(report()).rejects.toMatchObject({
    code: 'ENCODER_FAILED',
    message: expect.stringMatching(/sent to 4 processes, none of which answered/),
  });
  expect(await starts()).toBe(4);
});
