import { InvalidArgumentError, Option } from 'commander';
import { COLUMN_FIELDS, type ColumnField } from '../papers/read/field-names.ts';
import { isTimeZone } from '../papers/time-zone.ts';
import { DEFAULT_FUSION, FUSION_NAMES } from '../search/fuse/methods.ts';
import { DEFAULT_REJECTED, REJECTED_CHOICES } from '../search/match/rejected.ts';
import { SEARCH_MODES } from '../search/mode.ts';

/** Options that several commands share. */
export const indexOption = () => new Option('--index <dir>', 'folder of the index').default('index');
export const jsonOption = () => new Option('--json', 'print JSON');
export const watchesOption = () =>
  new Option('--watches', 'then run the watches: print or deliver what is new for them');
export const modeOption = () =>
  new Option('--mode <mode>', 'search mode').choices(SEARCH_MODES).default('hybrid');
export const rejectedOption = () =>
  new Option('--rejected <what>', 'rejected, desk-rejected and withdrawn submissions')
    .choices(REJECTED_CHOICES)
    .default(DEFAULT_REJECTED);
export const fusionOption = () =>
  new Option('--fusion <method>', 'how hybrid search combines the two rankings')
    .choices(FUSION_NAMES)
    .default(DEFAULT_FUSION);
export const limitOption = () =>
  new Option('-n, --limit <n>', 'hits to show').argParser(wholeNumber(1)).default(10);
export const offsetOption = () =>
  new Option('--offset <n>', 'hits to skip').argParser(wholeNumber(0)).default(0);

/** Headings of a table's columns by field. */
export type ColumnMap = Readonly<Partial<Record<ColumnField, string>>>;

/**
 * Parses `title=Titel,abstract=Kurze Fassung`; a heading may have commas.
 * @param earlier the value of earlier uses of the option. @throws InvalidArgumentError for an unknown field.
 */
export function columnMap(text: string, earlier: ColumnMap = {}): ColumnMap {
  const pairs = text.split(/,(?=\w+=)/).map((pair) => {
    const [, name, heading] = /^(\w+)=(.+)$/s.exec(pair) ?? [];
    const field = COLUMN_FIELDS.find((known) => known === name);
    if (field !== undefined && heading !== undefined) return [field, heading] as const;
    throw new InvalidArgumentError(
      `"${pair}" is not FIELD=HEADING. The fields are ${COLUMN_FIELDS.join(', ')}.`,
    );
  });
  return { ...earlier, ...Object.fromEntries(pairs) };
}

/** Parses an option that may be repeated. Each takes one value, because the words after it belong to the query. */
export function collected(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Parses a comma-separated list of allowed values; the option may be repeated. */
export function listOf<T extends string>(
  choices: readonly T[],
): (text: string, previous?: readonly T[]) => readonly T[] {
  return (text, previous = []) => {
    const values = text.split(',').map((name) => {
      const value = choices.find((choice) => choice === name.trim());
      if (value !== undefined) return value;
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}, separated by commas.`);
    });
    return [...new Set([...previous, ...values])];
  };
}

/** Parses a number from `least` to `most`. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
  };
}

/** Parses a whole number of at least `least`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const bound = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Expected a whole number ${bound}.`);
  };
}

/** Parses a time zone of the IANA database. */
export function timeZone(text: string): string {
  if (isTimeZone(text)) return text;
  throw new InvalidArgumentError('Expected a time zone of the IANA database, such as Asia/Singapore.');
}

/** Parses a day, whose first moment in UTC is meant, or an instant. */
export function instant(text: string): Date {
  const date = new Date(text);
  const isIso = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text);
  if (isIso && !Number.isNaN(date.getTime()) && (text.length > 10 || date.toISOString().startsWith(text))) {
    return date;
  }
  throw new InvalidArgumentError('Expected a day such as 2027-06-30, or an instant: 2027-06-30T18:00:00Z.');
}
