/**
 * Measures how well the map of an index preserves neighbourhoods, compared with the first two principal components, and
 * how long the layout takes: `npx tsx scripts/measure-map.ts <index> [papers]`. Without a number, the map of the index is
 * measured; with one, a new layout of the first papers is made and timed.
 */

import { unpackMap } from '../src/indexes/map/corpus-map.ts';
import { layOut } from '../src/indexes/map/lay-out.ts';
import { principalCoordinates } from '../src/indexes/map/principal-axes.ts';
import { openSnapshot } from '../src/indexes/store/snapshot-reader.ts';
import { CodeMemory } from '../src/indexes/vectors/code-memory.ts';
import { mulberry32 } from '../src/util/random.ts';

/** Papers that are sampled, evenly spaced, and neighbours of each. */
const LOOKED_AT = 500;
const K = 15;

const [index, wanted] = process.argv.slice(2);
if (!index) {
  console.error('Give an index: npx tsx scripts/measure-map.ts index 5000');
  process.exit(2);
}
const snapshot = await openSnapshot(index);
const { dimension } = snapshot.manifest.model;
const count = wanted === undefined ? snapshot.papers.size : Math.min(Number(wanted), snapshot.papers.size);
const memory = new CodeMemory(count, dimension);
for (let doc = 0; doc < count; doc++) memory.encode(doc, snapshot.vectors.read(doc));

const principal = principalCoordinates(memory, memory.everyDoc);
const started = performance.now();
const map = wanted === undefined ? unpackMap(snapshot.readMap()!, count) : layOut(memory);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const random = mulberry32(1);
const sample = Array.from({ length: LOOKED_AT }, () => Math.floor(random() * count));

console.log(`${count} papers${wanted === undefined ? '' : `, laid out in ${seconds} s`}`);
console.log('| places | trustworthiness | neighbours kept |\n| --- | --- | --- |');
report('principal components', (doc) => [principal[2 * doc]!, principal[2 * doc + 1]!]);
report('map', (doc) => [map.xs[doc]!, map.ys[doc]!]);
snapshot.close();

/**
 * Trustworthiness: 1 - 2 / (n k (2n - 3k - 1)) × the sum over false neighbours of how far behind the k-th they rank
 * (Venna and Kaski, ICANN 2001, equation 1), over a sample; and the share of the k nearest that are nearest on the map.
 */
function report(name: string, placeOf: (doc: number) => readonly [x: number, y: number]): void {
  let behind = 0;
  let kept = 0;
  for (const doc of sample) {
    const ranks = ranksBy(doc, cosinesTo(doc));
    const [x, y] = placeOf(doc);
    const distances = Float64Array.from({ length: count }, (_, other) => {
      const [otherX, otherY] = placeOf(other);
      return -Math.hypot(otherX - x, otherY - y);
    });
    const near = memory.everyDoc
      .filter((other) => other !== doc)
      .sort((a, b) => distances[b]! - distances[a]! || a - b)
      .subarray(0, K);
    for (const other of near) {
      if (ranks[other]! > K) behind += ranks[other]! - K;
      else kept++;
    }
  }
  const trust = 1 - (2 * behind) / (sample.length * K * (2 * count - 3 * K - 1));
  console.log(`| ${name} | ${trust.toFixed(3)} | ${(kept / (K * sample.length)).toFixed(3)} |`);
}

function cosinesTo(doc: number): Float32Array {
  memory.query.set(memory.codes.subarray(doc * memory.stride, (doc + 1) * memory.stride));
  memory.score(memory.everyDoc, memory.scales[doc]!);
  return memory.scores;
}

/** The rank of each other document, 1 for the nearest. */
function ranksBy(doc: number, scores: Float32Array): Uint32Array {
  const order = memory.everyDoc
    .filter((other) => other !== doc)
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
  const ranks = new Uint32Array(count);
  order.forEach((other, at) => {
    ranks[other] = at + 1;
  });
  return ranks;
}
