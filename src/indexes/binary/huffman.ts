/** Longest code, in bits: the table that decodes it has 2,048 entries. */
export const MAX_CODE_LENGTH = 11;

/**
 * The lengths of a canonical prefix code (Huffman, Proceedings of the IRE, 1952), at most MAX_CODE_LENGTH.
 * @param counts how often each symbol occurs. @returns bits a symbol; 0 for one that does not occur.
 */
export function codeLengths(counts: Float64Array): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const symbols = Array.from(counts.keys()).filter((symbol) => counts[symbol]! > 0);
  if (symbols.length === 0) return lengths;
  // One bit for a symbol that is alone, so that every value takes space and a count in a damaged file has a limit.
  let depth = treeDepths(symbols, counts);
  // Flatter counts until the tree is low enough: seldom needed, and then some thousandths of a bit are lost.
  for (let shift = 1; Math.max(...depth) > MAX_CODE_LENGTH; shift++) {
    depth = treeDepths(
      symbols,
      counts.map((count) => (count > 0 ? Math.floor(count / 2 ** shift) + 1 : 0)),
    );
  }
  for (const [i, symbol] of symbols.entries()) lengths[symbol] = depth[i]!;
  return lengths;
}

/** Depths of the leaves of Huffman's tree, with two queues: of leaves, and of inner nodes, which come in order. */
function treeDepths(symbols: readonly number[], counts: Float64Array): number[] {
  if (symbols.length === 1) return [1];
  const leaves = [...symbols.keys()].sort((a, b) => counts[symbols[a]!]! - counts[symbols[b]!]! || a - b);
  const weights = leaves.map((leaf) => counts[symbols[leaf]!]!);
  const parents: number[] = [];
  const inner: number[] = [];
  let leaf = 0;
  let node = 0;
  const take = (): number => {
    const isLeaf = node >= inner.length || (leaf < leaves.length && weights[leaf]! <= inner[node]!);
    return isLeaf ? leaf++ : leaves.length + node++;
  };
  const weightOf = (place: number) =>
    place < leaves.length ? weights[place]! : inner[place - leaves.length]!;
  while (inner.length < leaves.length - 1) {
    const [a, b] = [take(), take()];
    parents[a] = parents[b] = leaves.length + inner.length;
    inner.push(weightOf(a) + weightOf(b));
  }
  const depths = new Array<number>(leaves.length + inner.length).fill(0);
  for (let place = depths.length - 2; place >= 0; place--) depths[place] = depths[parents[place]!]! + 1;
  const found = new Array<number>(leaves.length);
  for (const [place, symbol] of leaves.entries()) found[symbol] = depths[place]!;
  return found;
}

/** The code words of lengths, bits reversed: the first bit of a word is the lowest. */
export function codeWords(lengths: Uint8Array): Uint16Array {
  const words = new Uint16Array(lengths.length);
  let word = 0;
  for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] === length) words[symbol] = reversed(word++, length);
    }
    word <<= 1;
  }
  return words;
}

/**
 * For each of the next MAX_CODE_LENGTH bits, the symbol they begin with, times 16, and the length of its code.
 * @returns undefined for lengths that are of no complete code; a single code of one bit is decoded from either bit.
 */
export function decodingTable(lengths: Uint8Array): Uint16Array | undefined {
  const table = new Uint16Array(1 << MAX_CODE_LENGTH);
  const used = lengths.filter((length) => length > 0);
  const total = used.reduce((sum, length) => sum + 2 ** (MAX_CODE_LENGTH - length), 0);
  if (used.length === 1 && used[0] === 1) return table.fill((lengths.indexOf(1) << 4) | 1);
  if (used.some((length) => length > MAX_CODE_LENGTH) || total !== table.length) return undefined;
  const words = codeWords(lengths);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    for (let at = words[symbol]!; at < table.length; at += 1 << length) table[at] = (symbol << 4) | length;
  }
  return table;
}

function reversed(word: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((word >> bit) & 1) << (length - 1 - bit);
  return result;
}
