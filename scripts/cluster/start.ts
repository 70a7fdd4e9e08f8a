/**
 * Starts a cluster of OpenSearch on this machine, for tests and measurements; people use the official distribution.
 *
 *   npx tsx scripts/cluster/start.ts --nodes 3                 prints URLs and process ids, and leaves the nodes running
 *   npx tsx scripts/cluster/start.ts --stop                    stops them and deletes their data
 *
 * `--folder DIR`: where data and logs are, one cluster a folder (default: a folder of the system for temporary files).
 * `--heap 384m`, `--set SETTING=VALUE` (several times): of the nodes. `--urls`: prints only the URLs, with commas between.
 * `--missing`: prints what this machine lacks and exits with 1, or prints nothing.
 */
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeArchive, startNodes, stopNodes, untilGreen } from './nodes.ts';
import { build, missing } from './recipe.ts';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '3' },
    folder: { type: 'string', default: join(tmpdir(), 'paper-search-cluster') },
    heap: { type: 'string', default: '384m' },
    set: { type: 'string', multiple: true, default: [] },
    urls: { type: 'boolean', default: false },
    stop: { type: 'boolean', default: false },
    missing: { type: 'boolean', default: false },
  },
});
const folder = resolve(values.folder);
const log = (message: string) => console.error(message);
const lack = values.stop ? undefined : missing();

if (values.stop) {
  log(`${await stopNodes(folder)} nodes stopped.`);
} else if (lack !== undefined) {
  (values.missing ? console.log : log)(lack);
  process.exitCode = 1;
} else if (!values.missing) {
  await start();
}

async function start(): Promise<void> {
  const count = Number(values.nodes);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--nodes must be a whole number, not "${values.nodes}".`);
  const settings = Object.fromEntries(
    values.set.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined)
        throw new Error(`--set expects SETTING=VALUE, not "${pair}".`);
      return [name, value];
    }),
  );
  const started = performance.now();
  const built = build(log);
  await makeArchive(built, folder);
  const nodes = await startNodes(built, { folder, count, heap: values.heap, settings });
  try {
    await untilGreen(nodes);
  } catch (error) {
    await stopNodes(folder);
    throw error;
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  log(
    `${count} nodes after ${seconds} s. Stop them: npx tsx scripts/cluster/start.ts --stop --folder ${folder}`,
  );
  if (values.urls) console.log(nodes.map(({ url }) => url).join());
  else for (const { name, url, pid } of nodes) console.log(`${name} ${url} ${pid}`);
}
