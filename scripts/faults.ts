/**
 * Injects faults at every step of changes to an index, and checks what is left: `npx tsx scripts/faults.ts --faults 10000
 * --seed 1`. Single faults first, then pairs of them. Exits with 1 if there are violations.
 */
import '../test/faults/support/patched-fs.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCampaign } from '../test/faults/support/campaign.ts';
import { realFs } from '../test/faults/support/real-fs.ts';

const { values } = parseArgs({
  options: { faults: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const temporary = realFs.existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const workplace = realFs.mkdtempSync(join(temporary, 'paper-search-faults-'));
const started = performance.now();
try {
  const report = await runCampaign({
    faults: Number(values.faults),
    seed: Number(values.seed),
    workplace,
    onProgress: (faults) => faults % 1000 < 2 && process.stderr.write(`${faults} faults\n`),
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  console.table(report.kinds);
  console.table(report.scenarios);
  console.table(report.found);
  for (const violation of report.violations.slice(0, 50)) console.error(violation);
  const { faults, succeeded, violations } = report;
  console.log(
    `${faults} faults in ${seconds} s; ${succeeded} changes succeeded all the same; ${violations.length} violations.`,
  );
  process.exitCode = violations.length > 0 ? 1 : 0;
} finally {
  realFs.rmSync(workplace, { recursive: true, force: true });
}
