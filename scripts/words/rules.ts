/** Words that the project avoids, and what it writes instead. */

/** Files and folders that are checked: all that the project writes. */
export const CHECKED_PATHS: readonly string[] = [
  'CHANGELOG.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'README.md',
  'docs',
  'index/README.md',
  '.github',
  'scripts',
  'src',
  'test',
];

export interface Rule {
  /** Matched against the words of a line; identifiers are split at capitals ("kinFinder" is "kin finder"). */
  readonly words: RegExp;
  /** Whether it is matched against the line as it is written, capitals included. Default: false. */
  readonly isCased?: boolean;
  /** What to write instead. */
  readonly write: string;
}

export const RULES: readonly Rule[] = [
  { words: /\bkin(?:s|ship)?\b/, write: 'related papers, similarity' },
  { words: /\bverdicts?\b/, write: 'confidence' },
  { words: /\bpackaging\b/, write: 'filler phrase' },
  { words: /\bsecond looks?\b/, write: 'fallback' },
  { words: /\btrays?\b/, write: 'collection' },
  { words: /\bprogrammes?\b/, write: 'schedule' },
  { words: /\bdoors?\b/, write: 'interface' },
  { words: /\blexical\b/, write: 'keyword' },
  {
    words: /\b(?:MOST|LONGEST|SHORTEST|LEAST|LARGEST|SMALLEST|FEWEST)_[A-Z]/,
    isCased: true,
    write: 'MAX_, MIN_ in names',
  },
  {
    words: /\b(?:tells?|(?:is|are|be|was|were) told|told (?:of|by|apart|from|as))\b/,
    write: 'reports, returns, says, distinguishes',
  },
  { words: /\b(?:stand|stands|stood)\b/, write: 'is, are, occurs' },
  { words: /\b(?:lie|lies)\b/, write: 'is, are' },
  { words: /\bgoes\b/, write: 'is, moves, continues' },
  { words: /\b(?:go|goes|gone|going) (?:through|over|on from)\b/, write: 'reads, scans, continues' },
  { words: /\bbut for\b/, write: 'except' },
  { words: /\bnone of (?:it|them|whose)\b|\bof which it is\b/, write: 'not, plain negation' },
  {
    words: /(?<!\bthere )\b(?:is|are) (?:none\b|no (?!longer\b|more\b|less\b|other\b|\w+er\b))/,
    write: 'is not a',
  },
  {
    words: /\b(?:takes?|taken|took) for (?:an? (?!test|while|time)|the |one\b|text\b|true\b)/,
    write: 'treated as, read as',
  },
  { words: /\bpass(?:es|ed)? over\b/, write: 'skip' },
  { words: /\b(?:nobody|somebody|people's like|their like)\b/, write: 'no one, a name for who it is' },
  { words: /\bas well as can be\b|\bto hand\b|\bat hand\b/, write: 'available, loaded' },
  { words: /\bput(?:s)? beside\b/, write: 'placed near' },
  { words: /\bhas it that\b|\bwhatever it (?:is|was)\b/, write: 'says' },
  { words: /\bsmall letters\b/, write: 'lower case' },
  { words: /\bmade anew\b|\banew\b/, write: 'again' },
];

/**
 * Uses that stay: names in formats and APIs of others or of ours that clients depend on, and lists of words that users
 * type.
 */
export const ALLOWED: readonly { readonly file: RegExp; readonly words: RegExp; readonly why: string }[] = [
  {
    file: /^src\/query\/intent\.ts$/,
    words: /tell|lie/,
    why: 'Words that people write in questions.',
  },
  {
    file: /^src\/indexes\/store\/|^test\/indexes\/store\//,
    words: /lexical/,
    why: 'Names in the format of snapshots.',
  },
  {
    file: /^(?:src|test)\/(?:serve|cli)\//,
    words: /verdict|second look|programme|lexical/,
    why: 'Former names that clients of the API and the command line may use, and names in the statistics of an index.',
  },
  {
    file: /^src\/serve\/http\/routes\/page\.ts$|^src\/web\/collection\.ts$/,
    words: /tray/,
    why: 'A former URL, and the key of collections that browsers have stored.',
  },
  {
    file: /^src\/papers\/read\/ris\/types\.ts$/,
    words: /stand/,
    why: 'A code for a type of publication in RIS.',
  },
  {
    file: /^src\/(?:cluster|ingest|search|quality)\/|^src\/web\/components\/header\.tsx$|^scripts\/(?:bench\/engines|eval)\//,
    words: /lexical/,
    why: 'The keyword index, its engine and its weight, by their names in the format of snapshots and in statistics.',
  },
  {
    file: /^CHANGELOG\.md$|^src\/index\.ts$|^src\/search\/(?:api|deprecated-names|request|schedule-search)\.ts$/,
    words: /verdict|second look/,
    why: 'Deprecated names that clients still use.',
  },
  {
    file: /^scripts\/bench\/REPORT\.md$/,
    words: /packaging/,
    why: 'The configuration of an engine as recorded by an earlier run.',
  },
  {
    file: /^scripts\/words\/|^test\/words\.test\.ts$/,
    words: /./,
    why: 'The words themselves.',
  },
];
