import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { TARGETS } from './targets.ts';
import type { WorkerMessage, WorkerTask } from './worker.ts';

/*
 * Fuzzes functions that read untrusted text, guided by code coverage:
 *   npx tsx scripts/fuzz/main.ts --target query --seconds 60
 * A text that throws, takes too long or fills the memory is written to the folder. Texts that reached new code are also
 * stored there, and tried first the next time.
 */

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: Object.keys(TARGETS).join(',') },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: fileURLToPath(new URL('.cache', import.meta.url)) },
    /** Milliseconds per text. */
    patience: { type: 'string', default: '3000' },
  },
});
const MEMORY_MB = 512;
const LOOK_EVERY_MS = 100;

let failures = 0;
for (const target of values.target.split(',')) {
  if (!Object.hasOwn(TARGETS, target))
    throw new Error(`--target must be one of: ${Object.keys(TARGETS).join(', ')}.`);
  failures += await fuzz(target, Number(values.seconds) * 1000);
}
process.exitCode = failures > 0 ? 1 : 0;

/** @returns the number of different failures. */
async function fuzz(target: string, milliseconds: number): Promise<number> {
  const end = Date.now() + milliseconds;
  const folder = join(values.folder, target);
  mkdirSync(join(folder, 'kept'), { recursive: true });
  const kept = readdirSync(join(folder, 'kept')).map((name) =>
    readFileSync(join(folder, 'kept', name), 'utf8'),
  );
  const errors = new Map<string, string>();
  let tried = 0;
  let covered = 0;
  const failed = (text: string, error: string) => {
    // Failures are distinguished by where they were thrown.
    const key = error.split('\n').slice(0, 2).join(' ').replace(/\d+/g, '0');
    if (!errors.has(key)) errors.set(key, keep(folder, 'failed', text));
  };
  for (let seed = Number(values.seed); Date.now() < end; seed++) {
    const at = new Int32Array(new SharedArrayBuffer(4));
    const workerData: WorkerTask = { target, seed, kept, at };
    const worker = new Worker(new URL('./start-worker.mjs', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    let batch: readonly string[] = [];
    let begun:
      | { readonly place: number; readonly batch: readonly string[]; readonly since: number }
      | undefined;
    let isOver = false;
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'batch') {
        tried += batch.length;
        batch = message.texts;
        covered = Math.max(covered, message.covered);
      } else if (message.kind === 'failed') failed(message.text, message.error);
      else {
        kept.push(message.text);
        keep(folder, 'kept', message.text);
      }
    });
    worker.on('error', (error) => {
      isOver = true;
      failed(batch[at[0]!] ?? '', `The worker ended: ${error.message}`);
    });
    while (!isOver && Date.now() < end) {
      await setTimeout(LOOK_EVERY_MS);
      const place = Atomics.load(at, 0);
      if (begun?.batch !== batch || begun.place !== place) begun = { place, batch, since: Date.now() };
      else if (batch.length > 0 && Date.now() - begun.since > Number(values.patience)) {
        failed(batch[place]!, `It takes longer than ${values.patience} ms`);
        isOver = true;
      }
    }
    await worker.terminate();
  }
  console.log(
    `${target}: ${tried} texts, ${covered} parts of the code, ${kept.length} kept, ${errors.size} failures`,
  );
  for (const [error, file] of errors) console.log(`  ${file}\n    ${error}`);
  return errors.size;
}

function keep(folder: string, kind: 'kept' | 'failed', text: string): string {
  const file = join(folder, kind, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.txt`);
  mkdirSync(join(folder, kind), { recursive: true });
  writeFileSync(file, text);
  return file;
}
