import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const AUTHORS = ['Ann Lee', 'Bo Kim', 'Cy Ito', 'Di Wu'];

/** Files whose records overlap: versions of one paper in several files, with and without identifiers. */
export async function overlappingFiles(folder: string, papers: number): Promise<string> {
  const corpus = join(folder, 'corpus');
  await mkdir(corpus);
  for (const [n, file] of ['a.jsonl', 'b.jsonl', 'c.jsonl'].entries()) {
    const records = Array.from({ length: papers }, (_, at) => ({
      id: n === 2 ? undefined : String(at),
      title: `On the growth of grass in the year ${at}`,
      abstract: `An abstract about grass, number ${at}.`,
      authors: [AUTHORS[at % 4], AUTHORS[(at + n) % 4]],
      year: 2000 + (at % 20),
      ...(n !== 1 && at % 3 === 0 && { doi: `10.1000/${at}` }),
    }));
    await writeFile(join(corpus, file), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }
  return corpus;
}
