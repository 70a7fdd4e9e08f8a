/**
 * Measures dense search and writes scripts/measurements/dense.md. Takes some minutes and 2 GB; needs a build, and the
 * vectors of many papers:
 *   npm run build && npx tsx scripts/bench/vectors.ts 100000 && npx tsx scripts/bench/dense-kernel.ts
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { DIMENSION, denseData, QUERIES } from './dense/data.ts';
import { clipErrors, exactness, survivors } from './dense/quality.ts';
import { filterTimes, scanTimes } from './dense/times.ts';

const data = await denseData();
const report = [
  '# Dense search, measured',
  '',
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
  'Written by `npx tsx scripts/bench/dense-kernel.ts`. The machine is shared: times are the minimum of several',
  'rounds, in which the compared methods take turns; compare within a row.',
  '',
  `${data.papers} vectors of real papers (${DIMENSION} components); queries are ${QUERIES} held-out papers, as vectors`,
  'of the papers and of their titles.',
  '',
  '## Scan',
  '',
  'One core, all vectors (real ones, repeated as often as needed). "Read": the same bytes only added up, 16 at a',
  'time, in one stream and in four. "Ratio": the scan to the faster of these. "Nearest": including selection and',
  'exact vectors in memory; "coarse": coarse codes exclude most vectors first. "Sum": the 10 largest sums of a',
  'keyword score, which a quarter of the vectors has, and the cosine, and the maximum of a second sum. Deriving',
  'coarse codes: once, in the background of a server that starts.',
  '',
  '| vectors | codes, MB | read, 1 stream, ms | read, 4 streams, ms | scan, ms | ratio | float scan in JavaScript, ms | nearest 10, ms | nearest 10, coarse, ms | sum, ms | sum, coarse, ms | deriving, ms |',
  '|---|---|---|---|---|---|---|---|---|---|---|---|',
  ...(await scanTimes(data)),
  '',
  '## Filters',
  '',
  'With 100,000 vectors, of which a filter keeps a random share; nearest 10 with coarse codes:',
  '',
  '| share allowed | 100 % | 90 % | 50 % | 10 % | 1 % |',
  '|---|---|---|---|---|---|',
  ...filterTimes(data),
  '',
  '## Exactness',
  '',
  'The norm of the quantisation error of a vector, when the largest code is its largest component, and when it is',
  'the share of it (100 %, 95 % … 55 %) with the smallest error:',
  '',
  '| largest code | mean | maximum |',
  '|---|---|---|',
  ...clipErrors(data),
  '',
  `Over all ${data.papers} real vectors; "before": of the codes alone; "after": of \`nearest\`; "read": exact vectors`,
  'read for an answer, median, 95 % and maximum:',
  '',
  '| queries | k | recall@k before | recall@k after | read |',
  '|---|---|---|---|---|',
  ...exactness(data),
  '',
  '## Coarse codes',
  '',
  'The share of the vectors that coarse codes do not exclude when the tenth cosine is known: median, 95 % and',
  'maximum of the queries; the others are compared by 8-bit codes. "Recall": of `nearest` with coarse codes.',
  '"Copies": after the real vectors, randomly perturbed copies, with a cosine of 0.8 to the original:',
  '',
  '| vectors | queries | median | 95 % | maximum | recall@10 |',
  '|---|---|---|---|---|---|',
  ...survivors(data),
  '',
].join('\n');
await writeFile(new URL('../measurements/dense.md', import.meta.url), report);
process.stdout.write(report);
