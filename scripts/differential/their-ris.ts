import { readFileSync } from 'node:fs';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-ris';
import type { ReadFile } from './compare.ts';

interface Item {
  readonly title?: string;
  readonly abstract?: string;
  readonly author?: readonly {
    readonly family?: string;
    readonly literal?: string;
    readonly given?: string;
  }[];
  readonly issued?: { readonly 'date-parts'?: readonly (readonly number[])[] };
}

/** The records of a file by Citation.js. They have numbers as keys. */
export async function theirRis(file: string): Promise<ReadFile> {
  try {
    const { data } = new Cite(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
    const records = (data as readonly Item[]).map(
      ({ title = '', abstract = '', author = [], issued }, at) => ({
        key: String(at + 1),
        title,
        abstract,
        families: author.map(({ family, literal, given }) => family ?? literal ?? given ?? ''),
        year: Number(issued?.['date-parts']?.[0]?.[0]) || undefined,
      }),
    );
    return { records, problems: [] };
  } catch (error) {
    return { records: [], problems: [`the whole file: ${(error as Error).message.slice(0, 200)}`] };
  }
}
