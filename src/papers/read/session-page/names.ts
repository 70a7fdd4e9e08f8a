// "A · B": the middle dot and its look-alikes, with white space on at least one side.
const SEPARATOR = /(?<!\s)\s+[·•⋅∙‧]\s*|[·•⋅∙‧]\s+|[·•⋅∙‧]$|^[·•⋅∙‧]\s*/u;

const MAX_WORDS_IN_A_NAME = 6;
const MAX_WORDS_IN_A_LONE_NAME = 4;
/** Of several names, this share has to look like names: one may carry a long affiliation. */
const MIN_SHARE = 0.6;
/** Words in names that begin with a small letter. */
const PARTICLE = /^(?:al|bin|da|de|del|della|den|der|di|dos|du|el|la|le|ten|ter|van|von|und|y|e)$/;
const ENDS_A_SENTENCE = /[.?!:;,]$/;
const ABBREVIATED_END = /(?:\b(?:jr|sr|ph\.?\s?d|m\.?\s?d|dr)|\b\p{Lu})\.$/iu;

/** "A · B · C" to its names, casing as given. */
export function splitNames(text: string): string[] {
  return text
    .split(SEPARATOR)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Whether a line lists several names parted by middle dots. */
export function listsNames(line: string): boolean {
  const names = splitNames(line);
  if (!SEPARATOR.test(line) || names.length === 0) return false;
  const alike = names.filter((name) => {
    const bare = name.replace(/ ?\([^()]*\)/g, '');
    return (
      wordsOf(bare).length <= MAX_WORDS_IN_A_NAME &&
      (!ENDS_A_SENTENCE.test(bare) || ABBREVIATED_END.test(bare))
    );
  });
  return alike.length / names.length >= MIN_SHARE;
}

/** Whether a line reads like one name: a few words that begin with capitals, and no end of a sentence. */
export function isLoneName(line: string): boolean {
  const bare = line.replace(/ ?\([^()]*\)/g, '').trim();
  const words = wordsOf(bare);
  if (words.length === 0 || words.length > MAX_WORDS_IN_A_LONE_NAME) return false;
  if (ENDS_A_SENTENCE.test(bare) && !ABBREVIATED_END.test(bare)) return false;
  return words.every((word) => PARTICLE.test(word) || /^['’"“(]?[\p{Lu}\p{Lo}]/u.test(word));
}

/** Whether a list of names breaks off at the end of the line: the next line continues it. */
export function breaksOff(line: string): boolean {
  return /[·•⋅∙‧]\s*$/u.test(line);
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
