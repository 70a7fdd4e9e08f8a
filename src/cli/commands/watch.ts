import { Argument, Command, Option } from 'commander';
import { PaperSearchError } from '../../errors.ts';
import { FILTER_NAMES } from '../../papers/fields.ts';
import type { Filters } from '../../search/match/filters.ts';
import { REJECTED_CHOICES, type RejectedChoice } from '../../search/match/rejected.ts';
import { SEARCH_MODES, type SearchMode } from '../../search/mode.ts';
import { kebabCase } from '../../util/kebab-case.ts';
import { WATCH_FORMATS, WATCH_LEVELS, type WatchFormat, type WatchLevel } from '../../watch/choices.ts';
import type { WatchDefinition } from '../../watch/definition.ts';
import type { Watch } from '../../watch/watches.ts';
import { addFilterOptions } from '../filter-options.ts';
import { jsonText } from '../json-text.ts';
import { expectIndex } from '../open-engine.ts';
import { collected, indexOption, instant, jsonOption } from '../options.ts';
import { type PlaceOptions, placeOf } from '../place.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

const ACTIONS = ['add', 'edit', 'list', 'show', 'run', 'history', 'remove'] as const;
type Action = (typeof ACTIONS)[number];

interface Options extends Filters, PlaceOptions {
  readonly json?: boolean;
  readonly query?: string;
  readonly like?: readonly string[];
  readonly unlike?: readonly string[];
  readonly mode?: SearchMode;
  readonly rejected?: RejectedChoice;
  readonly minConfidence?: WatchLevel;
  readonly changes?: boolean;
  /** The last instant before the papers that are new; `all`. */
  readonly since?: string;
  readonly format?: WatchFormat;
  readonly out?: string | false;
  readonly post?: string | false;
  readonly secretFile?: string;
  readonly from?: string;
  readonly to?: string;
  readonly dryRun?: boolean;
}

const DEFINING = [
  ...['query', 'like', 'unlike', 'mode', 'rejected', 'minConfidence', 'changes'],
  ...['post', 'secretFile', 'from', 'to', ...FILTER_NAMES],
] as readonly (keyof Options)[];

/** The options of each action, beside `--index` and `--json`. */
const OWN_OPTIONS: Readonly<Record<Action, readonly (keyof Options)[]>> = {
  add: [...DEFINING, 'format', 'out', 'since'],
  edit: [...DEFINING, 'format', 'out'],
  list: [],
  show: [],
  run: ['format', 'out', 'dryRun'],
  history: [],
  remove: [],
};

/** `paper-search watch`: standing questions. */
export function watchCommand(): Command {
  const command = new Command('watch')
    .description('keep standing questions, and report what is new for them')
    .addArgument(new Argument('<action>', 'what to do').choices(ACTIONS))
    .argument('[name...]', 'name of the watch; run: names (default: all)')
    .option('--query <text>', 'add, edit: a query in the query language')
    .addOption(
      new Option(
        '--like <id>',
        'add, edit: a paper that new ones should be like; repeated: any of them',
      ).argParser(collected),
    )
    .addOption(
      new Option(
        '--unlike <id>',
        'add, edit: a paper that new ones should not be like; may be repeated',
      ).argParser(collected),
    )
    .addOption(new Option('--mode <mode>', 'add, edit: search mode (default: hybrid)').choices(SEARCH_MODES))
    .addOption(
      new Option(
        '--min-confidence <level>',
        'add, edit: least confidence of a paper that is reported (default: weak)',
      ).choices(WATCH_LEVELS),
    )
    .addOption(
      new Option(
        '--rejected <what>',
        'add, edit: rejected and withdrawn submissions (default: hide)',
      ).choices(REJECTED_CHOICES),
    )
    .option('--changes', 'add, edit: report a reported paper again when it is retracted or withdrawn')
    .option('--no-changes', 'add, edit: do not')
    .option(
      '--since <date>',
      'add: papers that arrived since this day or instant in UTC are new, too; all for every paper (default: those that arrive from now on)',
      sinceOf,
    )
    .addOption(
      new Option('--format <name>', 'add, edit, run: format of reports (default: text)').choices(
        WATCH_FORMATS,
      ),
    )
    .option(
      '--out <folder>',
      'add, edit, run: write each report to a file in this folder (default: print it)',
    )
    .option('--no-out', 'edit, run: print reports')
    .option('--post <url>', 'add, edit: send each report to this webhook, signed, as JSON')
    .option('--no-post', 'edit: do not')
    .option(
      '--secret-file <file>',
      'add, edit: file with the secret of the signature (default: a new secret beside the index)',
    )
    .option('--from <address>', 'add, edit: sender of e-mail files')
    .option('--to <address>', 'add, edit: receiver of e-mail files')
    .option('--dry-run', 'run: print what is new, and do not count it as reported');
  return addFilterOptions(command)
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
A watch reports papers that arrive after it was added, are relevant, and that it has not reported: each once, also when
records are merged, a run is interrupted, or several run at once. "run" prints nothing where nothing is new, so that cron
sends no mail. Run it after each ingest or sync, or with "ingest --watches" and "sync --watches".

Formats: text, markdown, json (an object per report and line), atom, eml (an e-mail file, which is not sent).
A webhook gets the JSON by POST. What it does not accept with a status of 200 to 299 is sent again by the next run.

Exit code 0: done, whether or not something is new; 5: a webhook did not accept a report. The other watches are run all
the same.

Examples:
  $ paper-search watch add graphs --query "graph kernels" --min-confidence strong
  $ paper-search watch add sharpening --like arxiv:2101.11408 --unlike arxiv:1706.03762 --since 2026-11-01
  $ paper-search watch add iclr --query "reward hacking" --venue ICLR --format eml --out mail --to me@example.org
  $ paper-search watch add hook --query bees --post https://example.org/papers --secret-file secret
  $ paper-search watch run
  $ paper-search watch run graphs --format markdown --dry-run
  $ paper-search watch edit graphs --query "graph kernels OR isomorphism"
  $ paper-search watch list`,
    )
    .action(async (action: Action, names: string[], options: Options) => {
      expectFit(action, options);
      const print = (value: unknown, text: string) =>
        process.stdout.write(`${options.json ? jsonText(value) : text}\n`);
      if (action === 'run') {
        await run(names, options);
        return;
      }
      const [{ watchesOf }, { renderHistory, renderWatch, renderWatches }] = await Promise.all([
        import('../run-watches.ts'),
        import('../render-watch.ts'),
      ]);
      // In a mistyped folder there are no watches, whatever the right one has.
      await expectIndex(placeOf(options));
      const watches = watchesOf(options.index);
      if (action === 'list') {
        if (names.length > 0) throw refusal(`"watch list" takes no name. Use "watch show ${names[0]}".`);
        const all = await watches.list();
        print(all.map(watchJson), renderWatches(all));
        return;
      }
      const [name, ...others] = names;
      if (name === undefined || others.length > 0) {
        throw refusal(`Name one watch: paper-search watch ${action} NAME.`);
      }
      if (action === 'show') {
        const watch = await watches.get(name);
        print(watchJson(watch), renderWatch(watch, secretFileOf(watch, watches)));
      } else if (action === 'history') {
        const entries = await watches.history(name);
        print(entries, renderHistory(entries));
      } else if (action === 'remove') {
        await watches.remove(name);
        print({ removed: name }, `Removed the watch "${name}".`);
      } else {
        const watch = await define(action, name, options);
        print(watchJson(watch), renderWatch(watch, secretFileOf(watch, watches)));
      }
    });
}

/** Adds or edits a watch. */
async function define(action: 'add' | 'edit', name: string, options: Options): Promise<Watch> {
  const [{ withWatches }, { DEFAULT_DEFINITION }, { withFilters }] = await Promise.all([
    import('../run-watches.ts'),
    import('../../watch/definition.ts'),
    import('../../search/match/filters.ts'),
  ]);
  const asked = withFilters(options);
  return withWatches(placeOf(options), ({ watches, engine }) =>
    action === 'add'
      ? watches.add(name, changed(DEFAULT_DEFINITION, asked), { engine, after: options.since })
      : watches.edit(name, (before) => changed(before, asked), { engine }),
  );
}

async function run(names: readonly string[], options: Options): Promise<void> {
  const { json, format, out, dryRun } = options;
  const { printReports, runWatches, withWatches } = await import('../run-watches.ts');
  const signal = stopOnSignals('Stopped. What was not delivered is delivered by the next run.');
  const chosen = json ? 'json' : format;
  const delivery = {
    ...(chosen !== undefined && { format: chosen }),
    ...(out !== undefined && { folder: out === false ? undefined : out }),
  };
  await withWatches(placeOf(options), async (context) => {
    if (!dryRun) {
      await runWatches(context, names, { delivery, signal });
      return;
    }
    const { watches, engine } = context;
    const all = names.length > 0 ? names : (await watches.list()).map(({ name }) => name);
    for (const name of all) {
      const { definition } = await watches.get(name);
      const report = await watches.preview(name, await engine.acquire({ signal }));
      const reports = report.papers.length > 0 ? [report] : [];
      await printReports({ reports, format: { ...definition.delivery, ...delivery } });
    }
  });
}

/** A definition with what the options say. */
function changed(
  before: WatchDefinition,
  options: Omit<Options, keyof Filters> & { readonly filters: Filters },
): unknown {
  const { query, like, unlike, mode, rejected, minConfidence, changes, filters } = options;
  const { format, out, post, secretFile, from, to } = options;
  const delivery = {
    ...before.delivery,
    ...defined({ format, from, to }),
    ...(out !== undefined && { folder: out === false ? undefined : out }),
    ...(post === false && { post: undefined }),
  };
  if (typeof post === 'string') delivery.post = { url: post };
  if (secretFile !== undefined) {
    if (!delivery.post) throw refusal('--secret-file is for a webhook: give its address with --post.');
    delivery.post = { ...delivery.post, secretFile };
  }
  return {
    ...before,
    ...defined({ query, like, unlike, mode, rejected, minConfidence, changes }),
    filters: { ...before.filters, ...defined(filters) },
    delivery: defined(delivery),
  };
}

function defined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** A watch as plain data. */
function watchJson({ deliveries, ...watch }: Watch) {
  return {
    ...watch,
    reported: deliveries.reduce((sum, { papers }) => sum + papers.length, 0),
    failed: deliveries.flatMap(({ id, failures }) =>
      [...failures].map(([to, reason]) => ({ delivery: id, to, reason })),
    ),
  };
}

function secretFileOf(
  { name, definition }: Watch,
  watches: { secretFile(name: string): string },
): string | undefined {
  return definition.delivery.post?.secretFile ?? watches.secretFile(name);
}

/** @throws PaperSearchError BAD_REQUEST for an option of another action. */
function expectFit(action: Action, options: Options): void {
  const all = new Set(Object.values(OWN_OPTIONS).flat());
  const unfit = [...all].find((name) => options[name] !== undefined && !OWN_OPTIONS[action].includes(name));
  if (unfit === undefined) return;
  const value = options[unfit];
  const owners = ACTIONS.filter((each) => OWN_OPTIONS[each].includes(unfit));
  throw refusal(
    `--${value === false ? 'no-' : ''}${kebabCase(unfit)} is only for "watch ${owners.join('" and "watch ')}".`,
  );
}

function refusal(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}

/** The last millisecond before a day or an instant; `all`. */
function sinceOf(text: string): string {
  return text === 'all' ? text : new Date(instant(text).getTime() - 1).toISOString();
}
