/**
 * Measures dense search and writes scripts/measurements/dense.md. Takes some minutes and 2 GB; needs a build, and
 * the vectors of as many papers as there is time to encode:
 *   npm run build && npx tsx scripts/bench/vectors.ts 100000 && npx tsx scripts/bench/dense-kernel.ts
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { APPROXIMATE_FROM } from '../../src/indexes/vectors/code-memory.ts';
import { DIMENSION, denseData, QUERIES } from './dense/data.ts';
import { clipErrors, exactness, SHARES, signRecall } from './dense/quality.ts';
import { filterTimes, scanTimes } from './dense/times.ts';

const data = await denseData();
const report = [
  '# Dense search, measured',
  '',
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
  'Written by `npx tsx scripts/bench/dense-kernel.ts`. The machine is shared: times are the least of several',
  'rounds, in which the things compared take turns; compare within a row.',
  '',
  `${data.papers} vectors of real papers (${DIMENSION} components); questions are ${QUERIES} papers held out, whole`,
  'and by their titles.',
  '',
  '## Scan',
  '',
  'One core, all vectors (real ones, repeated as often as needed). "Read": the same bytes only added up, 16 at a',
  'time, from one place and from four. "Ratio": the scan to the faster of these. "Nearest": with choosing and',
  'exact vectors in memory; "by signs": 1 %, at least 1000, chosen by their signs first.',
  '',
  '| vectors | codes, MB | read, 1 place, ms | read, 4 places, ms | scan, ms | ratio | float scan in JavaScript, ms | nearest 10, ms | nearest 10 by signs, ms |',
  '|---|---|---|---|---|---|---|---|---|',
  ...(await scanTimes(data)),
  '',
  '## Filters',
  '',
  'The same scan with 100,000 vectors, of which a filter leaves a share drawn at random:',
  '',
  '| share allowed | 100 % | 90 % | 50 % | 10 % | 1 % |',
  '|---|---|---|---|---|---|',
  filterTimes(data),
  '',
  '## Exactness',
  '',
  'The norm of what quantisation loses of a vector, when the largest code stands for its largest component, and',
  'for the share of it (100 %, 95 % … 55 %) that loses least:',
  '',
  '| largest code | mean | most |',
  '|---|---|---|',
  ...clipErrors(data),
  '',
  `Over all ${data.papers} real vectors; "before": of the codes alone; "after": of \`nearest\`; "read": exact vectors`,
  'read for an answer, median, 95 % and most:',
  '',
  '| questions | k | recall@k before | recall@k after | read |',
  '|---|---|---|---|---|',
  ...exactness(data),
  '',
  '## Signs',
  '',
  `Recall@10 when signs choose a share of the vectors first (the engine does so from ${APPROXIMATE_FROM} vectors on, with`,
  '1 %). "Copies": beyond the real vectors, copies of them moved at random, with a cosine of 0.8 to the original:',
  '',
  `| vectors | questions | ${SHARES.map((share) => `${share * 100} %`).join(' | ')} |`,
  `|---|---|${SHARES.map(() => '---|').join('')}`,
  ...signRecall(data),
  '',
].join('\n');
await writeFile(new URL('../measurements/dense.md', import.meta.url), report);
process.stdout.write(report);
