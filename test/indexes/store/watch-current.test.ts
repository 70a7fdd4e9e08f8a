import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { replaceFile } from '../../../src/indexes/store/durable.ts';
import { watchCurrent } from '../../../src/indexes/store/watch-current.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const system = vi.hoisted(() => ({ tells: true }));
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const watch = (...args: Parameters<typeof fs.watch>) => {
    if (system.tells) return fs.watch(...args);
    throw Object.assign(new Error('No space left for watches'), { code: 'ENOSPC' });
  };
  return { ...fs, watch };
});

const NAMES = ['0000000000000001', '0000000000000002', '0000000000000003'] as const;
const called = (mock: ReturnType<typeof vi.fn>, times: number) =>
  vi.waitFor(() => expect(mock).toHaveBeenCalledTimes(times), { timeout: 10_000, interval: 5 });
const settle = () => new Promise((resolve) => setTimeout(resolve, 200));

describe.each([
  ['where the system tells of changes', true, 60_000],
  ['where it does not', false, 10],
])('%s', (_, tells, pollMs) => {
  beforeEach(() => {
    system.tells = tells;
  });

  test('reports at the start and for each new name, and nothing after the end', async () => {
    const folder = await temporaryFolder();
    const point = (name: string) => replaceFile(join(folder, 'CURRENT'), `${name}\n`);
    await point(NAMES[0]);
    const onChange = vi.fn();
    const end = watchCurrent(folder, onChange, pollMs);
    onTestFinished(end);
    await called(onChange, 1);
    await point(NAMES[1]);
    await called(onChange, 2);
    // The same name again, and what else an ingest writes.
    await point(NAMES[1]);
    await mkdir(join(folder, NAMES[2]));
    await writeFile(join(folder, 'encoding.journal'), 'x');
    await settle();
    expect(onChange).toHaveBeenCalledTimes(2);
    end();
    await point(NAMES[2]);
    await settle();
    expect(onChange).toHaveBeenCalledTimes(2);
  });
});
