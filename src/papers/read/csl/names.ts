import { z } from 'zod';
import { nameOfParts, nameOfText, type PersonName } from '../../names.ts';

const optional = z.string().nullish().catch(undefined);

/** A list of names of CSL-JSON. Crossref has the name of a group under `name`. */
export const cslNames: z.ZodType<PersonName[]> = z
  .array(
    z.union([
      z.string().transform(nameOfText),
      z
        .looseObject({
          given: optional,
          family: optional,
          'non-dropping-particle': optional,
          'dropping-particle': optional,
          suffix: optional,
          literal: optional,
          name: optional,
        })
        .transform((person): PersonName => {
          const literal = person.literal ?? person.name;
          if (literal) return { literal };
          return nameOfParts({
            family: person.family ?? undefined,
            given: person.given ?? undefined,
            particle: person['non-dropping-particle'] ?? undefined,
            droppingParticle: person['dropping-particle'] ?? undefined,
            suffix: person.suffix ?? undefined,
          });
        }),
    ]),
    { error: 'Expected a list of people' },
  )
  .transform((names) => names.filter((name) => !('literal' in name) || name.literal.trim() !== ''));
