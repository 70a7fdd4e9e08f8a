/**
 * Flips every bit of every file of a tiny index, one at a time, and checks how it is handled: `npx tsx
 * scripts/damage.ts`, or `--bits 1` for one bit of every byte. Exits with 1 if `verify` misses a flip, or if an answer is
 * wrong.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { flipBits, writeTinyIndex } from '../test/faults/support/damage.ts';

const { values } = parseArgs({ options: { bits: { type: 'string', default: '8' } } });
const folder = mkdtempSync(join(tmpdir(), 'paper-search-damage-'));
try {
  const index = await writeTinyIndex(folder);
  let flips = 0;
  const objections: string[] = [];
  for (let bit = 0; bit < Number(values.bits); bit++) {
    const found = await flipBits(index, 1, (position) => (position + bit) % 8);
    flips += found.flips;
    objections.push(...found.objections);
  }
  for (const objection of objections.slice(0, 50)) console.error(objection);
  console.log(`${flips} flips, ${objections.length} objections.`);
  process.exitCode = objections.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
