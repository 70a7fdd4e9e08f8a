import pc from 'picocolors';
import type { Why, WhySource } from '../ingest/why.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { INDENT } from './render.ts';

/** The records of a paper, why they were merged, and which fields come from each. */
export function renderWhy(why: Why): string {
  const { id, title, aliases, sources } = visibleTexts(why);
  const others = aliases.length > 0 ? [`Also found as: ${aliases.join(', ')}`] : [];
  const several = sources.length > 1;
  return [
    `${pc.bold(title || '(no title)')}`,
    id,
    ...others,
    '',
    several ? `This paper was made from ${sources.length} records:` : 'This paper was made from one record:',
    ...sources.flatMap((source, place) => renderSource(source, place, several)),
    ...(several
      ? [
          '',
          'Each field comes from the first record that has it. Records are ordered by: an abstract, the stronger id, the later',
          'year, the longer abstract. "paper-search split ID" makes several papers of them.',
        ]
      : []),
  ].join('\n');
}

function renderSource(source: WhySource, place: number, several: boolean): string[] {
  const { file, record, format, id, fields, same } = source;
  const lines = [` ${place + 1}. ${file}, record ${record} (${format}), id ${id}`];
  if (several) lines.push(`${INDENT}source of ${fields.join(', ') || 'no field'}`);
  if (same) lines.push(`${INDENT}same paper as record ${same.as + 1}: ${reasonOf(same.why)}`);
  return lines;
}

function reasonOf(why: NonNullable<WhySource['same']>['why']): string {
  if (why.by === 'external-id') return `both have ${why.id}`;
  if (why.by === 'decision') return 'joined by hand ("paper-search split" undoes it)';
  if (why.by === 'id') return `both have the id "${why.id}" in their files, and the same title`;
  return why.families.length > 0
    ? `same title, and both have the authors ${why.families.join(', ')}`
    : 'same title, and no other field contradicts it';
}
