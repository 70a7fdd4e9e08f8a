/**
 * Damerau-Levenshtein distance of two words when it is at most `most`: letters inserted, left out, replaced, and
 * neighbours exchanged, each 1. No letter takes part in two edits (optimal string alignment; Boytsov, "Indexing
 * methods for approximate dictionary searching", ACM JEA 16, 2011). Letters are UTF-16 code units.
 * @returns 0 to `most`, or undefined for more.
 */
export function editDistance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  let row: number[] = [];
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      )
        distance = Math.min(distance, beforeLast[j - 2]! + 1);
      row[j] = distance;
      least = Math.min(least, distance);
    }
    // Nor can an exchange, which looks back two rows, lead below: one replacement in this row cost as much.
    if (least > most) return undefined;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  const distance = last[b.length]!;
  return distance <= most ? distance : undefined;
}
