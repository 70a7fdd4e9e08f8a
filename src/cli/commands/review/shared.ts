import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import { DECISIONS, STAGES, type Stage } from '../../../review/review.ts';
import type { Reviewer, ReviewService } from '../../../review/service.ts';
import { jsonText } from '../../json-text.ts';
import { collected, indexOption, jsonOption } from '../../options.ts';
import { type PlaceOptions, placeOf } from '../../place.ts';

/** Options of every action on reviews. */
export interface ReviewOptions extends PlaceOptions {
  readonly by?: string;
  readonly json?: boolean;
}

/** What an action prints: as JSON, or as text. */
export interface Printed {
  readonly value: unknown;
  readonly text: string;
}

/** What an action works with. */
export interface ReviewContext {
  readonly service: ReviewService;
  readonly by: Reviewer;
}

/** A command below `review`. @param usage its arguments, as commander writes them. @param examples commands. */
export function reviewAction(usage: string, description: string, examples: readonly string[]): Command {
  const [name, ...args] = usage.split(' ');
  const command = new Command(name).description(description);
  for (const argument of args) command.argument(argument);
  const lines = examples.map((example) => `  $ paper-search review ${example}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** The options that every action has come last in its help. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--by <name>', 'who does it (default: the user of this machine)')
    .addOption(indexOption())
    .addOption(jsonOption());
}

export const stageOption = () =>
  new Option('--stage <stage>', 'by titles and abstracts, or by full texts')
    .choices(STAGES)
    .default('abstract' satisfies Stage);
export const reasonOption = () =>
  new Option('--reason <criterion>', 'name or number of a criterion; may be repeated').argParser(collected);
export const noteOption = () => new Option('--note <text>', 'a note about the decision');
export const outOption = (what: string) => new Option('--out <file>', what);
/** The decisions of a settlement. */
export const FINAL_DECISIONS = DECISIONS.filter((decision) => decision !== 'maybe');

/** Who does something on this machine. */
export function reviewerOf({ by }: Pick<ReviewOptions, 'by'>): Reviewer {
  return { name: by ?? userInfo().username };
}

/** Opens the reviews of an index, runs an action and prints its result. */
export async function runOnReviews(
  options: ReviewOptions,
  action: (context: ReviewContext) => Promise<Printed>,
): Promise<void> {
  const { withReviews } = await import('../../review/open-reviews.ts');
  const by = reviewerOf(options);
  await withReviews(placeOf(options), async (service) => print(await action({ service, by }), options));
}

/** As `runOnReviews`, with the id of a review. @param review its id or name. */
export async function runOnReview(
  review: string,
  options: ReviewOptions,
  action: (context: ReviewContext & { readonly id: string }) => Promise<Printed>,
): Promise<void> {
  const { reviewIdOf } = await import('../../review/open-reviews.ts');
  await runOnReviews(options, async (context) =>
    action({ ...context, id: await reviewIdOf(context.service, review) }),
  );
}

function print({ value, text }: Printed, { json }: ReviewOptions): void {
  if (json) process.stdout.write(`${jsonText(value)}\n`);
  else if (text !== '') process.stdout.write(`${text}\n`);
}
