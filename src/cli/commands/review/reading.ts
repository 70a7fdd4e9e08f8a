import { type Command, Option } from 'commander';
import { STANDINGS, type Stage, type Standing } from '../../../review/review.ts';
import { offsetOption, wholeNumber } from '../../options.ts';
import { placeOf } from '../../place.ts';
import {
  type ReviewOptions,
  reviewAction,
  runOnReview,
  runOnReviews,
  stageOption,
  withCommonOptions,
} from './shared.ts';

type StageOptions = ReviewOptions & { readonly stage: Stage };

/** Papers that `papers` and `conflicts` list. */
const DEFAULT_LIMIT = 20;

/** The commands that show what a review has: list, show, next, papers, conflicts, progress, agreement. */
export function readingCommands(): Command[] {
  return [
    listCommand(),
    showCommand(),
    nextCommand(),
    papersCommand(),
    conflictsCommand(),
    progressCommand(),
    agreementCommand(),
  ];
}

function listCommand(): Command {
  const command = reviewAction('list', 'list the reviews', ['list', 'list --json']);
  return withCommonOptions(command).action(async (options: ReviewOptions) => {
    const { renderReviews } = await import('../../review/render-review.ts');
    await runOnReviews(options, async ({ service }) => {
      const reviews = await service.list();
      return { value: { reviews }, text: renderReviews(reviews, placeOf(options).index) };
    });
  });
}

function showCommand(): Command {
  const command = reviewAction('show <review>', 'show the protocol, the searches and the pool', [
    'show gardens',
  ]);
  return withCommonOptions(command).action(async (review: string, options: ReviewOptions) => {
    const { renderReview } = await import('../../review/render-review.ts');
    await runOnReview(review, options, async ({ service, id }) => {
      const value = await service.read(id);
      return { value, text: renderReview(value) };
    });
  });
}

function nextCommand(): Command {
  const command = reviewAction('next <review>', 'show the papers to read next, with the reasons', [
    'next gardens',
    'next gardens --count 5 --json',
    'next gardens --stage full-text',
  ])
    .addOption(stageOption())
    .addOption(new Option('--count <n>', 'how many').argParser(wholeNumber(1, 50)).default(1));
  return withCommonOptions(command).action(
    async (review: string, options: StageOptions & { readonly count: number }) => {
      const { stage, count } = options;
      const { renderSuggestions } = await import('../../review/render-review.ts');
      const { stylesOf } = await import('../../review/marked-text.ts');
      await runOnReview(review, options, async ({ service, id, by }) => {
        const suggestions = await service.next(id, by, { stage, count });
        return { value: { suggestions }, text: renderSuggestions(suggestions, stylesOf(process.stdout)) };
      });
    },
  );
}

interface PapersOptions extends ReviewOptions {
  readonly stage: Stage;
  readonly standing?: Standing;
  readonly text?: string;
  readonly limit: number;
  readonly offset: number;
}

function papersCommand(): Command {
  const command = reviewAction(
    'papers <review> [paper]',
    'list papers with what was decided about them; or one paper, with its rank and the reasons',
    [
      'papers gardens --standing include',
      'papers gardens --text "lettuce" --limit 5',
      'papers gardens pmid:31415926',
    ],
  )
    .addOption(stageOption())
    .addOption(
      new Option('--standing <standing>', 'only papers that are decided in this way at the stage').choices(
        STANDINGS,
      ),
    )
    .option('--text <words>', 'only papers with these words in title or abstract')
    .addOption(papersToShow())
    .addOption(offsetOption());
  return withCommonOptions(command).action(
    async (review: string, paper: string | undefined, options: PapersOptions) => {
      const { stage, standing, text, limit, offset } = options;
      const { renderPaper, renderPapers } = await import('../../review/render-review.ts');
      const { stylesOf } = await import('../../review/marked-text.ts');
      await runOnReview(review, options, async ({ service, id, by }) => {
        if (paper !== undefined) {
          const value = await service.paper(id, paper, by);
          return { value, text: renderPaper(value, stylesOf(process.stdout)) };
        }
        const value = await service.papers(id, by, { stage, standing, text, limit, offset });
        return { value, text: renderPapers(value) };
      });
    },
  );
}

function conflictsCommand(): Command {
  const command = reviewAction(
    'conflicts <review>',
    'list papers that have to be settled: reviewers disagree, or one said maybe',
    ['conflicts gardens', 'conflicts gardens --stage full-text --json'],
  )
    .addOption(stageOption())
    .addOption(papersToShow())
    .addOption(offsetOption());
  return withCommonOptions(command).action(
    async (review: string, options: Omit<PapersOptions, 'standing' | 'text'>) => {
      const { stage, limit, offset } = options;
      const { renderPapers } = await import('../../review/render-review.ts');
      await runOnReview(review, options, async ({ service, id, by }) => {
        const value = await service.papers(id, by, { stage, standing: 'conflict', limit, offset });
        return { value, text: renderPapers(value, 'There are no conflicts.') };
      });
    },
  );
}

function papersToShow(): Option {
  return new Option('-n, --limit <n>', 'papers to show').argParser(wholeNumber(1)).default(DEFAULT_LIMIT);
}

function progressCommand(): Command {
  const command = reviewAction(
    'progress <review>',
    'show how far the review is, the estimated recall with its curve, and what the stopping rules say',
    ['progress gardens', 'progress gardens --by ada --json'],
  );
  return withCommonOptions(command).action(async (review: string, options: ReviewOptions) => {
    const { progressText } = await import('../../review/progress-text.ts');
    await runOnReview(review, options, async ({ service, id, by }) => {
      const value = await service.progress(id, by);
      return { value, text: progressText(value, process.stdout.columns) };
    });
  });
}

function agreementCommand(): Command {
  const command = reviewAction(
    'agreement <review>',
    "show how far reviewers agree, with Cohen's kappa, on the papers that both have decided",
    ['agreement gardens'],
  );
  return withCommonOptions(command).action(async (review: string, options: ReviewOptions) => {
    const { renderAgreement } = await import('../../review/render-review.ts');
    await runOnReview(review, options, async ({ service, id }) => {
      const pairs = await service.agreement(id);
      return { value: { pairs }, text: renderAgreement(pairs) };
    });
  });
}
