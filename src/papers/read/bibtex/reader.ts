import { MONTHS } from '../../months.ts';
import { type LatexCommands, latexCommands } from '../latex-commands.ts';
import { linesOf } from '../lines.ts';
import type { CorpusItem, Reader } from '../reader.ts';
import { type FieldProblem, itemsOf, type RecordPlace, rejection } from '../record.ts';
import { entriesOf } from './entries.ts';
import { type Inheritor, isUsualParent, parentKeys, withInherited } from './inherit.ts';
import { LEFT_OUT, toPaper } from './paper.ts';
import { type Entry, isText, parseEntry, typeOf } from './parse.ts';

/** Entries that hold no paper. */
const NO_PAPERS = new Set(['string', 'xdata', 'set', 'control']);
/** Entries of one file that others may take fields from, and entries that wait for them; more are read alone. */
const MAX_KEPT = 100_000;
/** An entry with a key or fields, whose brackets may be those that BibTeX itself writes. */
const ENTRY =
  /^[ \t]*@\p{L}[\w:+./-]*[ \t]*\{\s{0,20}[^\s,={}"][^,={}"]{0,200}[,=]|^[ \t]*@(?:article|book|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|online|phdthesis|proceedings|report|string|techreport|thesis|unpublished)[ \t]*\(\s{0,20}[^\s,={}"][^,={}"]{0,200}[,=]|^[ \t]*@\p{L}+\s*\{\s*,/imu;

/** BibTeX and BibLaTeX databases, as Zotero, Mendeley, JabRef and publishers write them. */
export const bibtexReader: Reader = {
  format: 'bibtex',
  description: 'BibTeX or BibLaTeX, as Zotero, Mendeley and publishers write it',
  files: ['*.bib'],
  detect: (head) => ENTRY.test(head) && !/^\s*[[{<]/.test(head),
  async *read({ file, chunks }): AsyncIterable<CorpusItem> {
    const library = new Library(file, await latexCommands());
    const macros = new Map(MONTHS.map((month, index) => [month, String(index + 1)]));
    let record = 0;
    for await (const { line, text, problem } of entriesOf(linesOf(chunks()))) {
      if (problem !== undefined) {
        yield rejection({ file, line, record: ++record }, { reason: problem });
        continue;
      }
      if (isText(typeOf(text))) continue;
      const entry = parseEntry(text, macros);
      const isPaper = !NO_PAPERS.has(entry.type);
      yield* library.add(entry, { file, line, record: isPaper ? ++record : record }, isPaper);
    }
    yield* library.finish();
  },
};

/** The entries of one file: those that take fields from others wait until all are read. */
class Library {
  readonly #file: string;
  readonly #commands: LatexCommands;
  readonly #parents = new Map<string, Inheritor>();
  readonly #waiting: [Inheritor, readonly FieldProblem[], RecordPlace][] = [];
  /** Commands of LaTeX that are not known, with the line of the entry that has it first. */
  readonly #unknown = new Map<string, { readonly line: number; count: number }>();
  /** Fields that are left out, by the number of entries. */
  readonly #leftOut = new Map<string, number>();

  constructor(file: string, commands: LatexCommands) {
    this.#file = file;
    this.#commands = commands;
  }

  *add(entry: Entry, place: RecordPlace, isPaper: boolean): Iterable<CorpusItem> {
    const { fields, problems } = firstOfEach(entry);
    const inheritor = { type: entry.type, key: entry.key, fields };
    const most = isUsualParent(entry.type) ? MAX_KEPT : MAX_KEPT / 10;
    if (entry.key !== '' && this.#parents.size < most) this.#parents.set(entry.key.toLowerCase(), inheritor);
    if (!isPaper) return;
    const { crossref, xdata } = parentKeys(fields);
    const waits = crossref.length + xdata.length > 0 && this.#waiting.length < MAX_KEPT;
    if (waits) this.#waiting.push([inheritor, problems, place]);
    else yield* this.#items(inheritor, problems, place);
  }

  *finish(): Iterable<CorpusItem> {
    for (const [entry, problems, place] of this.#waiting) {
      const { fields, missing } = withInherited(entry, this.#parents);
      const notFound = missing.map((key) => ({
        field: 'crossref',
        reason: `This file has no entry "${key}" to take fields from.`,
      }));
      yield* this.#items({ ...entry, fields }, [...problems, ...notFound], place);
    }
    for (const [command, { line, count }] of this.#unknown) {
      const more = count === 1 ? '' : ` (${count} times in this file)`;
      const reason = `The LaTeX command "\\${command}" is not known${more}: its argument was kept.`;
      yield { kind: 'warning', notice: { file: this.#file, line, reason } };
    }
    for (const [field, count] of this.#leftOut) {
      const reason = `The field "${field}" of ${count} ${count === 1 ? 'entry' : 'entries'} is not kept: it is a path on another computer.`;
      yield { kind: 'warning', notice: { file: this.#file, field, reason } };
    }
  }

  #items(entry: Inheritor, problems: readonly FieldProblem[], place: RecordPlace): CorpusItem[] {
    for (const name of entry.fields.keys()) {
      if (LEFT_OUT.test(name)) this.#leftOut.set(name, (this.#leftOut.get(name) ?? 0) + 1);
    }
    const result = toPaper(entry, this.#commands, (command) => {
      const known = this.#unknown.get(command);
      if (known) known.count++;
      else this.#unknown.set(command, { line: place.line, count: 1 });
    });
    if ('rejected' in result) return itemsOf(result, place);
    return itemsOf({ ...result, dropped: [...problems, ...result.dropped] }, place);
  }
}

/** The fields of an entry by name. Of a repeated one the first counts, but keywords are put together. */
function firstOfEach({ fields, problems }: Entry): { fields: Map<string, string>; problems: FieldProblem[] } {
  const found = new Map<string, string>();
  const repeated: FieldProblem[] = [];
  for (const [name, value] of fields) {
    const before = found.get(name);
    if (before === undefined || before.trim() === '') found.set(name, value);
    else if (name === 'keywords' && value.trim() !== '') found.set(name, `${before}, ${value}`);
    else if (value.trim() !== '' && value !== before) {
      repeated.push({
        field: name,
        reason: `The field is there twice; the second, "${value.replace(/\s+/g, ' ').slice(0, 60)}", was left out.`,
      });
    }
  }
  return { fields: found, problems: [...problems, ...repeated] };
}
