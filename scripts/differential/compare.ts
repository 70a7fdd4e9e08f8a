/** A record as both parsers return it. */
interface ComparedRecord {
  /** Citation key, or the number of the record if it has no key. */
  readonly key: string;
  readonly title: string;
  readonly abstract: string;
  /** Family names, or whole names of groups. */
  readonly families: readonly string[];
  readonly year: number | undefined;
}

/** The results of a parser for a file. */
export interface ReadFile {
  readonly records: readonly ComparedRecord[];
  /** Its reports of records that it rejects. */
  readonly problems: readonly string[];
}

/** A difference between the two. */
export interface Difference {
  readonly file: string;
  readonly key: string;
  readonly kind: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The differences between two readings of a file: records that only one returns, and fields that differ. */
export function* differencesOf(file: string, ours: ReadFile, theirs: ReadFile): Iterable<Difference> {
  const rest = new Map<string, ComparedRecord[]>();
  for (const record of ours.records) rest.set(record.key, [...(rest.get(record.key) ?? []), record]);
  for (const their of theirs.records) {
    const our = rest.get(their.key)?.shift();
    if (!our) {
      const hasText = their.title !== '' || their.abstract !== '';
      const problem = ours.problems.join(' | ').slice(0, 300) || 'nothing is reported';
      yield {
        file,
        key: their.key,
        kind: hasText ? 'record is theirs alone' : 'record without title and abstract is theirs alone',
        ours: problem,
        theirs: their.title,
      };
      continue;
    }
    for (const field of ['title', 'abstract', 'families', 'year'] as const) {
      const [a, b] = [comparable(our[field]), comparable(their[field])];
      if (a !== b)
        yield { file, key: their.key, kind: field, ours: String(our[field]), theirs: String(their[field]) };
    }
  }
  for (const our of [...rest.values()].flat()) {
    const problem = theirs.problems.join(' | ').slice(0, 300);
    yield { file, key: our.key, kind: 'record is ours alone', ours: our.title, theirs: problem };
  }
}

/** A value without differences in notation: markup, commands in formulas, spaces, dashes and quotation marks. */
function comparable(value: string | number | undefined | readonly string[]): string {
  return String(value ?? '')
    .replace(/<[^<>]*>/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s$\\{}_^~‐‑–—"“”„«»'‘’`´-]+/g, '');
}
