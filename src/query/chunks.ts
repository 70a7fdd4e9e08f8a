/**
 * The brackets that close within one run of characters without a blank, by the place of the opening one:
 * "f(x)", "(semi)-supervised". Such brackets can belong to a word.
 */
export function bracketsWithoutBlanks(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  let open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (isBlank(character)) open = [];
    else if (character === '(') open.push(at);
    else if (character === ')') {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, at);
    }
  }
  return pairs;
}

/** Whether a character separates words. */
export function isBlank(character: string): boolean {
  return /\s/u.test(character);
}
