import type { bibtexParser } from 'latex-utensils';
import { messageOf } from '../../../errors.ts';
import { MONTHS } from '../../months.ts';
import { linesOf } from '../lines.ts';
import type { CorpusItem, Reader } from '../reader.ts';
import { itemsOf, rejection } from '../record.ts';
import { entriesOf } from './entries.ts';
import { toPaper } from './paper.ts';

/** What programs keep for themselves; anything may be in it. */
const COMMENT = /^@\s*comment/i;
/** Entries that hold no paper. */
const NO_PAPERS = new Set(['preamble', 'string', 'xdata', 'set']);

/** BibTeX and BibLaTeX databases, as Zotero, Mendeley, JabRef and publishers write them. */
export const bibtexReader: Reader = {
  format: 'bibtex',
  description: 'BibTeX or BibLaTeX, as Zotero, Mendeley and publishers write it',
  files: ['*.bib'],
  // Blanks are matched in one way only: a head full of them is looked through once.
  detect: (head) => /^[ \t]*@[a-z]+\s*\{\s*(?:[^\s,{}()="]+\s*)?[,=]/im.test(head) && !/^\s*[[{<]/.test(head),
  async *read({ file, chunks }): AsyncIterable<CorpusItem> {
    const { bibtexParser } = await import('latex-utensils');
    const macros = new Map(MONTHS.map((month, index) => [month, String(index + 1)]));
    let record = 0;
    for await (const { line, text, problem } of entriesOf(linesOf(chunks()))) {
      if (COMMENT.test(text)) continue;
      const entry = problem === undefined ? parse(bibtexParser, text) : { problem };
      if ('problem' in entry) {
        yield rejection({ file, line, record: ++record }, { reason: entry.problem });
        continue;
      }
      for (const [name, value] of definitions(entry.parsed))
        macros.set(name, valueText(value, macros).slice(0, MAX_MACRO_LENGTH));
      const fields = fieldsOf(entry.parsed, macros);
      if (!fields) continue;
      yield* itemsOf(toPaper(fields), { file, line, record: ++record });
    }
  },
};

/** UTF-16 code units of a macro: one that is made of others, and those of others, would fill the memory. */
const MAX_MACRO_LENGTH = 5000;

type Entry = bibtexParser.BibtexAst['content'][number];
type Value = bibtexParser.FieldValue;

function parse(parser: typeof bibtexParser, text: string): { parsed: Entry } | { problem: string } {
  try {
    const parsed = parser.parse(text).content[0];
    return parsed ? { parsed } : { problem: 'Not a BibTeX entry.' };
  } catch (error) {
    return { problem: `Not a BibTeX entry: ${messageOf(error)}` };
  }
}

function definitions(entry: Entry): [string, Value][] {
  return 'abbreviation' in entry ? [[entry.abbreviation.toLowerCase(), entry.value as Value]] : [];
}

/** Values by field, names in lower case, the first of two of one name; undefined for what is no citation. */
function fieldsOf(entry: Entry, macros: ReadonlyMap<string, string>): Map<string, string> | undefined {
  if (NO_PAPERS.has(entry.entryType.toLowerCase()) || !('internalKey' in entry)) return undefined;
  const fields = new Map<string, string>();
  for (const { name, value } of entry.content) {
    const key = name.toLowerCase();
    if (!fields.has(key)) fields.set(key, valueText(value, macros).trim());
  }
  return fields;
}

/** The text of a value; an unknown macro stands for itself. */
function valueText(value: Value, macros: ReadonlyMap<string, string>): string {
  if (value.kind === 'concat') return value.content.map((part) => valueText(part, macros)).join('');
  if (value.kind === 'abbreviation') return macros.get(value.content.toLowerCase()) ?? value.content;
  return value.content;
}
