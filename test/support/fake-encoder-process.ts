import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** Faults of a request: the process stalls, ends, or reports that the texts cannot be encoded. */
export type EncoderFault = 'stall' | 'die' | 'refuse';

/**
 * A script for `ProcessEncoder` that encodes the text `7` as the vector [7, 1], and any other text as [0, 1]. The first
 * processes have a fault: the first one at its second request, later ones at their first.
 * @param faults one per process; later processes have no fault.
 */
export async function fakeEncoderProcess(
  faults: readonly EncoderFault[],
): Promise<{ script: string; starts: () => Promise<number> }> {
  const folder = await temporaryFolder();
  const script = join(folder, 'process.mjs');
  const started = join(folder, 'started');
  await writeFile(started, '');
  await writeFile(
    script,
    `
import { appendFileSync, readFileSync } from 'node:fs';
const started = ${JSON.stringify(started)};
appendFileSync(started, '.');
const starts = readFileSync(started, 'utf8').length;
const fault = ${JSON.stringify(faults)}[starts - 1];
let answered = 0;
let stalled = false;
process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, texts }) => {
  if (stalled) return;
  if (fault && (starts > 1 || answered > 0)) {
    if (fault === 'die') process.exit(9);
    if (fault === 'stall') stalled = true;
    else process.send({ kind: 'failed', id, message: 'refused the texts' });
    return;
  }
  answered++;
  const vectors = Float32Array.from(texts.flatMap((text) => [Number(text) || 0, 1]));
  process.send({ kind: 'done', id, numbers: vectors });
});
`,
  );
  return { script, starts: async () => (await readFile(started, 'utf8')).length };
}
