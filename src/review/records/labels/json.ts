import { messageOf, PaperSearchError } from '../../../errors.ts';
import { isObject } from '../../../papers/read/json/reader.ts';
import type { LabelFile } from './label-row.ts';
import { labelsOfTable, type TableRow } from './table.ts';

/**
 * The labels of JSON or JSON Lines: a record an object whose members are named as the columns of a table, members of
 * `externalIds` and `screening` among them.
 * @throws PaperSearchError BAD_INPUT for text that is not JSON, and as `labelsOfTable`.
 */
export function labelsOfJson(text: string, file: string): Promise<LabelFile> {
  const records = recordsIn(text, file).map(({ value, line }) => ({ members: membersOf(value), line }));
  const headings = [...new Set(records.flatMap(({ members }) => [...members.keys()]))];
  return labelsOfTable(rows(), file);

  async function* rows(): AsyncIterable<TableRow> {
    yield { cells: headings };
    for (const { members, line } of records) {
      yield { line, cells: headings.map((heading) => members.get(heading) ?? '') };
    }
  }
}

function recordsIn(text: string, file: string): { readonly value: unknown; readonly line?: number }[] {
  try {
    const whole: unknown = JSON.parse(text);
    return (Array.isArray(whole) ? whole : [whole]).map((value) => ({ value }));
  } catch (first) {
    return text.split('\n').flatMap((given, at) => {
      if (given.trim() === '') return [];
      try {
        return [{ value: JSON.parse(given) as unknown, line: at + 1 }];
      } catch (error) {
        // The message about the whole text is of no use for JSON Lines, and the other way round.
        const message = at === 0 ? messageOf(first) : messageOf(error);
        throw new PaperSearchError('BAD_INPUT', `${file}:${at + 1} is not JSON: ${message}.`, {
          details: { file, line: at + 1 },
          cause: error,
        });
      }
    });
  }
}

/** Values by column. An id of this project is named as in its tables. */
function membersOf(value: unknown): Map<string, string> {
  const members = new Map<string, string>();
  if (!isObject(value)) return members;
  const { id, externalIds, screening, ...others } = value;
  if (typeof id === 'string') members.set('paper-search-id', id);
  for (const part of [others, externalIds, screening]) {
    if (!isObject(part)) continue;
    for (const [name, member] of Object.entries(part)) {
      if (['string', 'number', 'boolean'].includes(typeof member)) members.set(name, String(member));
      else if (Array.isArray(member)) members.set(name, member.filter(isText).join('; '));
    }
  }
  return members;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
