/** Something that may be an ISBN, with hyphens or blanks between its parts. */
const CANDIDATE = /(?<![\d-])(?:97[89][-\s]?)?\d(?:[-\s]?\d){8}[-\s]?[\dX](?![\dX])/gi;

/** Every ISBN in a text whose check digit is right, each once, as 13 digits (ISO 2108). */
export function isbnsIn(text: string): string[] {
  const found = (
    text
      .slice(0, 1000)
      .replace(/[\u2010-\u2015]/g, '-')
      .match(CANDIDATE) ?? []
  ).flatMap((each) => {
    const digits = each.replace(/[-\s]/g, '').toUpperCase();
    if (digits.length === 10) return isRightIsbn10(digits) ? [toIsbn13(digits)] : [];
    return /^97[89]\d{10}$/.test(digits) && checkDigit13(digits) === digits[12] ? [digits] : [];
  });
  return [...new Set(found)];
}

/** The sum of the digits times 10 to 1 is divisible by 11; X is 10. */
function isRightIsbn10(digits: string): boolean {
  const sum = [...digits].reduce(
    (total, digit, at) => total + (10 - at) * (digit === 'X' ? 10 : Number(digit)),
    0,
  );
  return sum % 11 === 0;
}

function toIsbn13(isbn10: string): string {
  const digits = `978${isbn10.slice(0, 9)}`;
  return digits + checkDigit13(digits);
}

/** The digit that brings the sum of the first 12, times 1 and 3 in turns, to a multiple of 10. */
function checkDigit13(digits: string): string {
  let sum = 0;
  for (let at = 0; at < 12; at++) sum += Number(digits[at]) * (at % 2 === 0 ? 1 : 3);
  return String((10 - (sum % 10)) % 10);
}
