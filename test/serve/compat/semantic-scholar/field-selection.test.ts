import { describe, expect, test } from 'vitest';
import {
  AUTHOR_FIELDS,
  BASE_PAPER_FIELDS,
  BULK_PAPER_FIELDS,
  PAPER_FIELDS,
} from '../../../../src/serve/compat/semantic-scholar/field-names.ts';
import {
  type FieldSelection,
  type FieldTree,
  insideOf,
  selectFields,
} from '../../../../src/serve/compat/semantic-scholar/field-selection.ts';

/** A selection as text: `title*` was named itself. */
function shown(selection: FieldSelection): string {
  return Array.from(
    selection,
    ([name, { whole, inside }]) => name + (whole ? '*' : '') + (inside.size > 0 ? `(${shown(inside)})` : ''),
  ).join(' ');
}

const DEFAULTS = ['paperId', 'title'];

describe('selectFields', () => {
  test.each([
    [undefined, 'paperId* title*'],
    ['', 'paperId* title*'],
    [' , ', 'paperId* title*'],
    ['year', 'year*'],
    ['year, title,year', 'year* title*'],
    ['authors.name', 'authors(name*)'],
    ['authors,authors.hIndex', 'authors*(hIndex*)'],
    ['authors.hIndex,authors', 'authors*(hIndex*)'],
    ['citations.authors.name', 'citations(authors(name*))'],
    ['embedding.specter_v2', 'embedding(specter_v2*)'],
  ])('parses %j', (text, expected) => {
    expect(shown(selectFields(text, PAPER_FIELDS, DEFAULTS))).toBe(expected);
  });

  test.each<[string, FieldTree, string]>([
    ['colour', PAPER_FIELDS, '[colour]'],
    ['title,colour,size', PAPER_FIELDS, '[colour, size]'],
    ['title.length', PAPER_FIELDS, '[title.length]'],
    ['authors.colour', PAPER_FIELDS, '[authors.colour]'],
    ['Title', PAPER_FIELDS, '[Title]'],
    ['__proto__,constructor', PAPER_FIELDS, '[__proto__, constructor]'],
    ['citations.title', BULK_PAPER_FIELDS, '[citations.title]'],
    ['references', BULK_PAPER_FIELDS, '[references]'],
    ['tldr,embedding,citations', BASE_PAPER_FIELDS, '[tldr, embedding, citations]'],
    ['papers.citations', AUTHOR_FIELDS, '[papers.citations]'],
    ['.', PAPER_FIELDS, '[.]'],
  ])('refuses %j and names the unknown fields', (text, tree, named) => {
    expect(() => selectFields(text, tree, DEFAULTS)).toThrow(`Unrecognized or unsupported fields: ${named}`);
  });

  test('refuses very long lists', () => {
    const many = Array.from({ length: 501 }, () => 'title').join(',');
    expect(() => selectFields(many, PAPER_FIELDS, DEFAULTS)).toThrow('Unrecognized or unsupported fields');
  });
});

test('selects the defaults inside a field only when the field itself is named', () => {
  const inside = (text: string) =>
    shown(insideOf(selectFields(text, PAPER_FIELDS, DEFAULTS).get('authors')!, 'name'));
  expect(inside('authors')).toBe('name*');
  expect(inside('authors.hIndex')).toBe('hIndex*');
  expect(inside('authors,authors.hIndex')).toBe('name* hIndex*');
});
