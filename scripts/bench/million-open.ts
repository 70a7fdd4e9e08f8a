/** Opens an index in a separate process, asks it once and writes the times (milliseconds) and the memory (bytes) as JSON. */
import { product } from './product.ts';

/** What opening took. */
export interface OpenFigures {
  readonly openedMs: number;
  /** From the beginning to the first answer of keyword search. */
  readonly answeredMs: number;
  readonly residentBytes: number;
  /** Memory of typed arrays outside WebAssembly, and of objects. */
  readonly arrayBytes: number;
  readonly heapBytes: number;
}

const [index] = process.argv.slice(2) as [string];
const started = performance.now();
const engine = await product.openIndex(index);
const openedMs = performance.now() - started;
const snapshot = await engine.acquire();
await snapshot.search({ query: 'neural machine translation', mode: 'keyword' });
const answeredMs = performance.now() - started;
const { rss, arrayBuffers, heapUsed } = process.memoryUsage();
const figures: OpenFigures = {
  openedMs,
  answeredMs,
  residentBytes: rss,
  arrayBytes: arrayBuffers,
  heapBytes: heapUsed,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
await engine.close();
