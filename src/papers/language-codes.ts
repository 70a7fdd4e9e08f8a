/** Languages that papers are published in, ISO 639-1. */
const CODES =
  `af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk
  km kn ko la lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz
  vi xh yi yo zh zu`.split(/\s+/);

/** The codes by the names of the languages, in English and in the language itself, in lower case. */
const BY_NAME: ReadonlyMap<string, string> = new Map(
  CODES.flatMap((code) =>
    ['en', code].flatMap((reader) => {
      const name = new Intl.DisplayNames([reader], { type: 'language' }).of(code);
      return name === undefined ? [] : [[name.toLowerCase(), code] as const];
    }),
  ),
);

/**
 * The ISO 639-1 code of a language as sources write it: "de", "de-DE", "ger", "deu", "German", "Deutsch". The two forms of
 * Norwegian are one.
 * @returns undefined for several languages, and for what is not known.
 */
export function languageCode(text: string | undefined): string | undefined {
  const given = text?.trim().toLowerCase();
  if (!given) return undefined;
  const code = BY_NAME.get(given) ?? codeOfTag(given.replaceAll('_', '-'));
  if (code === undefined || !CODES.includes(code)) return undefined;
  return code === 'nb' || code === 'nn' ? 'no' : code;
}

/** The language of a BCP 47 tag, which may begin with a code of three letters (ISO 639-2). */
function codeOfTag(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
}
