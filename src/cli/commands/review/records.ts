import { type Command, Option } from 'commander';
import { PaperSearchError } from '../../../errors.ts';
import { outOption, type ReviewOptions, reviewAction, runOnReview, withCommonOptions } from './shared.ts';

/** Formats of `review export`; a test compares them with those there are. */
export const REVIEW_EXPORT_CHOICES = ['ris', 'csv', 'bibtex', 'json', 'asreview'] as const;

/** The formats of a PRISMA diagram, by the ending of the file. */
const PRISMA_FORMATS = ['svg', 'json', 'csv'] as const;

type OutOptions = ReviewOptions & { readonly out?: string };

/** The commands for records of a review: prisma, search-log, export, import, replay, remove. */
export function recordCommands(): Command[] {
  return [
    prismaCommand(),
    searchLogCommand(),
    exportCommand(),
    importCommand(),
    replayCommand(),
    removeCommand(),
  ];
}

function prismaCommand(): Command {
  const command = reviewAction('prisma <review>', 'draw the PRISMA 2020 flow diagram, or print its counts', [
    'prisma gardens',
    'prisma gardens --out prisma.svg',
    'prisma gardens --out prisma.csv',
  ]).addOption(outOption('write a diagram (.svg) or the counts (.json, .csv)'));
  return withCommonOptions(command).action(async (review: string, options: OutOptions) => {
    const format = options.out === undefined ? undefined : prismaFormatOf(options.out);
    const [{ prismaCounts, prismaCsv, prismaSvg }, { renderPrisma }, { writeOutput }] = await Promise.all([
      import('../../../review/records/records.ts'),
      import('../../review/render-records.ts'),
      import('../../review/files.ts'),
    ]);
    await runOnReview(review, options, async ({ service, id, by }) => {
      // The counts do not show who decided what.
      const whole = await service.whole(id, { unblind: true });
      const { recall } = await service.progress(id, by);
      const counts = prismaCounts(whole, { recall });
      if (options.out === undefined) return { value: counts, text: renderPrisma(counts) };
      const content = {
        svg: () => prismaSvg(counts),
        json: () => `${JSON.stringify(counts, null, 2)}\n`,
        csv: () => prismaCsv(counts),
      };
      await writeOutput(options.out, content[format!]());
      return { value: { ...counts, out: options.out }, text: `Wrote ${options.out}.` };
    });
  });
}

/** @throws PaperSearchError BAD_REQUEST for a file with another ending. */
function prismaFormatOf(file: string): (typeof PRISMA_FORMATS)[number] {
  const format = PRISMA_FORMATS.find((known) => file.toLowerCase().endsWith(`.${known}`));
  if (format) return format;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `--out: the ending of "${file}" does not say what to write. Use .svg for the diagram, .json or .csv for its counts.`,
  );
}

function searchLogCommand(): Command {
  const command = reviewAction(
    'search-log <review>',
    'write the log of the searches in the order of PRISMA-S, as Markdown',
    ['search-log gardens', 'search-log gardens --out searches.md'],
  ).addOption(outOption('write it to a file'));
  return withCommonOptions(command).action(async (review: string, options: OutOptions) => {
    const { searchLog } = await import('../../../review/records/records.ts');
    const { writeOutput } = await import('../../review/files.ts');
    const { visibleText } = await import('../../../text/visible-text.ts');
    await runOnReview(review, options, async ({ service, id }) => {
      const text = searchLog(await service.whole(id, { unblind: true }));
      if (options.out === undefined) return { value: { text }, text: visibleText(text).trimEnd() };
      await writeOutput(options.out, text);
      return { value: { out: options.out }, text: `Wrote ${options.out}.` };
    });
  });
}

const UNBLIND = 'also while reviewers who are blind to one another have not finished';
type BlindOptions = ReviewOptions & { readonly unblind?: boolean };
type ExportOptions = OutOptions & BlindOptions & { readonly format: string };

function exportCommand(): Command {
  const command = reviewAction(
    'export <review>',
    'print all papers with the decisions in the fields that Rayyan, Covidence and ASReview read',
    [
      'export gardens --format ris --out gardens.ris',
      'export gardens --format csv > gardens.csv',
      'export gardens --format asreview --out gardens.asreview',
    ],
  )
    .addOption(new Option('--format <name>', 'the format').choices(REVIEW_EXPORT_CHOICES).default('ris'))
    .addOption(outOption('write it to a file'))
    .option('--unblind', UNBLIND);
  return withCommonOptions(command).action(async (review: string, options: ExportOptions) => {
    const { format, out, unblind } = options;
    if (format === 'asreview' && out === undefined) {
      const message = `A project of ASReview is not text: name its file with --out ${review}.asreview.`;
      throw new PaperSearchError('BAD_REQUEST', message);
    }
    const { exportReview } = await import('../../../review/records/records.ts');
    const { writeOutput } = await import('../../review/files.ts');
    await runOnReview(review, options, async ({ service, id }) => {
      const whole = await service.whole(id, unblind ? { unblind } : {});
      const bytes = await exportReview(whole, format);
      if (out === undefined) {
        const text = new TextDecoder().decode(bytes);
        return { value: { format, text }, text: text.trimEnd() };
      }
      await writeOutput(out, bytes);
      return { value: { format, out, papers: whole.all.length }, text: `Wrote ${out}.` };
    });
  });
}

function importCommand(): Command {
  const command = reviewAction(
    'import <review> <file>',
    'add the decisions of a file: of Rayyan, Covidence, ASReview, a table, or an export of this command',
    ['import gardens ada.csv --by ada', 'import gardens rayyan.csv --from "Ada Lovelace" --by ada'],
  ).option('--from <name>', 'whose decisions, if the file has those of several reviewers');
  return withCommonOptions(command).action(
    async (review: string, file: string, options: ReviewOptions & { readonly from?: string }) => {
      const [{ readLabels }, { importLabels }, { readInput }, { renderLabelImport }] = await Promise.all([
        import('../../../review/records/records.ts'),
        import('../../../review/import-labels.ts'),
        import('../../review/files.ts'),
        import('../../review/render-records.ts'),
      ]);
      const { from } = options;
      const labels = await readLabels(await readInput(file), file);
      await runOnReview(review, options, async ({ service, id, by }) => {
        const value = await importLabels(service, id, labels, by, { from });
        return { value, text: renderLabelImport(value, by.name) };
      });
    },
  );
}

function replayCommand(): Command {
  const command = reviewAction(
    'replay <review>',
    'rank the papers again as before each label, and compare with the ranks in the log',
    ['replay gardens', 'replay gardens --json'],
  ).option('--unblind', UNBLIND);
  return withCommonOptions(command).action(async (review: string, options: BlindOptions) => {
    const { renderReplay } = await import('../../review/render-review.ts');
    await runOnReview(review, options, async ({ service, id }) => {
      const { unblind } = options;
      const value = await service.replay(id, unblind ? { unblind } : {});
      if (!value.same) process.exitCode = 1;
      return { value, text: renderReplay(value) };
    });
  });
}

function removeCommand(): Command {
  const command = reviewAction('remove <review>', 'mark a review as deleted; its files stay on the disk', [
    'remove gardens',
  ]);
  return withCommonOptions(command).action(async (review: string, options: ReviewOptions) => {
    await runOnReview(review, options, async ({ service, id, by }) => {
      await service.remove(id, by);
      return { value: { removed: id }, text: `Removed the review "${id}".` };
    });
  });
}
