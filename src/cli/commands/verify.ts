import { Command } from 'commander';
import { PaperSearchError } from '../../errors.ts';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption } from '../options.ts';

interface Options {
  readonly index: string;
  readonly json?: boolean;
}

/** `paper-search verify`: checks that every byte of an index is what was written. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('read every byte of the index and check it against its digest')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Exit code 0: the index is intact; 3: it is damaged or cannot be read.

Example:
  $ paper-search verify --index my-index`,
    )
    .action(async ({ index, json }: Options) => {
      const { verifyIndex } = await import('../../indexes/store/verify.ts');
      const { snapshot, damages } = await verifyIndex(index);
      if (json) process.stdout.write(`${jsonText({ snapshot, damages })}\n`);
      else if (damages.length === 0)
        process.stdout.write(`The index "${index}" is intact (snapshot ${snapshot}).\n`);
      if (damages.length === 0) return;
      const list = damages.map(({ file, reason }) => `  ${file}: ${reason}`).join('\n');
      const advice =
        'Run "paper-search ingest --rebuild <path to the papers>", or restore a copy of the snapshot.';
      throw new PaperSearchError('INDEX_CORRUPT', `The index is damaged:\n${list}\n${advice}`, {
        details: { damages },
      });
    });
}
