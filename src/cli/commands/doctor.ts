import { Command } from 'commander';
import pc from 'picocolors';
import { visibleTexts } from '../../text/visible-text.ts';
import { applyConfig } from '../config/apply-config.ts';
import type { Check } from '../doctor/check.ts';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption } from '../options.ts';
import { type ClusterPlace, expectPlace, type PlaceOptions, placeOf } from '../place.ts';

const EXIT_CODE_PROBLEM = 1;

/** `paper-search doctor`: checks the installation and says how to fix what is wrong. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'check the machine, the model, the index or cluster and the settings, and say how to fix what is wrong',
    )
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Exit code 0: everything works; 1: something does not. "paper-search verify" reads every byte of the index.

Examples:
  $ paper-search doctor
  $ paper-search doctor --index my-index --json`,
    )
    .action(async (_options: object, command: Command) => {
      const { configPlaces, readConfig } = await import('../config/config.ts');
      const config = await readConfig(configPlaces());
      applyConfig(command, config);
      expectPlace(command);
      const { json, ...options } = command.opts<PlaceOptions & { json?: boolean }>();
      const { index, cluster } = placeOf(options);
      const setting = (name: string) => config.values.find((each) => each.setting.name === name)?.value;
      const [
        { machineChecks },
        { runtimeCheck },
        { modelCheck, modelOfFolder },
        { indexChecks },
        { portCheck },
        { configCheck, tokenCheck },
      ] = await Promise.all([
        import('../doctor/machine.ts'),
        import('../doctor/runtime.ts'),
        import('../doctor/model.ts'),
        import('../doctor/index-state.ts'),
        import('../doctor/port.ts'),
        import('../doctor/settings.ts'),
      ]);
      const tokenFile = setting('tokenFile');
      const checks = [
        ...machineChecks(),
        configCheck(config),
        await runtimeCheck(),
        ...(cluster
          ? await clusterChecks(index, cluster)
          : [await modelCheck(await modelOfFolder(index)), ...(await indexChecks(index))]),
        await portCheck(String(setting('host')), Number(setting('port'))),
        await tokenCheck(
          tokenFile === undefined ? undefined : String(tokenFile),
          process.env.PAPER_SEARCH_TOKEN,
        ),
      ];
      const problems = checks.filter(({ status }) => status === 'problem').length;
      if (json) process.stdout.write(`${jsonText({ ok: problems === 0, checks })}\n`);
      else process.stdout.write(`${renderChecks(checks, problems)}\n`);
      if (problems > 0) process.exitCode = EXIT_CODE_PROBLEM;
    });
}

/** The checks of a cluster and of the model of its corpus. */
async function clusterChecks(index: string, cluster: ClusterPlace): Promise<Check[]> {
  const [{ clusterState }, { modelCheck }] = await Promise.all([
    import('../doctor/cluster-state.ts'),
    import('../doctor/model.ts'),
  ]);
  const { checks, model } = await clusterState(index, cluster);
  return [await modelCheck(model), ...checks];
}

const MARKS = { ok: 'ok', warning: 'look', problem: 'WRONG' };
const COLOURS = { ok: pc.green, warning: pc.yellow, problem: pc.red };
const MARK_WIDTH = 'WRONG'.length;

function renderChecks(checks: readonly Check[], problems: number): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(width + MARK_WIDTH + 4);
  return [
    ...visibleTexts(checks).map(({ name, status, found, advice }) => {
      const mark = COLOURS[status](MARKS[status].padEnd(MARK_WIDTH));
      const line = `${name.padEnd(width)}  ${mark}  ${found}`;
      return advice === undefined ? line : `${line}\n${indent}${advice}`;
    }),
    '',
    problems === 0
      ? 'Everything works.'
      : `Problems found: ${problems}. The lines above say how to fix them.`,
  ].join('\n');
}
