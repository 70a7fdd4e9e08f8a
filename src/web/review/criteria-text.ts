import type { Criterion } from '../../review/review.ts';

/** Criteria as lines of text, one a line: "wrong population: animals, or adults". */
export function criteriaToText(criteria: readonly Criterion[]): string {
  return criteria
    .map(({ name, description }) => (description === '' ? name : `${name}: ${description}`))
    .join('\n');
}

/** The criteria in lines of text. A name that is there twice has the first description. */
export function criteriaFromText(text: string): Criterion[] {
  const criteria = new Map<string, Criterion>();
  for (const line of text.split('\n')) {
    const [, name = '', description = ''] = /^\s*(.*?)\s*(?::\s+(.*?)\s*)?$/.exec(line) ?? [];
    if (name !== '' && !criteria.has(name.toLowerCase()))
      criteria.set(name.toLowerCase(), { name, description });
  }
  return [...criteria.values()];
}
