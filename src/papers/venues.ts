import { VENUE_ALIASES } from './venue-aliases.ts';

/** The name that is shown of a venue, by `venueKey` of each of its names. */
export type VenueNames = ReadonlyMap<string, string>;

const ORDINAL_WORDS =
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth|sixtieth';
/** What names of one venue differ in from year to year, and what is said beside the name. */
const ASIDE: readonly RegExp[] = [
  /\barxiv:\S+|\babs\/\S+|\[[\w.-]+\]/gi,
  /\([^()]*\)/g,
  /\bsubmitted to\b|\bconference (?:withdrawn |desk rejected |rejected )?submission\b/gi,
  /\b(?:oral|poster|spotlight|talk|highlight)$/gi,
  /^(?:in\s+)?(?:the\s+)?(?:proceedings|proc\.?)\s+(?:of\s+)?(?:the\s+)?/gi,
  /\b\d+(?:st|nd|rd|th)\b/gi,
  new RegExp(`\\b(?:(?:twenty|thirty|forty|fifty|sixty)[- ])?(?:${ORDINAL_WORDS})\\b`, 'gi'),
  /\bannual\b(?=.*\b(?:conference|meeting)\b)/gi,
  /(?<!\d)(?:19|20)\d{2}(?!\d)/g,
  /[\s,]+(?:vol(?:ume)?\.?\s*)?\d+\s*$/gi,
];
/** Longer texts are not names of venues. */
const MAX_VENUE_LENGTH = 300;

/** A venue's name as it is compared: without case, accents, signs, years, ordinals and "Proceedings of the". */
function venueKey(name: string): string {
  const bare =
    name.length > MAX_VENUE_LENGTH
      ? name
      : ASIDE.reduce((text, aside) => text.replace(aside, ' ').trim(), name);
  return bare
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /, '');
}

/**
 * The names of venues that are one.
 * @param own those of the user, in the form of VENUE_ALIASES; they win over the ones that are known.
 */
export function venueNames(own: Readonly<Record<string, readonly string[]>> = {}): VenueNames {
  const names = new Map<string, string>();
  for (const [name, aliases] of [...Object.entries(VENUE_ALIASES), ...Object.entries(own)]) {
    for (const each of [name, ...aliases]) names.set(venueKey(each), name);
  }
  return names;
}

const KNOWN = venueNames();

/** The one name of a venue, however it is spelt; a venue that is not known keeps its spelling. */
export function venueName(given: string, names: VenueNames = KNOWN): string {
  return names.get(venueKey(given)) ?? given;
}
