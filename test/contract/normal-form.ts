interface Surroundings {
  /** An instant between both ingests (ISO 8601). */
  readonly between: string;
  /** The id of the snapshot that was asked. */
  readonly snapshot: string;
  readonly url: string;
}

/** Members whose values depend on when, where and how fast an answer was made, and not on the papers. */
const IGNORED = new Set([
  'tookMs',
  'createdAt',
  // A digest is compared with others of its engine only.
  'corpusDigest',
  'bytes',
  'formatVersion',
  'lexicalEngine',
  'updatedAt',
  'uptimeS',
]);
/** Former names of other members. */
const DEPRECATED = new Set(['verdict', 'secondLook']);
const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d(?::|%3A)\d\d(?::|%3A)\d\d(?:\.\d+)?Z/g;
/** When a calendar was written. */
const STAMP = /^DTSTAMP:\d{8}T\d{6}Z/;
/** Instants from this day on are those at which tests run. */
const TODAY = new Date(Date.now() - 86_400_000).toISOString();

/**
 * An answer without what differs between runs and engines by nature: times, the id of the snapshot, the address of the
 * server, the folder of the corpus. Instants of ingests become the words `first` and `later`. Papers inside of lists and
 * hits become their ids: whole ones are compared by cases that ask for them. Highlights become texts. Numbers are rounded to 6 digits.
 */
export function normalForm(answer: unknown, surroundings: Surroundings): unknown {
  const { between, snapshot, url } = surroundings;
  const text = (value: string): string =>
    value
      .replaceAll(snapshot, '<snapshot>')
      .replaceAll(url, '<url>')
      .replaceAll(encodeURIComponent(url), '<url>')
      .replaceAll(FOLDER, '')
      .replace(STAMP, 'DTSTAMP:<now>')
      .replaceAll(INSTANT, (instant) => {
        const at = instant.replaceAll('%3A', ':');
        return at < TODAY ? instant : at <= between ? '<first>' : '<later>';
      });
  const form = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(6));
    if (Array.isArray(value)) return value.map(form);
    if (typeof value !== 'object' || value === null) return value;
    if (isPaper(value)) return value.id;
    if (isHighlight(value)) return `${value.field} ${value.start}-${value.end} ${value.text}`;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, member]) => member !== undefined && !IGNORED.has(name) && !DEPRECATED.has(name))
        .map(([name, member]) => [name, name === 'whole' ? wholeForm(member) : form(member)]),
    );
  };
  const wholeForm = (paper: unknown): unknown => {
    const { id, ...rest } = paper as { readonly id: string };
    return { id, ...(form(rest) as object) };
  };
  return form(answer);
}

/** The folder of the corpus, with the slash after it. */
const FOLDER = new URL('corpus/', import.meta.url).pathname;

function isPaper(value: object): value is { readonly id: string } {
  return 'id' in value && 'title' in value && 'authorNames' in value && 'source' in value;
}

interface Highlighted {
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function isHighlight(value: object): value is Highlighted {
  return 'field' in value && 'start' in value && 'end' in value && 'text' in value;
}
