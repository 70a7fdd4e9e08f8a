import { type Command, InvalidArgumentError, Option } from 'commander';
import { PaperSearchError } from '../errors.ts';
import { kebabCase } from '../util/kebab-case.ts';

/** Where papers can be: in a folder of this machine, or in an OpenSearch cluster. */
export const ENGINE_NAMES = ['embedded', 'opensearch'] as const;
type EngineName = (typeof ENGINE_NAMES)[number];

/** The corpus of a cluster that is used if none is named. */
export const DEFAULT_CORPUS = 'papers';

/** A corpus in a cluster, and how the cluster is reached. Files are not read yet. */
export interface ClusterPlace {
  /** Addresses of nodes, at least one. */
  readonly nodes: readonly string[];
  readonly corpus: string;
  readonly user?: string | undefined;
  /** File with the password of the user. */
  readonly passwordFile?: string | undefined;
  /** File with an API key, instead of a user. */
  readonly apiKeyFile?: string | undefined;
  /** File with the certificates of the authorities that are trusted (PEM). Default: those of Node. */
  readonly caFile?: string | undefined;
}

/** Where the papers of a command are. */
export interface Place {
  /** The folder of the index; with a cluster, that of collections, watches, tokens and the audit log. */
  readonly index: string;
  /** Default: the papers are in the index. */
  readonly cluster?: ClusterPlace | undefined;
}

/** The options that name a place, as commander gives them. */
export interface PlaceOptions {
  readonly index: string;
  readonly engine?: EngineName;
  readonly node?: readonly string[];
  readonly corpus?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly apiKeyFile?: string;
  readonly ca?: string;
}

const CLUSTER_OPTIONS = ['node', 'corpus', 'user', 'passwordFile', 'apiKeyFile', 'ca'] as const;
/** Heading of the options for a cluster in help. */
export const CLUSTER_GROUP = 'Options for a cluster:';

/** Commands that a cluster cannot do, and what to do instead. */
const INDEX_ONLY: Readonly<Record<string, string>> = {
  verify:
    'OpenSearch checks its own files; "paper-search doctor --engine opensearch" shows the state of the cluster.',
  upgrade:
    'Ingest the papers again under another --corpus, then serve that one: docs/cluster.md, "Upgrades".',
  tune: 'A cluster ranks by the default weights. Tune an index of a sample of the papers to see what would change.',
  split: 'Ingest the records under different identifiers instead.',
  join: 'Give the records a common identifier, such as a DOI, and ingest them again.',
  why: 'Ask an index with the same files: the records of a paper are merged in the same way.',
};

/** Actions of `model` that need an index. */
const MODEL_INDEX_ONLY: Readonly<Record<string, string>> = {
  use: 'Ingest the papers under another --corpus with --model NAME, then serve that one.',
  calibrate: 'Calibrate the model with an index of some of the papers.',
};

/**
 * Adds the options that name a cluster to a command with `--index`. Where a cluster cannot do the command they are
 * hidden: they are there so that it refuses a cluster, instead of using an index on this machine.
 */
export function addClusterOptions(command: Command): void {
  if (!command.options.some((option) => option.attributeName() === 'index')) return;
  const isHidden = INDEX_ONLY[command.name()] !== undefined || command.name() === 'model';
  for (const option of clusterOptions()) command.addOption(option.hideHelp(isHidden));
}

function clusterOptions(): Option[] {
  return [
    new Option('--engine <name>', 'where the papers are: in --index, or in an OpenSearch cluster')
      .choices(ENGINE_NAMES)
      .default('embedded'),
    new Option(
      '--node <url>',
      'address of a node of the cluster, or several with commas; may be repeated',
    ).argParser(nodeAddress),
    new Option('--corpus <name>', 'which papers of the cluster').default(DEFAULT_CORPUS),
    new Option('--user <name>', 'user of the cluster'),
    new Option('--password-file <file>', 'file with the password of the user'),
    new Option('--api-key-file <file>', 'file with an API key, instead of a user'),
    new Option('--ca <file>', 'certificates of the authorities to trust (PEM)'),
  ].map((option) => option.helpGroup(CLUSTER_GROUP));
}

/**
 * Parses the address of a node, or several with commas between them; the option may be repeated.
 * @throws InvalidArgumentError for anything but an HTTP address, and for one that contains a password.
 */
function nodeAddress(text: string, earlier: readonly string[] = []): readonly string[] {
  const addresses = text.split(',').map((address) => address.trim());
  if (addresses.every(isNodeAddress)) return [...earlier, ...addresses];
  throw new InvalidArgumentError(
    'Expected an address such as https://node1.example.org:9200, without a password: see --user and --password-file.',
  );
}

/** Whether a text is an HTTP address without a user and password, which other users of the machine could see. */
export function isNodeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
}

/**
 * The place that options name.
 * @throws PaperSearchError BAD_REQUEST for a cluster without a node, and for a user without a password.
 */
export function placeOf(options: PlaceOptions): Place {
  const { index, engine, node: nodes, corpus = DEFAULT_CORPUS } = options;
  if (engine !== 'opensearch') return { index };
  const { user, passwordFile, apiKeyFile, ca } = options;
  if (nodes === undefined || nodes.length === 0) {
    throw wrong(
      '--engine opensearch needs the address of a node: --node https://node1.example.org:9200, or PAPER_SEARCH_NODES.',
    );
  }
  if (user !== undefined && passwordFile === undefined) {
    throw wrong(`--user "${user}" needs a password: write it to a file, and name it with --password-file.`);
  }
  if (user === undefined && passwordFile !== undefined) {
    throw wrong('--password-file needs the name of the user: --user NAME.');
  }
  if (user !== undefined && apiKeyFile !== undefined) {
    throw wrong('--user and --api-key-file exclude each other: choose one.');
  }
  return { index, cluster: { nodes, corpus, user, passwordFile, apiKeyFile, caFile: ca } };
}

/** The options without those that name the place, and the place. @throws PaperSearchError as `placeOf` does. */
export function placeAndOthers<T extends PlaceOptions>(
  options: T,
): { place: Place; others: Omit<T, keyof PlaceOptions> } {
  const { index, engine, node, corpus, user, passwordFile, apiKeyFile, ca, ...others } = options;
  return { place: placeOf(options), others };
}

/** The options that name a place, for another process. */
export function placeArguments({ index, cluster }: Place): string[] {
  if (!cluster) return [`--engine=embedded`, `--index=${index}`];
  const { nodes, corpus, user, passwordFile, apiKeyFile, caFile: ca } = cluster;
  const named = { corpus, user, passwordFile, apiKeyFile, ca };
  return [
    '--engine=opensearch',
    `--index=${index}`,
    ...nodes.map((node) => `--node=${node}`),
    ...Object.entries(named).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${kebabCase(name)}=${value}`],
    ),
  ];
}

/** A place in words, for messages. */
export function placeText({ index, cluster }: Place): string {
  return cluster ? `the corpus "${cluster.corpus}" of the cluster at ${cluster.nodes[0]}` : `"${index}"`;
}

/**
 * Checks the engine of a command that is about to run.
 * @throws PaperSearchError BAD_REQUEST for a cluster and a command that it cannot do, and for options of a cluster that the
 *   user gave without one. Settings and variables do not count as given.
 */
export function expectPlace(command: Command): void {
  const { engine } = command.opts<Partial<PlaceOptions>>();
  if (engine === 'opensearch') expectClusterCan(command.name(), String(command.processedArgs[0] ?? ''));
  if (engine !== 'embedded') return;
  const given = CLUSTER_OPTIONS.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given !== undefined) throw wrong(`--${kebabCase(given)} is for a cluster: add --engine opensearch.`);
}

function expectClusterCan(command: string, action: string): void {
  const isModel = command === 'model';
  const instead = isModel ? MODEL_INDEX_ONLY[action] : INDEX_ONLY[command];
  if (instead === undefined) return;
  const what = isModel ? `model ${action}` : command;
  throw wrong(`"${what}" is for an index on this machine, and --engine is opensearch. ${instead}`);
}

function wrong(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
