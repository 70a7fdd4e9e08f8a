import './support/patched-fs.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCampaign } from './support/campaign.ts';
import { WRITE_FAULTS } from './support/fault-kinds.ts';
import { realFs } from './support/real-fs.ts';
import { SCENARIOS } from './support/scenarios.ts';
import { attempt, rehearse } from './support/trial.ts';

/** Total number, above that of the kinds of steps and faults; `npx tsx scripts/faults.ts --faults 10000` tries more. */
const FAULTS = 500;
/** In memory if the system supports it: the files need not survive a restart. */
const TEMPORARY = realFs.existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

function workplace(): string {
  const folder = mkdtempSync(join(TEMPORARY, 'paper-search-faults-'));
  onTestFinished(() => realFs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('leaves the old or the new state after a fault at any step, and succeeds at the next attempt', async () => {
  const report = await runCampaign({ faults: FAULTS, seed: 1, workplace: workplace() });
  expect(report.violations).toEqual([]);
  expect(report.faults).toBe(FAULTS);
  expect(Object.keys(report.scenarios)).toHaveLength(SCENARIOS.length);
  expect(Object.keys(report.kinds)).toHaveLength(WRITE_FAULTS.length + 2);
}, 300_000);

const firstIngest = SCENARIOS[0]!;

test('sees the steps of libraries, and those that sync files', async () => {
  const { trace } = await rehearse(firstIngest, workplace());
  const steps = trace.map((step) => step.replace(/[0-9a-f-]{16,}/g, '*'));
  for (const step of ['mkdir /index/ingest.lock', 'fsync /index', 'rename /index/CURRENT', 'fsync ']) {
    expect(steps).toContain(step);
  }
});

test('reports a violation: a change that does not sync loses what it reported as done', async () => {
  const place = (folder: string) => join(folder, 'file');
  const rehearsal = await rehearse(
    {
      name: 'a careless write',
      prepare: async (folder) => realFs.writeFileSync(place(folder), 'old'),
      change: async (folder) => (await import('node:fs')).writeFileSync(place(folder), 'new'),
      stateOf: async (folder) => realFs.readFileSync(place(folder), 'utf8'),
    },
    workplace(),
  );
  const { violations } = await attempt(rehearsal, [{ side: 'write', at: 2, kind: 'power-strict', seed: 1 }]);
  expect(violations).toEqual([expect.stringContaining('reported success, but the old state is there')]);
});
