/** "Lemire, Daniel" and "Lemire, Jr, Daniel" to the name as it is read; names without a comma as they are. */
export function givenNameFirst(name: string): string {
  const parts = name
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [family, second, third] = parts;
  if (parts.length === 2) return `${second} ${family}`;
  if (parts.length === 3) return `${third} ${family} ${second}`;
  return name.trim();
}

/** "A B, C D and E F (1) ((1) Somewhere)", as arXiv has it, to its names; affiliations are left out. */
export function splitSentence(names: string): string[] {
  return names
    .replace(/\((?:[^()]|\([^()]*\))*\)/g, '')
    .split(/,|\band\b/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
