import { displayName, type PersonName } from '../../src/papers/names.ts';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';
import type { ReadFile } from './compare.ts';

/** The records of a file by our readers. */
export async function ourRecords(file: string): Promise<ReadFile> {
  const records = [];
  const problems: string[] = [];
  const format = file.endsWith('.ris') ? 'ris' : 'bibtex';
  for await (const event of readCorpusFile({ file, named: true }, {}, format)) {
    if (event.kind === 'rejected') problems.push(`line ${event.notice.line}: ${event.notice.reason}`);
    if (event.kind !== 'paper') continue;
    const { title, abstract, authorNames, authorRole, year, publication, source } = event.paper;
    const key = format === 'ris' ? String(source.record) : (publication?.key ?? '');
    const families = authorRole === undefined ? authorNames.map(familyOf) : [];
    records.push({ key, title, abstract, families, year });
  }
  return { records, problems };
}

function familyOf(name: PersonName): string {
  return 'literal' in name ? displayName(name) : (name.family ?? '');
}
