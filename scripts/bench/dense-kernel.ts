/**
 * Measures dense search and writes scripts/measurements/dense.md. Takes some minutes and 2 GB; needs a build, and the
 * vectors of many papers:
 *   npm run build && npx tsx scripts/bench/vectors.ts 100000 && npx tsx scripts/bench/dense-kernel.ts
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { APPROXIMATE_FROM } from '../../src/indexes/vectors/code-memory.ts';
import { DIMENSION, denseData, QUERIES } from './dense/data.ts';
import { binaryRecall, clipErrors, exactness, SHARES } from './dense/quality.ts';
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
  'exact vectors in memory; "binary codes": 1 %, at least 1000, chosen by their binary codes first.',
  '',
  '| vectors | codes, MB | read, 1 stream, ms | read, 4 streams, ms | scan, ms | ratio | float scan in JavaScript, ms | nearest 10, ms | nearest 10 by binary codes, ms |',
  '|---|---|---|---|---|---|---|---|---|',
  ...(await scanTimes(data)),
  '',
  '## Filters',
  '',
  'The same scan with 100,000 vectors, of which a filter keeps a random share:',
  '',
  '| share allowed | 100 % | 90 % | 50 % | 10 % | 1 % |',
  '|---|---|---|---|---|---|',
  filterTimes(data),
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
  '## Binary codes',
  '',
  `Recall@10 when binary codes choose a share of the vectors first (the engine does so from ${APPROXIMATE_FROM} vectors`,
  'on, with 1 %). "Copies": after the real vectors, randomly perturbed copies, with a cosine of 0.8 to the original:',
  '',
  `| vectors | queries | ${SHARES.map((share) => `${share * 100} %`).join(' | ')} |`,
  `|---|---|${SHARES.map(() => '---|').join('')}`,
  ...binaryRecall(data),
  '',
].join('\n');
await writeFile(new URL('../measurements/dense.md', import.meta.url), report);
process.stdout.write(report);
