import { z } from 'zod';
import { nameOfParts, type PersonName } from '../names.ts';
import { namesInCell } from './name-list.ts';

const part = z.string().nullish();

/** A person as JSON has one: a text, or an object with the name in one piece or in parts, under any of the usual names. */
const person = z.union([
  z.string(),
  z
    .looseObject({
      name: part,
      fullname: part,
      full_name: part,
      fullName: part,
      display_name: part,
      displayName: part,
      literal: part,
      raw_author_name: part,
      given: part,
      family: part,
      firstName: part,
      lastName: part,
      first_name: part,
      last_name: part,
      first: part,
      last: part,
      creatorType: part,
    })
    .transform((who): string | PersonName => {
      const whole =
        who.fullname ??
        who.full_name ??
        who.fullName ??
        who.display_name ??
        who.displayName ??
        who.raw_author_name;
      const given = who.given ?? who.firstName ?? who.first_name ?? who.first ?? undefined;
      const family = who.family ?? who.lastName ?? who.last_name ?? who.last ?? undefined;
      if (who.literal) return { literal: who.literal };
      if (family) return nameOfParts({ given, family });
      // Zotero keeps the name of an organisation in one field.
      if (who.creatorType && who.name) return { literal: who.name };
      return whole || who.name || given || '';
    }),
]);

const people = z.array(person).transform((names) => names.filter((name) => name !== ''));

/** The people of a record: a list of texts or objects, or one text in which names are parted. */
export const peopleOfJson = z.union(
  [
    people,
    z.string().transform((text): (string | PersonName)[] => namesInCell(text)),
    person.transform((name) => (name === '' ? [] : [name])),
  ],
  { error: 'Expected a list of names, or names parted by semicolons' },
);

const CONTRIBUTORS = {
  authors: /author|artist|presenter|programmer|inventor|^$/i,
  editors: /^(?:series)?editor$/i,
  translators: /^translator$/i,
} as const;

/**
 * The people of a list with a role; those without a role are authors. Names of parts that are not given stay whole.
 * @param list as Zotero has creators: objects with a `creatorType`.
 */
export function creatorsOf(list: unknown, role: keyof typeof CONTRIBUTORS): (string | PersonName)[] {
  if (!Array.isArray(list)) return [];
  const wanted = list.filter((each: { creatorType?: unknown } | null) =>
    CONTRIBUTORS[role].test(
      typeof each?.creatorType === 'string' ? each.creatorType.replace(/^bookAuthor$/, 'other') : '',
    ),
  );
  const parsed = people.safeParse(wanted);
  return parsed.success ? parsed.data : [];
}

const label = z.union([
  z.string(),
  z
    .looseObject({
      name: part,
      display_name: part,
      tag: part,
      keyword: part,
      term: part,
      value: part,
      title: part,
      subject: part,
      category: part,
    })
    .transform(
      (found) =>
        found.name ??
        found.display_name ??
        found.tag ??
        found.keyword ??
        found.term ??
        found.value ??
        found.title ??
        found.subject ??
        found.category ??
        '',
    ),
]);

/** Topics of a record: a list of texts or of objects with one, or one text parted by semicolons. */
export const labelsOfJson = z.union(
  [
    z.array(label).transform((labels) => labels.filter((text) => text.trim() !== '')),
    z.string().transform((text) =>
      text
        .split(';')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    ),
  ],
  { error: 'Expected a list of texts, or texts parted by semicolons' },
);

/** A short summary: a text, or an object with one, as Semantic Scholar has it. */
export const tldrOfJson = z.union(
  [z.string(), z.object({ text: z.string() }).transform(({ text }) => text)],
  { error: 'Expected a text' },
);

/** A name of something (a venue): a text, a list of texts, or an object with one. */
export const nameOfJson = z.union(
  [label, z.array(label).transform((names) => names.filter((name) => name !== '').join(', '))],
  { error: 'Expected a text or a list of texts' },
);
