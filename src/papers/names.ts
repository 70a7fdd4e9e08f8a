/** A person's name in its parts, as the source gave them. The parts that are absent are not known. */
export interface PersonParts {
  readonly family?: string | undefined;
  readonly given?: string | undefined;
  /** Small words that belong to the family name: "van der". */
  readonly particle?: string | undefined;
  /** Small words after the given name, left out where the family name is used alone: "de" of "Alfred de Musset". */
  readonly droppingParticle?: string | undefined;
  /** "Jr.", "III" */
  readonly suffix?: string | undefined;
}

/**
 * The name of whoever wrote, edited or translated something: in parts, or as a literal, which is the name of an
 * organisation or one that is only known as a whole.
 */
export type PersonName = PersonParts | { readonly literal: string };

const SUFFIX = /^(?:jr|Jr|JR|sr|Sr|SR)\.?$|^(?:II|III|IV)$|^(?:Ph\.? ?D|M\.D)\.?$/;
/** "A.C.", "J.-P.", "J. R. R." */
const DOTTED_INITIALS = /^(?:\p{Lu}\.[\s-]?)+$/u;
/** "AC" of "Berg AC", as PubMed writes names. */
const PLAIN_INITIALS = /^\p{Lu}{1,3}\.?$/u;
/** Words that begin a family name though they begin with a capital: "Van Dyke", "Mac Lane". */
const FAMILY_BEGINS = /^(?:Van|Von|De|Den|Der|Del|Della|Mac|Mc|Ter|Ten|St\.?|Saint)$/;
/** Small words before a family name: "van der", "'t". */
const PARTICLE = /^['’]?\p{Ll}/u;
/** Words that join two family names: "Ortega y Gasset". */
const JOINS = /^(?:y|e|i|und)$/;
/** Small words that may follow a given name: "Musset, Alfred de". */
const DROPPED =
  /^(?:d['’]|de|del|della|der|den|des|di|da|do|dos|du|la|las|le|los|van|von|vom|zu|zum|af|av|ten|ter)$/;
const ORGANIZATION =
  /\b(?:collaborations?|consortium|organi[sz]ations?|universit(?:y|ies|ät|é)|institut(?:e|es|ion|o)?|committee|association|agency|ministry|department|society|council|commission|foundation|laborator(?:y|ies)|compan(?:y|ies)|corporation|center|centre|team|group|initiative|network|authority|bureau|federation|administration|inc|ltd|llc|gmbh|corp|plc)\b\.?$|\b(?:of|for) (?:the )?\p{Lu}|\s(?:and|&)\s|^(?:the|department|ministry|university|institute|office) /iu;
const COMPANY = /^(?:inc|ltd|llc|gmbh|corp|plc)\.?$|^co\.$/i;

/**
 * A name that came as one text, in its parts: "García Márquez, Gabriel", "King, Jr., Martin Luther", "Ludwig van
 * Beethoven", "Berg A.C.", "ATLAS Collaboration". Names that came in parts are not to be put through this.
 */
export function nameOfText(text: string): PersonName {
  const name = text.replace(/\s+/g, ' ').trim();
  const parts = name.split(',').map((part) => part.trim());
  const [first = '', second = '', third = ''] = parts;
  if (parts.length === 1) return nameWithoutComma(name);
  if (parts.length === 2) {
    if (first === '' || second === '') return nameWithoutComma(first || second);
    if (COMPANY.test(second)) return { literal: name };
    return nameOfParts({ family: first, given: second });
  }
  if (parts.length === 3 && first !== '') {
    if (SUFFIX.test(second)) return nameOfParts({ family: first, given: third, suffix: second });
    if (SUFFIX.test(third)) return nameOfParts({ family: first, given: second, suffix: third });
  }
  return { literal: name };
}

/** A name without commas, family name last unless initials follow it. */
function nameWithoutComma(name: string): PersonName {
  const words = name.split(' ');
  if (words.length === 1 || ORGANIZATION.test(name)) return { literal: name };
  const initials = initialsAtEnd(words);
  if (initials !== undefined) {
    return { ...partsOfFamily(words.slice(0, -initials.words).join(' ')), given: initials.text };
  }
  const suffix = words.length > 2 && SUFFIX.test(words.at(-1)!) ? words.pop() : undefined;
  const start = familyStart(words);
  const given = words.slice(0, start).join(' ');
  return nameOfParts({ given, family: words.slice(start).join(' '), suffix });
}

/** The initials that a name ends in, and their number of words; undefined where it ends in a word. */
function initialsAtEnd(words: readonly string[]): { text: string; words: number } | undefined {
  let count = 0;
  while (count < words.length - 1 && DOTTED_INITIALS.test(words.at(-1 - count)!)) count++;
  const before = words.slice(0, -Math.max(count, 1));
  if (!before.some((word) => /\p{Lu}\p{Ll}/u.test(word))) return undefined;
  if (count > 0) return { text: words.slice(-count).join(' '), words: count };
  const last = words.at(-1)!;
  // A suffix is not a given name, and capitals after initials are a family name: "J. R. ONG".
  if (!PLAIN_INITIALS.test(last) || SUFFIX.test(last) || before.some((word) => DOTTED_INITIALS.test(word))) {
    return undefined;
  }
  return { text: [...last.replace('.', '')].map((letter) => `${letter}.`).join(' '), words: 1 };
}

/** Where the family name begins, particles included, in a name with the given name first. */
function familyStart(words: readonly string[]): number {
  const last = words.length - 1;
  const join = words.findIndex((word, at) => at > 1 && at < last && JOINS.test(word));
  if (join !== -1) return join - 1;
  const particle = words.findIndex((word, at) => at > 0 && at < last && PARTICLE.test(word));
  if (particle !== -1) return particle;
  const capital = words.findIndex((word, at) => at > 0 && at < last && FAMILY_BEGINS.test(word));
  return capital === -1 ? last : capital;
}

/** "van der Meer" to particle and family name. */
function partsOfFamily(text: string): PersonParts {
  if (!text.includes(' ')) return { family: text };
  const words = text.split(' ');
  let start = 0;
  while (start < words.length - 1 && PARTICLE.test(words[start]!) && !JOINS.test(words[start + 1]!)) start++;
  return start === 0
    ? { family: text }
    : { family: words.slice(start).join(' '), particle: words.slice(0, start).join(' ') };
}

/** "Alfred de" to given name and dropping particle. */
function partsOfGiven(text: string): PersonParts {
  if (!text.includes(' ')) return { given: text };
  const words = text.split(' ');
  let end = words.length;
  while (end > 1 && DROPPED.test(words[end - 1]!)) end--;
  return end === words.length
    ? { given: text }
    : { given: words.slice(0, end).join(' '), droppingParticle: words.slice(end).join(' ') };
}

/**
 * A name from parts that a format keeps apart, in the one form that names have here: no empty parts; small words
 * before a family name are its particle, small words after a given name its dropping particle, whether the source
 * told them apart or not.
 */
export function nameOfParts(parts: PersonParts): PersonName {
  const family = parts.family?.trim() ?? '';
  const given = parts.given?.trim() ?? '';
  const particle = parts.particle?.trim() ?? '';
  const droppingParticle = parts.droppingParticle?.trim() ?? '';
  const suffix = parts.suffix?.trim();
  // "Martin Luther King, Jr."
  if (SUFFIX.test(given) && suffix === undefined && family.includes(' ')) {
    const before = nameWithoutComma(joined(particle, family));
    if (!('literal' in before)) return { ...before, suffix: given };
  }
  // Without a given name, every particle is before the family name.
  const wholeFamily = partsOfFamily(joined(given === '' ? droppingParticle : '', particle, family));
  const wholeGiven = given === '' ? {} : partsOfGiven(joined(given, droppingParticle));
  if (family === '' && particle === '')
    return given === '' ? { literal: suffix ?? '' } : tidy({ family: given, suffix });
  return tidy({ ...wholeFamily, ...wholeGiven, suffix });
}

/** Family name with its particle: "van der Meer". */
export function familyWithParticle({ particle, family }: PersonParts): string {
  return joined(particle, family);
}

/** Given name with the particle after it: "Alfred de". */
export function givenWithParticle({ given, droppingParticle }: PersonParts): string {
  return joined(given, droppingParticle);
}

/** A name as it is read: given name, particles, family name, suffix ("Martin Luther King Jr."). */
export function displayName(name: PersonName): string {
  if ('literal' in name) return name.literal;
  return joined(name.given, name.droppingParticle, name.particle, name.family, name.suffix);
}

/** A name that came as it is read, in its parts where they make the same name again; else whole. */
export function nameAsShown(text: string): PersonName {
  const name = nameOfText(text);
  return displayName(name) === text ? name : { literal: text };
}

/** Names of authors that a record from before names had parts is read with. */
export function namesOfDisplay(authors: readonly string[]): PersonName[] {
  return authors.map(nameOfText);
}

/** "A B, C D and E F (1) ((1) Somewhere)", as arXiv has it, to its names; affiliations are left out. */
export function splitSentence(names: string): string[] {
  return names
    .replace(/\((?:[^()]|\([^()]*\))*\)/g, '')
    .split(/,|\band\b/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function joined(...parts: readonly (string | undefined)[]): string {
  let text = '';
  for (const part of parts) if (part) text = text === '' ? part : `${text} ${part}`;
  return text;
}

/** Without parts that are empty; always in this order, since records are compared as they are written. */
function tidy({ family, particle, given, droppingParticle, suffix }: PersonParts): PersonParts {
  const name: { -readonly [Part in keyof PersonParts]: PersonParts[Part] } = {};
  if (family) name.family = family;
  if (particle) name.particle = particle;
  if (given) name.given = given;
  if (droppingParticle) name.droppingParticle = droppingParticle;
  if (suffix) name.suffix = suffix;
  return name;
}
