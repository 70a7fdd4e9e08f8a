import { namesOfDisplay } from '../../src/papers/names.ts';
import type { Paper } from '../../src/papers/paper.ts';

/** A paper with defaults for all fields that a test does not set. */
export function paperOf(fields: Partial<Paper> & { readonly title: string }): Paper {
  return {
    id: fields.title.toLowerCase().replaceAll(' ', '-'),
    abstract: '',
    authors: [],
    authorNames: namesOfDisplay(fields.authors ?? []),
    keywords: [],
    categories: [],
    urls: {},
    externalIds: {},
    source: { file: 'test.jsonl', format: 'jsonl', record: 1 },
    ...fields,
  };
}
