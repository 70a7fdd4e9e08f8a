/**
 * Measures which records are merged, over labelled pairs of records of the available collections.
 *
 *   npx tsx scripts/measure-merging.ts            precision, recall and every pair that is wrong
 *   npx tsx scripts/measure-merging.ts --make     draws new pairs into scripts/measurements/merge-pairs.jsonl
 */
import { writeFileSync } from 'node:fs';
import { makePairs } from './merging/make-pairs.ts';
import { collectionsFolder, finder, measureMerging, PAIRS, readPairs } from './merging/pairs.ts';

const folder = collectionsFolder();
if (folder === undefined)
  throw new Error('There are no collections: set PAPER_SEARCH_COLLECTIONS to their folder.');
if (process.argv.includes('--make')) {
  writeFileSync(
    PAIRS,
    makePairs(folder)
      .map((pair) => `${JSON.stringify(pair)}\n`)
      .join(''),
  );
}
const pairs = readPairs();
const find = finder(folder);
const print = (text: string) => process.stdout.write(`${text}\n`);
for (const label of ['same', 'different'] as const) {
  const ofLabel = pairs.filter((pair) => pair.label === label);
  for (const rule of new Set(ofLabel.map((pair) => pair.rule))) {
    const ofRule = ofLabel.filter((pair) => pair.rule === rule);
    const { wrong } = await measureMerging(ofRule, find);
    print(`${label} ${rule}: ${ofRule.length - wrong.length} of ${ofRule.length} right`);
  }
}
const { precision, recall, wrong } = await measureMerging(pairs, find);
for (const { label, rule, a, b } of wrong)
  print(`wrong: ${label} ${rule} ${a} ${b}: ${find(a).title} | ${find(b).title}`);
const same = pairs.filter(({ label }) => label === 'same').length;
print(
  `${pairs.length} pairs, ${same} of one paper: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`,
);
