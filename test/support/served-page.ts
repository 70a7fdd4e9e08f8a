import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, startServer } from './cli.ts';

/** A built server with the sample corpus and some more papers. */
export interface ServedPage {
  readonly url: string;
  /** Kills the server, as a crash would. */
  kill(): void;
  /** Stops it and removes its index. */
  stop(): Promise<void>;
}

/**
 * Serves the sample corpus and additional papers with the real model.
 * @param papers fields of papers, as in JSON Lines.
 */
export async function servePage(papers: readonly object[] = []): Promise<ServedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-browser-'));
  const more = join(folder, 'more.jsonl');
  await writeFile(more, papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  const index = join(folder, 'index');
  const inputs = papers.length > 0 ? ['data', more] : ['data'];
  const { exitCode, stderr } = await runCli(['ingest', ...inputs, '--index', index]);
  if (exitCode !== 0) throw new Error(`The ingest failed: ${stderr}`);
  const { child, url } = await startServer(['--index', index]);
  // The first query starts the encoder; waiting for it is not tested.
  await fetch(`${url}/search?q=warm`);
  return {
    url,
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
