import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../../errors.ts';
import { isObject } from '../../../papers/read/json/reader.ts';
import { OWN_ID_FIELD } from '../../../papers/read/own-export.ts';
import { DECISIONS, STAGES } from '../../review.ts';
import type { LabelFile, LabelValue } from './label-row.ts';
import { labelsOfTable, type TableRow } from './table.ts';

/** A label as our export of a review has it. */
const OWN_LABEL = z.object({
  stage: z.enum(STAGES),
  decision: z.enum(DECISIONS),
  reasons: z.array(z.string()),
  note: z.string(),
  by: z.string(),
  at: z.string(),
});
const OWN_LABELS = z.object({ screening: z.object({ labels: z.array(OWN_LABEL) }) });

/**
 * The labels of JSON or JSON Lines: our export of a review, or records whose members are named as the columns of a table;
 * members of `externalIds` and `screening` count, too.
 * @throws PaperSearchError BAD_INPUT for text that is not JSON, and as `labelsOfTable`.
 */
export function labelsOfJson(text: string, file: string): Promise<LabelFile> {
  const records = recordsIn(text, file).map(({ value, line }) => ({
    members: membersOf(value),
    labels: ownLabelsOf(value),
    line,
  }));
  const headings = [...new Set(records.flatMap(({ members }) => [...members.keys()]))];
  return labelsOfTable(rows(), file);

  async function* rows(): AsyncIterable<TableRow> {
    yield { cells: headings };
    for (const { members, labels, line } of records) {
      yield { line, labels, cells: headings.map((heading) => members.get(heading) ?? '') };
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

function ownLabelsOf(value: unknown): readonly LabelValue[] | undefined {
  const labels = OWN_LABELS.safeParse(value).data?.screening.labels;
  // A label replaces the earlier ones of its reviewer.
  return (
    labels && [...new Map(labels.map((label) => [JSON.stringify([label.stage, label.by]), label])).values()]
  );
}

/** Values by column. An id of this project is named as in its tables. */
function membersOf(value: unknown): Map<string, string> {
  const members = new Map<string, string>();
  if (!isObject(value)) return members;
  const { id, externalIds, screening, ...others } = value;
  if (typeof id === 'string') members.set(OWN_ID_FIELD, id);
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
