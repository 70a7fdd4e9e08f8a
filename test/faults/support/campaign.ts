import { join } from 'node:path';
import { drawTrials } from './plan.ts';
import { realFs } from './real-fs.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { attempt, type Outcome, rehearse } from './trial.ts';

export interface CampaignOptions {
  /** Faults to inject. */
  readonly faults: number;
  readonly seed: number;
  /** An empty folder. */
  readonly workplace: string;
  /** Default: all. */
  readonly scenarios?: readonly Scenario[] | undefined;
  readonly onProgress?: ((faults: number) => void) | undefined;
}

/** The outcome of a number of faults. */
export interface CampaignReport {
  readonly faults: number;
  /** Faults by kind, and by scenario. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly scenarios: Readonly<Record<string, number>>;
  /** The states that were found after the last fault of each trial. */
  readonly found: Readonly<Record<Outcome['found'], number>>;
  /** Changes that reported success in spite of their fault. */
  readonly succeeded: number;
  /** With the scenario; normally empty. */
  readonly violations: readonly string[];
}

/** Injects many faults into every scenario. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { faults: count, seed, workplace, scenarios = SCENARIOS, onProgress } = options;
  const rehearsals = [];
  for (const [n, scenario] of scenarios.entries()) {
    const folder = join(workplace, String(n));
    realFs.mkdirSync(folder);
    rehearsals.push(await rehearse(scenario, folder));
  }
  const kinds: Record<string, number> = {};
  const byScenario: Record<string, number> = {};
  const found = { old: 0, new: 0, 'under way': 0, neither: 0 };
  const violations: string[] = [];
  let succeeded = 0;
  let done = 0;
  for (const { rehearsal, faults } of drawTrials(rehearsals, count, seed)) {
    const outcome = await attempt(rehearsal, faults);
    const { name } = rehearsal.scenario;
    for (const { kind, side } of faults) {
      const label = side === 'read' ? `${kind} on reading` : kind;
      kinds[label] = (kinds[label] ?? 0) + 1;
    }
    byScenario[name] = (byScenario[name] ?? 0) + faults.length;
    found[outcome.found]++;
    if (outcome.succeeded) succeeded++;
    violations.push(...outcome.violations.map((violation) => `${name}: ${violation}`));
    done += faults.length;
    onProgress?.(done);
  }
  return { faults: done, kinds, scenarios: byScenario, found, succeeded, violations };
}
