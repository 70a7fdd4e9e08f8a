import { type Command, InvalidArgumentError, Option } from 'commander';
import { PaperSearchError } from '../../../errors.ts';
import { FILTER_NAMES } from '../../../papers/fields.ts';
import type { PoolRequest, Protocol, SearchedSource } from '../../../review/review.ts';
import type { Filters } from '../../../search/match/filters.ts';
import { SEARCH_MODES, type SearchMode } from '../../../search/mode.ts';
import { addFilterOptions } from '../../filter-options.ts';
import { wholeNumber } from '../../options.ts';
import { type ReviewOptions, reviewAction, runOnReview, runOnReviews, withCommonOptions } from './shared.ts';

interface ProtocolOptions {
  readonly question?: string;
  readonly criteria?: string;
  readonly reviewers?: '1' | '2';
  readonly target?: number;
  readonly randomEvery?: number;
  readonly keywordOnly?: boolean;
}

interface PoolOptions extends Filters {
  readonly query?: string;
  readonly mode?: SearchMode;
}

type NewOptions = ReviewOptions & ProtocolOptions & PoolOptions & { readonly includeKnown?: string };

/** The commands that say what a review is about: new, amend, source, pool. */
export function protocolCommands(): Command[] {
  return [newCommand(), amendCommand(), sourceCommand(), poolCommand()];
}

function newCommand(): Command {
  const command = reviewAction(
    'new <name>',
    'create a review of the papers of an index, or of a search in it',
    [
      'new "School gardens" --question "Do school gardens change what children eat?" --criteria criteria.md',
      'new gardens --criteria criteria.md --query "garden*" --year ">=2010" --reviewers 2 --target 0.98',
      'new gardens --criteria criteria.md --include-known 10.1000/182,pmid:31415926 --keyword-only',
    ],
  );
  addProtocolOptions(command);
  addPoolOptions(command).option(
    '--include-known <ids>',
    'papers that are known to be included: ids with commas, or a file with one per line, or - for standard input',
  );
  return withCommonOptions(command)
    .addHelpText('after', CRITERIA_HELP)
    .action(async (name: string, options: NewOptions) => {
      const { criteria, ...protocol } = await protocolOf(options);
      const question = protocol.question ?? criteria?.question;
      if (question === undefined) {
        throw refusal(
          'A review needs a question: --question TEXT, or "## Question" in the file of --criteria.',
        );
      }
      const { knownPapers } = await import('../../review/known-papers.ts');
      const { renderReview } = await import('../../review/render-review.ts');
      const known = options.includeKnown === undefined ? [] : await knownPapers(options.includeKnown);
      await runOnReviews(options, async ({ service, by }) => {
        const asked = { ...criteria, ...protocol, question };
        const pool = poolRequestOf(options);
        const created = await service.create({ name, protocol: asked, pool }, by);
        if (known.length > 0) {
          const labels = known.map((paper) => ({ paper, decision: 'include', chosenBy: 'prior' }) as const);
          await service.labelAll(created.id, labels, by).catch((error: unknown) => {
            throw notLabelled(error, created.id);
          });
        }
        const review = await service.read(created.id);
        return { value: review, text: renderReview(review) };
      });
    });
}

const CRITERIA_HELP = `
The file of criteria is Markdown: "## Include" and "## Exclude", each with a list of "- name: description" below it. It may have
"## Question" with a text, and "## Words for" and "## Words against" with lists of words to highlight,
where garden* is every word that begins so. The same as JSON:
{"question": "…", "include": [{"name": "…", "description": "…"}], "exclude": ["name: description"]}`;

/** An error about known papers, with what was done before it. */
function notLabelled(error: unknown, id: string): unknown {
  if (!(error instanceof PaperSearchError)) return error;
  const message = `The review "${id}" was created, but without the known papers: ${error.message} Add them with "paper-search review label ${id} PAPER include".`;
  return new PaperSearchError(error.code, message, { details: { ...error.details }, cause: error });
}

function amendCommand(): Command {
  const command = reviewAction(
    'amend <review>',
    'change the protocol or the name; the log keeps what it was',
    [
      'amend gardens --criteria criteria.md',
      'amend gardens --target 0.9 --random-every 20',
      'amend gardens --name "School gardens and diet"',
    ],
  );
  addProtocolOptions(command)
    .option('--no-keyword-only', 'learn from vectors, too')
    .option('--name <name>', 'a new name; the id stays');
  return withCommonOptions(command).action(
    async (review: string, options: ReviewOptions & ProtocolOptions & { readonly name?: string }) => {
      const { criteria, ...protocol } = await protocolOf(options);
      const fromFile = criteria && { ...criteria };
      const change = defined({ ...fromFile, ...protocol, name: options.name });
      if (Object.keys(change).length === 0) {
        throw refusal(
          'Say what to change: --name, --question, --criteria, --reviewers, --target, --random-every or --keyword-only.',
        );
      }
      const { renderReview } = await import('../../review/render-review.ts');
      await runOnReview(review, options, async ({ service, id, by }) => {
        const value = await service.amend(id, change, by);
        return { value, text: renderReview(value) };
      });
    },
  );
}

type SourceOptions = ReviewOptions &
  Omit<SearchedSource, 'name' | 'kind'> & { readonly kind: SearchedSource['kind'] };

function sourceCommand(): Command {
  const command = reviewAction(
    'source <review> <name>',
    'add a search that found records, as PRISMA-S asks for it',
    [
      `source gardens PubMed --query '"school garden*" AND diet' --date 2026-11-02 --records 30`,
      'source gardens "Reference lists" --kind other --records 4 --note "of the included papers"',
    ],
  )
    .addOption(
      new Option('--kind <kind>', 'database, register, or another way')
        .choices(['database', 'register', 'other'] satisfies SearchedSource['kind'][])
        .default('database'),
    )
    .option('--query <text>', 'the query as it was sent')
    .option('--date <day>', 'when it was searched')
    .option('--records <n>', 'records that it found, before duplicates were removed', wholeNumber(0))
    .option('--note <text>', 'what else a reader has to know, such as limits and filters');
  return withCommonOptions(command).action(async (review: string, name: string, options: SourceOptions) => {
    const { kind, query, date, records, note } = options;
    const { renderReview } = await import('../../review/render-review.ts');
    await runOnReview(review, options, async ({ service, id, by }) => {
      const value = await service.addSource(
        id,
        { name, kind, ...defined({ query, date, records, note }) },
        by,
      );
      return { value, text: renderReview(value) };
    });
  });
}

function poolCommand(): Command {
  const command = reviewAction(
    'pool <review>',
    'take the papers from the index again: new ones come in at their rank, removed ones stay as removed',
    ['pool gardens', 'pool gardens --query "garden*" --year ">=2010"'],
  );
  return withCommonOptions(addPoolOptions(command)).action(
    async (review: string, options: ReviewOptions & PoolOptions) => {
      const { renderReview } = await import('../../review/render-review.ts');
      await runOnReview(review, options, async ({ service, id, by }) => {
        const value = await service.updatePool(id, by, poolRequestOf(options));
        return { value, text: renderReview(value) };
      });
    },
  );
}

function addProtocolOptions(command: Command): Command {
  return command
    .option('--question <text>', 'what the review asks')
    .option('--criteria <file>', 'file with the criteria to include and to exclude papers')
    .addOption(
      new Option(
        '--reviewers <n>',
        'reviewers of each paper; 2 are blind to one another (default: 1)',
      ).choices(['1', '2']),
    )
    .option('--target <share>', 'share of the includes to find (default: 0.95)', share)
    .option(
      '--random-every <n>',
      'draw one paper in so many at random instead of by rank; 0 for none (default: 0)',
      wholeNumber(0),
    )
    .option('--keyword-only', 'learn from words only, without vectors');
}

function addPoolOptions(command: Command): Command {
  command
    .option('--query <text>', 'only papers that a search finds (default: all papers)')
    .addOption(new Option('--mode <mode>', 'mode of that search (default: hybrid)').choices(SEARCH_MODES));
  return addFilterOptions(command);
}

/** What options say of a protocol; the criteria as their file has them. */
async function protocolOf({
  question,
  criteria,
  reviewers,
  target,
  randomEvery,
  keywordOnly,
}: ProtocolOptions) {
  const { readCriteriaFile } = await import('../../review/files.ts');
  const protocol: Partial<Protocol> = defined({
    question,
    reviewersPerPaper: reviewers === undefined ? undefined : reviewers === '2' ? 2 : 1,
    targetRecall: target,
    randomEvery,
    keywordOnly,
  } as const);
  return { ...protocol, criteria: criteria === undefined ? undefined : await readCriteriaFile(criteria) };
}

/** The papers that options choose; undefined where they choose none. */
function poolRequestOf(options: PoolOptions & ReviewOptions): PoolRequest | undefined {
  const { query, mode } = options;
  const filters = Object.fromEntries(
    FILTER_NAMES.map((name) => [name, options[name]] as const).filter(([, value]) => value !== undefined),
  );
  const request = defined({ query, mode, filters: Object.keys(filters).length > 0 ? filters : undefined });
  return Object.keys(request).length === 0 ? undefined : request;
}

/** An object without the members that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Parses a share: 0.95 or 95%. */
function share(text: string): number {
  const [, number, percent] = /^(\d+(?:\.\d+)?) ?(%?)$/.exec(text.trim()) ?? [];
  const value = Number(number) / (percent ? 100 : 1);
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a share such as 0.95 or 95%.');
}

function refusal(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
