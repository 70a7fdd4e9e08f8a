import { readFileSync, writeFileSync } from 'node:fs';
import { CONDITIONS } from './cases/conditions.ts';
import { HTTP } from './cases/http.ts';
import { MISTAKES, PAPERS } from './cases/papers.ts';
import { SEARCHES } from './cases/search.ts';
import { WIDE_CASES } from './cases/wide.ts';

/** The cases whose wanted answers are recorded, by the name of the file in `recorded/`. */
export const GROUPS = {
  conditions: CONDITIONS,
  search: SEARCHES,
  papers: PAPERS,
  mistakes: MISTAKES,
  http: HTTP,
  wide: WIDE_CASES,
} as const;
export type GroupName = keyof typeof GROUPS;

const pathOf = (group: GroupName) => new URL(`recorded/${group}.json`, import.meta.url);

/** The recorded answers of a group, by the names of its cases. */
export function recordedAnswers(group: GroupName): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(pathOf(group), 'utf8'));
}

/** Records the answers of a group: a line for each member of an answer, and for each item of its lists. */
export function record(group: GroupName, answers: Readonly<Record<string, unknown>>): void {
  writeFileSync(pathOf(group), `${JSON.stringify(answers, undefined, 1).replace(DEEP, '')}\n`);
}

/** Line breaks before lines that are indented by more than four levels, or close such a level. */
const DEEP = /\n {5,}(?=\S)|\n {4,}(?=[\]}])/g;
