import { Command } from 'commander';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption } from '../options.ts';
import { createProgress } from '../progress.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

interface Options {
  readonly index: string;
  readonly json?: boolean;
}

/** `paper-search upgrade`: writes an index as this version does. */
export function upgradeCommand(): Command {
  return new Command('upgrade')
    .description('write the index as this version does, from its own records')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The files that the papers came from are not needed, and nothing is encoded again: vectors, records and what people decided
about them are taken over. Papers that have no vector, because an ingest was interrupted, are encoded. The old snapshot stays
in use until the new one is complete. A server that is started on an index of an older format upgrades it first.

Example:
  $ paper-search upgrade --index my-index`,
    )
    .action(async ({ index, json }: Options) => {
      const { upgradeIndex } = await import('../../ingest/upgrade.ts');
      const progress = createProgress();
      const signal = stopOnSignals(
        'Stopped. What is published stays in use; run the same command again to continue.',
      );
      const upgrade = await upgradeIndex({
        index,
        signal,
        onProgress: (event) => progress.update(event),
      }).finally(() => progress.end());
      const { changed, papers, encoded, merged, snapshot } = upgrade;
      const done = `"${index}" is upgraded: ${papers} papers, ${encoded} texts encoded${merged > 0 ? `, ${merged} records merged into other papers` : ''}. Snapshot ${snapshot}.`;
      const text = changed ? done : `"${index}" is up to date (snapshot ${snapshot}).`;
      process.stdout.write(`${json ? jsonText(upgrade) : text}\n`);
    });
}
