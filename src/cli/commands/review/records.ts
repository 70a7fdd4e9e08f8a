import type { Command } from 'commander';
import { type ReviewOptions, reviewAction, runOnReview, withCommonOptions } from './shared.ts';

/** The commands for records of a review: replay, remove. */
export function recordCommands(): Command[] {
  return [replayCommand(), removeCommand()];
}

function replayCommand(): Command {
  const command = reviewAction(
    'replay <review>',
    'rank the papers again as before each label, and compare with the ranks in the log',
    ['replay gardens', 'replay gardens --json'],
  );
  return withCommonOptions(command).action(async (review: string, options: ReviewOptions) => {
    const { renderReplay } = await import('../../review/render-review.ts');
    await runOnReview(review, options, async ({ service, id }) => {
      const value = await service.replay(id);
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
