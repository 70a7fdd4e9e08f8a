import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../../src/ingest/ingest.ts';
import { remove } from '../../../src/ingest/remove.ts';
import { LiveEngine } from '../../../src/serve/live/live-engine.ts';
import { WordEncoder } from '../word-encoder.ts';
import type { EngineUnderTest } from './engine-under-test.ts';

/** The engine in this process, over an index in a temporary folder. */
export const embedded: EngineUnderTest = {
  name: 'embedded',
  create: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paper-search-contract-'));
    const index = join(folder, 'index');
    const options = { index, corpusMap: false };
    const opened: LiveEngine[] = [];
    return {
      ingest: async (paths) => {
        await ingest(paths, { ...options, encoder: new WordEncoder() });
      },
      remove: async (ids) => {
        await remove({ ids }, { ...options, encoder: new WordEncoder() });
      },
      open: async () => {
        const engine = await LiveEngine.open(index, { encoder: new WordEncoder() });
        opened.push(engine);
        return { engine, refresh: () => engine.refresh() };
      },
      dispose: async () => {
        for (const engine of opened) await engine.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
