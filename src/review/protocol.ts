import { PaperSearchError } from '../errors.ts';
import {
  MAX_COLLECTION_NAME,
  MAX_CRITERIA,
  MAX_DESCRIPTION,
  MAX_MARKED,
  MAX_NOTE,
  MAX_QUERY_LENGTH,
  MAX_QUESTION,
  MAX_RANDOM_EVERY,
  MAX_SEARCHED,
} from '../limits.ts';
import { protocolShape } from './event-schema.ts';
import type { Criterion, Protocol, SearchedSource } from './review.ts';

const DEFAULTS: Protocol = {
  question: '',
  include: [],
  exclude: [],
  sources: [],
  reviewersPerPaper: 1,
  targetRecall: 0.95,
  randomEvery: 0,
  keywordOnly: false,
  highlights: [],
};
const COLOR = /^#[0-9a-f]{6}$/i;
const DAY = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

/** A protocol with defaults for what is not said. @throws PaperSearchError BAD_REQUEST as `checkedChange` does. */
export function newProtocol(given: Partial<Protocol>): Protocol {
  return { ...DEFAULTS, ...checkedChange(given) };
}

/**
 * The parts of a protocol that are to change, checked: names of criteria are trimmed and unique in their list.
 * @throws PaperSearchError BAD_REQUEST with the member for a value that is not allowed.
 */
export function checkedChange(given: Partial<Protocol>): Partial<Protocol> {
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const shape = protocolShape.safeParse(defined);
  if (!shape.success) {
    const [issue] = shape.error.issues;
    throw refused(issue!.path.join('.'), `${issue!.message}.`);
  }
  const change = shape.data as Partial<Protocol>;
  if (change.question !== undefined) expectLength('question', change.question, MAX_QUESTION, 1);
  if (change.targetRecall !== undefined && !(change.targetRecall > 0 && change.targetRecall <= 1)) {
    throw refused('targetRecall', `Expected a share above 0 and up to 1, not ${change.targetRecall}.`);
  }
  if (change.randomEvery !== undefined && change.randomEvery > MAX_RANDOM_EVERY) {
    throw refused(
      'randomEvery',
      `Expected a whole number from 0 to ${MAX_RANDOM_EVERY}, not ${change.randomEvery}.`,
    );
  }
  if (change.highlights) expectHighlights(change.highlights);
  if (change.sources) expectCount('sources', change.sources, MAX_SEARCHED);
  return {
    ...change,
    ...(change.include && { include: checkedCriteria('include', change.include) }),
    ...(change.exclude && { exclude: checkedCriteria('exclude', change.exclude) }),
    ...(change.sources && { sources: change.sources.map((each) => checkedSource(each)) }),
  };
}

/** A searched source, checked. @throws PaperSearchError BAD_REQUEST for a value that is not allowed. */
export function checkedSource(source: SearchedSource): SearchedSource {
  expectLength('source.name', source.name, MAX_COLLECTION_NAME, 1);
  expectLength('source.query', source.query ?? '', MAX_QUERY_LENGTH * 4);
  expectLength('source.note', source.note ?? '', MAX_NOTE);
  const { date, records } = source;
  if (date !== undefined && !DAY.test(date)) {
    throw refused('source.date', `Expected a day such as 2026-11-30, not "${date}".`);
  }
  if (records !== undefined && !(Number.isSafeInteger(records) && records >= 0)) {
    throw refused('source.records', `Expected a whole number, 0 or more, not ${records}.`);
  }
  return { ...source, name: source.name.trim() };
}

/** @throws PaperSearchError BAD_REQUEST for a name of a review that is empty or too long. */
export function expectName(name: string): void {
  expectLength('name', name, MAX_COLLECTION_NAME, 1);
}

function checkedCriteria(list: 'include' | 'exclude', criteria: readonly Criterion[]): Criterion[] {
  expectCount(list, criteria, MAX_CRITERIA);
  const names = new Set<string>();
  return criteria.map(({ name: given, description }, i) => {
    const name = given.trim();
    expectLength(`${list}.${i}.name`, name, MAX_COLLECTION_NAME, 1);
    expectLength(`${list}.${i}.description`, description, MAX_DESCRIPTION);
    if (names.has(name.toLowerCase())) {
      throw refused(`${list}.${i}.name`, `"${name}" is there twice. Give each criterion a name of its own.`);
    }
    names.add(name.toLowerCase());
    return { name, description };
  });
}

function expectHighlights(highlights: Protocol['highlights']): void {
  expectCount('highlights', highlights, MAX_MARKED);
  for (const [i, { text, color }] of highlights.entries()) {
    expectLength(`highlights.${i}.text`, text, MAX_COLLECTION_NAME, 1);
    if (color !== undefined && !COLOR.test(color)) {
      throw refused(`highlights.${i}.color`, `Expected a colour such as #ffcc00, not "${color}".`);
    }
  }
}

function expectCount(member: string, list: readonly unknown[], most: number): void {
  if (list.length > most) throw refused(member, `Expected at most ${most}, not ${list.length}.`);
}

function expectLength(member: string, text: string, most: number, least = 0): void {
  const { length } = text.trim();
  if (length < least) throw refused(member, 'Expected a text that is not empty.');
  if (length > most) throw refused(member, `Expected at most ${most} characters, not ${length}.`);
}

function refused(member: string, message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', `${member}: ${message}`, { details: { parameter: member } });
}
