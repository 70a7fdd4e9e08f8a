import { displayName, nameOfParts, type PersonName } from '../names.ts';
import { PUBLICATION_TEXTS, type Publication, publicationOf } from '../publication.ts';
import { isObject } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';

/** The names in a member of our own JSON, as in `Paper.authorNames`; undefined if it is not a list of names. */
export function namesIn(value: unknown): PersonName[] | undefined {
  if (!Array.isArray(value) || !value.every(isObject)) return undefined;
  return value.map(nameIn).filter((name) => displayName(name) !== '');
}

function nameIn(name: JsonObject): PersonName {
  if (typeof name.literal === 'string') return { literal: name.literal };
  const part = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return nameOfParts({
    family: part(name.family),
    given: part(name.given),
    particle: part(name.particle),
    droppingParticle: part(name.droppingParticle),
    suffix: part(name.suffix),
  });
}

/**
 * The authors of a record of our own JSON: as name parts if the parts match the names shown, else as shown. Empty if
 * the names shown are of people in another role, such as editors.
 */
export function authorsIn(record: JsonObject, shown: readonly string[]): (string | PersonName)[] {
  if (typeof record.authorRole === 'string') return [];
  const names = namesIn(record.authorNames);
  const agree = names?.length === shown.length && names.every((name, at) => displayName(name) === shown[at]);
  return agree ? names : [...shown];
}

/** The publication in a member of our own JSON; undefined where it says nothing. */
export function publicationIn(value: unknown): Publication | undefined {
  if (!isObject(value)) return undefined;
  const texts = PUBLICATION_TEXTS.flatMap((name) =>
    typeof value[name] === 'string' ? [[name, value[name]]] : [],
  );
  const other = isObject(value.other) ? Object.entries(value.other) : [];
  return publicationOf({
    ...Object.fromEntries(texts),
    hasMoreAuthors: value.hasMoreAuthors === true,
    other: Object.fromEntries(
      other.flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
    ),
  });
}
