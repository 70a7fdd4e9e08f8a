import pc from 'picocolors';
import type { Why, WhySource } from '../ingest/why.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { INDENT } from './render.ts';

/** The sources of a paper, why they are one, and what comes from where. */
export function renderWhy(why: Why): string {
  const { id, title, aliases, sources } = visibleTexts(why);
  const others = aliases.length > 0 ? [`Also found as: ${aliases.join(', ')}`] : [];
  const several = sources.length > 1;
  return [
    `${pc.bold(title || '(no title)')}`,
    id,
    ...others,
    '',
    several ? `${sources.length} records make this paper:` : 'One record makes this paper:',
    ...sources.flatMap((source, place) => renderSource(source, place, several)),
    ...(several
      ? [
          '',
          'Each field comes from the first record that has it: one with an abstract, then the stronger id, then the later',
          'year, then the longer abstract comes first. "paper-search split ID" makes several papers of them.',
        ]
      : []),
  ].join('\n');
}

function renderSource(source: WhySource, place: number, several: boolean): string[] {
  const { file, record, format, id, fields, same } = source;
  const lines = [` ${place + 1}. ${file}, record ${record} (${format}), there ${id}`];
  if (several) lines.push(`${INDENT}gives ${fields.join(', ') || 'nothing that others do not'}`);
  if (same) lines.push(`${INDENT}the same paper as ${same.as + 1}: ${reasonOf(same.why)}`);
  return lines;
}

function reasonOf(why: NonNullable<WhySource['same']>['why']): string {
  if (why.by === 'external-id') return `both have ${why.id}`;
  if (why.by === 'decision') return 'somebody joined them ("paper-search split" parts them again)';
  if (why.by === 'id') return `both are "${why.id}" in their files and have the same title`;
  return why.families.length > 0
    ? `the same title, and ${why.families.join(', ')} among the authors of both`
    : 'the same title, and nothing else contradicts it';
}
