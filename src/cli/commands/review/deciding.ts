import { Argument, type Command, InvalidArgumentError } from 'commander';
import { PaperSearchError } from '../../../errors.ts';
import { DECISIONS, type Decision, type Stage } from '../../../review/review.ts';
import { jsonText } from '../../json-text.ts';
import { wholeNumber } from '../../options.ts';
import { placeOf } from '../../place.ts';
import {
  FINAL_DECISIONS,
  noteOption,
  type ReviewOptions,
  reasonOption,
  reviewAction,
  reviewerOf,
  runOnReview,
  stageOption,
  withCommonOptions,
} from './shared.ts';

interface DecisionOptions extends ReviewOptions {
  readonly stage: Stage;
  readonly reason?: readonly string[];
  readonly note?: string;
}

/** The commands that decide about papers: label, screen, undo, settle, retrieved. */
export function decidingCommands(): Command[] {
  return [labelCommand(), screenCommand(), undoCommand(), settleCommand(), retrievedCommand()];
}

function labelCommand(): Command {
  const command = reviewAction('label <review> <paper>', 'include or exclude one paper', [
    'label gardens pmid:31415926 include',
    'label gardens 10.1000/182 exclude --reason "wrong population" --note "students"',
    'label gardens 10.1000/182 exclude --stage full-text --reason 4',
  ])
    .addArgument(new Argument('<decision>', 'what you decide').choices(DECISIONS))
    .addOption(reasonOption())
    .addOption(noteOption())
    .addOption(stageOption());
  return withCommonOptions(command).action(
    async (review: string, paper: string, decision: Decision, options: DecisionOptions) => {
      const { stage, note } = options;
      const { renderLabelled } = await import('../../review/render-review.ts');
      const { reasonsOf } = await import('../../review/screen.ts');
      const { howChosen } = await import('../../review/how-chosen.ts');
      await runOnReview(review, options, async ({ service, id, by }) => {
        const reasons = reasonsOf(options.reason ?? [], (await service.read(id)).protocol);
        const chosen = await howChosen(service, id, paper, stage, by);
        const request = { paper, stage, decision, reasons, ...(note !== undefined && { note }), ...chosen };
        const value = await service.label(id, request, by);
        return { value, text: renderLabelled(value) };
      });
    },
  );
}

function screenCommand(): Command {
  const command = reviewAction(
    'screen <review>',
    'read one paper after another in the terminal, and decide with single keys',
    ['screen gardens', 'screen gardens --by ada', 'screen gardens --stage full-text'],
  ).addOption(stageOption());
  return withCommonOptions(command)
    .addHelpText(
      'after',
      `
Keys: i include, e exclude, m maybe, r reasons for the decision that follows, n a note for it, u take back the last decision,
w why the paper is suggested, c criteria with their descriptions, q quit. Each decision is written before the next paper is
shown: Ctrl-C and a closed terminal lose nothing.

Where standard input is not a terminal, each line of it is a key, with text after it: "i", "e 3", "r wrong population",
"n seen at a conference". The command ends at the first error.`,
    )
    .action(async (review: string, options: ReviewOptions & { readonly stage: Stage }) => {
      const [{ withReviews, reviewIdOf }, { screen }, { LineKeys, TerminalKeys }, { stylesOf }, text] =
        await Promise.all([
          import('../../review/open-reviews.ts'),
          import('../../review/screen.ts'),
          import('../../review/keys.ts'),
          import('../../review/marked-text.ts'),
          import('../../review/progress-text.ts'),
        ]);
      const { json, stage } = options;
      // With --json, standard output has only the result.
      const output = json ? process.stderr : process.stdout;
      await withReviews(placeOf(options), async (service) => {
        const id = await reviewIdOf(service, review);
        const keys = process.stdin.isTTY
          ? new TerminalKeys(process.stdin, output)
          : new LineKeys(process.stdin);
        const session = {
          service,
          id,
          by: reviewerOf(options),
          stage,
          keys,
          output,
          styles: stylesOf(output),
        };
        const result = await screen(session).finally(() => keys.close());
        if (json) process.stdout.write(`${jsonText(result)}\n`);
        else process.stdout.write(`${text.endText(result)}\n`);
        if (result.interrupted) {
          throw new PaperSearchError('STOPPED', 'Stopped. Every decision so far is saved.');
        }
      });
    });
}

function undoCommand(): Command {
  const command = reviewAction(
    'undo <review> [number]',
    'take back your last label, or the one with a number: everything is as if it had not been',
    ['undo gardens', 'undo gardens 17 --by ada'],
  );
  return withCommonOptions(command).action(
    async (review: string, given: string | undefined, options: ReviewOptions) => {
      const number = given === undefined ? undefined : numberOf(given);
      const { renderUndone } = await import('../../review/render-review.ts');
      await runOnReview(review, options, async ({ service, id, by }) => {
        const value = await service.undo(id, by, number);
        return { value, text: renderUndone(value) };
      });
    },
  );
}

/** The number of a label. @throws PaperSearchError BAD_REQUEST. */
function numberOf(text: string): number {
  try {
    return wholeNumber(1)(text);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new PaperSearchError('BAD_REQUEST', `"${text}" is not the number of a label. ${error.message}`);
  }
}

function settleCommand(): Command {
  const command = reviewAction('settle <review> <paper>', 'decide about a paper that is a conflict', [
    'settle gardens pmid:31415926 include --note "agreed on the phone" --by ada',
  ])
    .addArgument(new Argument('<decision>', 'what is decided').choices(FINAL_DECISIONS))
    .addOption(reasonOption())
    .addOption(noteOption())
    .addOption(stageOption());
  return withCommonOptions(command).action(
    async (review: string, paper: string, decision: 'include' | 'exclude', options: DecisionOptions) => {
      const { stage, note } = options;
      const { reasonsOf } = await import('../../review/screen.ts');
      await runOnReview(review, options, async ({ service, id, by }) => {
        const reasons = reasonsOf(options.reason ?? [], (await service.read(id)).protocol);
        const request = { paper, stage, decision, reasons, ...(note !== undefined && { note }) };
        const value = await service.settle(id, request, by);
        return { value, text: `Settled: ${value.decision} for ${value.paper}.` };
      });
    },
  );
}

function retrievedCommand(): Command {
  const command = reviewAction(
    'retrieved <review> <paper...>',
    'say that the full texts of papers could be had, or with --not that they could not',
    ['retrieved gardens pmid:31415926 10.1000/182', 'retrieved gardens pmid:27182818 --not'],
  ).option('--not', 'they could not be had');
  return withCommonOptions(command).action(
    async (review: string, papers: string[], options: ReviewOptions & { readonly not?: boolean }) => {
      const { withInputIds } = await import('../../standard-input.ts');
      const { countText } = await import('../../review/render-review.ts');
      const ids = await withInputIds(papers);
      const retrieved = options.not !== true;
      await runOnReview(review, options, async ({ service, id, by }) => {
        await service.retrieved(id, ids, retrieved, by);
        const what = retrieved ? 'retrieved' : 'not retrieved';
        return { value: { papers: ids, retrieved }, text: `${countText(ids.length, 'paper')} ${what}.` };
      });
    },
  );
}
