import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';
import type { Criterion, Protocol } from '../../review/review.ts';

/** What a file of criteria says. */
export interface CriteriaFile {
  /** Absent where the file has none. */
  readonly question?: string | undefined;
  readonly include: readonly Criterion[];
  readonly exclude: readonly Criterion[];
  readonly highlights: Protocol['highlights'];
}

/** The parts of a file, by the words of their headings in Markdown and by their keys in JSON. */
const HEADINGS = {
  question: /^(?:review |research )?question$/i,
  include: /^(?:include|inclusion(?: criteria)?)$/i,
  exclude: /^(?:exclude|exclusion(?: criteria)?)$/i,
  wordsFor: /^(?:words|highlights?) for$/i,
  wordsAgainst: /^(?:words|highlights?) against$/i,
} as const;
type Part = keyof typeof HEADINGS;

const EXPECTED =
  'Expected "## Include" and "## Exclude" with a list below each: "- name: description". "## Question", "## Words for" and "## Words against" are optional.';

/** An entry of a list with the line that it begins on, from 1. */
interface Item {
  readonly line: number;
  readonly text: string;
}

/**
 * Reads the criteria of a review: Markdown with a heading for each part and a list of "name: description" below it, or
 * JSON with the same parts.
 * @param file its name, for messages.
 * @throws PaperSearchError BAD_INPUT with the line that is wrong, and for a file without any criterion.
 */
export function readCriteria(text: string, file: string): CriteriaFile {
  const content = text.replace(/^\ufeff/, '');
  const read = /^\s*[{[]/.test(content) ? readJson(content, file) : readMarkdown(content, file);
  if (read.include.length + read.exclude.length > 0) return read;
  throw problem(file, undefined, `there is no criterion. ${EXPECTED}`);
}

function readMarkdown(text: string, file: string): CriteriaFile {
  const parts: Record<Part, Item[]> = {
    question: [],
    include: [],
    exclude: [],
    wordsFor: [],
    wordsAgainst: [],
  };
  let part: Part | undefined;
  for (const [at, written] of text.split(/\r?\n/).entries()) {
    const line = at + 1;
    const heading = /^#{1,6}\s+(.*?)[\s:#]*$/.exec(written)?.[1];
    if (heading !== undefined) {
      part = partOf(heading);
      // The title of the file is ignored; the heading of a list that would be lost is an error.
      if (part === undefined && !/^#\s/.test(written)) {
        throw problem(file, line, `the heading "${heading}" is unknown. ${EXPECTED}`);
      }
    } else if (part !== undefined && written.trim() !== '') {
      addLine(parts[part], part, { line, text: written }, file);
    }
  }
  const question = parts.question.map((item) => item.text).join(' ');
  return {
    ...(question !== '' && { question }),
    include: criteriaOf(parts.include, file),
    exclude: criteriaOf(parts.exclude, file),
    highlights: [
      ...parts.wordsFor.map((item) => ({ text: item.text, for: true })),
      ...parts.wordsAgainst.map((item) => ({ text: item.text, for: false })),
    ],
  };
}

function partOf(heading: string): Part | undefined {
  return (Object.keys(HEADINGS) as Part[]).find((part) => HEADINGS[part].test(heading.trim()));
}

/** Adds a line to the items of a part: a new item, or the rest of the one before if it is indented. */
function addLine(items: Item[], part: Part, { line, text }: Item, file: string): void {
  if (part === 'question') {
    items.push({ line, text: text.trim() });
    return;
  }
  const bullet = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(text)?.[1];
  const last = items.at(-1);
  if (bullet !== undefined) items.push({ line, text: bullet.trim() });
  else if (/^\s/.test(text) && last)
    items[items.length - 1] = { ...last, text: `${last.text} ${text.trim()}` };
  else throw problem(file, line, `"${text.trim()}" is not in a list. Begin the line with "- ".`);
}

function criteriaOf(items: readonly Item[], file: string): Criterion[] {
  const lines = new Map<string, number>();
  return items.map(({ line, text }) => {
    const { name, description } = criterionOf(text);
    if (name === '') throw problem(file, line, 'the criterion has no name. Write "- name: description".');
    const earlier = lines.get(name.toLowerCase());
    if (earlier !== undefined) {
      throw problem(
        file,
        line,
        `"${name}" is also the name of the criterion in line ${earlier}. Rename one.`,
      );
    }
    lines.set(name.toLowerCase(), line);
    return { name, description };
  });
}

/** "name: description", or a name alone; a name may be bold. */
function criterionOf(text: string): Criterion {
  const [, name = text, description = ''] = /^(.*?):(?:\*\*|__)?(?:\s+(.*))?$/s.exec(text) ?? [];
  return { name: name.replace(/\*\*|__/g, '').trim(), description: description.trim() };
}

const Entry = z.union([
  z.string().transform(criterionOf),
  z.strictObject({ name: z.string().trim().min(1), description: z.string().trim().default('') }),
]);
const Content = z.strictObject({
  question: z.string().trim().optional(),
  include: z.array(Entry).default([]),
  exclude: z.array(Entry).default([]),
  wordsFor: z.array(z.string()).default([]),
  wordsAgainst: z.array(z.string()).default([]),
});

function readJson(text: string, file: string): CriteriaFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw problem(file, undefined, `this is not JSON: ${messageOf(cause)}.`);
  }
  const read = Content.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue!.path.join('.') || 'the file';
    throw problem(file, undefined, `${place}: ${issue!.message}. Expected ${JSON.stringify(EXAMPLE)}.`);
  }
  const { question, include, exclude, wordsFor, wordsAgainst } = read.data;
  for (const list of [include, exclude]) expectDistinct(list, file);
  return {
    ...(question !== undefined && question !== '' && { question }),
    include,
    exclude,
    highlights: [
      ...wordsFor.map((word) => ({ text: word, for: true })),
      ...wordsAgainst.map((word) => ({ text: word, for: false })),
    ],
  };
}

const EXAMPLE = { include: [{ name: 'trial', description: 'randomised' }], exclude: ['children: under 18'] };

function expectDistinct(criteria: readonly Criterion[], file: string): void {
  const names = criteria.map(({ name }) => name.toLowerCase());
  const twice = criteria.find(({ name }, at) => names.indexOf(name.toLowerCase()) < at);
  if (twice) throw problem(file, undefined, `"${twice.name}" is the name of two criteria. Rename one.`);
}

function problem(file: string, line: number | undefined, what: string): PaperSearchError {
  const place = line === undefined ? file : `${file}, line ${line}`;
  return new PaperSearchError('BAD_INPUT', `${place}: ${what}`, {
    details: { file, ...(line !== undefined && { line }) },
  });
}
