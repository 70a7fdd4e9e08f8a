import { readFileSync } from 'node:fs';
import { parse } from '@retorquere/bibtex-parser';
import type { ReadFile } from './compare.ts';

interface Creator {
  readonly name?: string;
  readonly lastName?: string;
  readonly firstName?: string;
}

/** The records of a file by the parser of Better BibTeX. */
export function theirBibtex(file: string): ReadFile {
  try {
    const { entries, errors } = parse(readFileSync(file, 'utf8'), {
      sentenceCase: false,
      unsupported: 'ignore',
    });
    return {
      records: entries
        .filter(({ type }) => !['xdata', 'set', 'control'].includes(type.toLowerCase()))
        .map(({ key, fields }) => {
          const text = (name: string) => plain((fields as Record<string, unknown>)[name]);
          const subtitle = text('subtitle');
          const authors = ((fields as Record<string, unknown>).author ?? []) as Creator[];
          return {
            key,
            title: [text('title'), subtitle].filter((part) => part !== '').join(': '),
            abstract: text('abstract'),
            families: authors
              .map(({ name, lastName, firstName }) => plain(name ?? lastName ?? firstName))
              .filter((each) => each !== 'others'),
            year: Number(/\d{4}/.exec(text('date') || text('year'))?.[0]) || undefined,
          };
        }),
      problems: errors.map(({ error }) => error),
    };
  } catch (error) {
    return { records: [], problems: [`the whole file: ${(error as Error).message.slice(0, 200)}`] };
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value.replace(/<[^<>]*>/g, '').trim() : '';
}
