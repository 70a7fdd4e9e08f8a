import { nameOfParts, nameOfText, type PersonName } from '../../names.ts';

/** What turns a value of LaTeX into plain text. */
export type ToText = (latex: string) => string;

/** The names of a list, and whether it ends in "and others". */
export interface NameList {
  readonly names: readonly PersonName[];
  readonly hasMore: boolean;
}

/** A name that is wholly in braces: that of a group. */
const BRACED = /^\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}$/;
/** BibLaTeX's names by parts: "family=Meer, given=Sam, prefix=van der". */
const EXTENDED = /^\{?(?:family|given|prefix|suffix)(?:-i)?\s*=/i;

/** The names of a value: "Doe, Jane and {World Health Organization} and others". */
export function namesOf(value: string | undefined, toText: ToText): NameList {
  const parts = partsAtTop(value?.replace(/\s+/g, ' ') ?? '', /^ and(?= |$)/i).map((part) => part.trim());
  const names = parts.filter((part) => part !== '' && !/^others$/i.test(part));
  return {
    names: names.flatMap((name) => withoutMissingAnd(name)).map((name) => nameOf(name, toText)),
    hasMore: names.length < parts.filter(Boolean).length,
  };
}

/** "A. Smith, B. Jones, and C. Doe" lacks an "and": more parts than a name has, each of several words, are people. */
function withoutMissingAnd(name: string): string[] {
  if (BRACED.test(name)) return [name];
  const parts = partsAtTop(name, /^,/).map((part) => part.trim());
  const isList =
    (parts.length > 3 || (parts.length === 3 && parts[2] === '')) &&
    parts.every((part) => part === '' || (/\S\s+\S/.test(part) && !part.includes('=')));
  return isList ? parts.filter((part) => part !== '') : [name];
}

function nameOf(name: string, toText: ToText): PersonName {
  if (BRACED.test(name)) return { literal: toText(name) };
  const parts = partsAtTop(name, /^,/).map((part) => part.trim());
  if (parts.length > 1 && EXTENDED.test(parts[0]!)) return extendedName(parts, toText);
  const [family = '', second = '', ...rest] = parts.map((part) => toText(part).trim());
  if (parts.length === 1) return nameInWords(name, toText);
  if (parts.length === 2) return nameOfParts({ family, given: second });
  return nameOfParts({ family, suffix: second, given: rest.join(', ') });
}

/** A name without commas. Words in braces at its end are the family name. */
function nameInWords(name: string, toText: ToText): PersonName {
  const words = partsAtTop(name, /^ /).filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  if (words.length > 1 && BRACED.test(last) && /[ ,]/.test(toText(last))) {
    return nameOfParts({ family: toText(last), given: toText(words.slice(0, -1).join(' ')) });
  }
  const text = toText(name).trim();
  return /\s/.test(text) ? nameOfText(text) : { family: text };
}

function extendedName(parts: readonly string[], toText: ToText): PersonName {
  const found = new Map(
    parts.flatMap((part): [string, string][] => {
      const [, key, value] = /^\s*([\w-]+)\s*=\s*([\s\S]*)$/.exec(part) ?? [];
      return key === undefined ? [] : [[key.toLowerCase(), toText(value!.replace(/^"(.*)"$/s, '$1')).trim()]];
    }),
  );
  const drops = found.get('useprefix') === 'false';
  const prefix = found.get('prefix');
  return nameOfParts({
    family: found.get('family'),
    given: found.get('given'),
    particle: drops ? undefined : prefix,
    droppingParticle: drops ? prefix : undefined,
    suffix: found.get('suffix'),
  });
}

/** The parts of a text between separators outside of braces. @param separator matched where a part may end. */
function partsAtTop(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '{') depth++;
    else if (sign === '}') depth--;
    else if (depth <= 0 && (sign === ',' || sign === ' ')) {
      const found = separator.exec(text.slice(at, at + 6));
      if (!found) continue;
      parts.push(text.slice(start, at));
      start = at + found[0].length;
      at = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}
