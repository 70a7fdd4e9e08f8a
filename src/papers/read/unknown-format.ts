/** What a file of no known format seems to be, and what to do with it. */
export interface Guess {
  /** Ends the sentence "It seems to be …". */
  readonly what: string;
  /** A sentence: how to get a file that can be read. */
  readonly how: string;
}

const EXPORT = 'Export the references from where it came from as RIS, BibTeX or CSV.';
const DOCUMENT =
  'Papers themselves are not read, only records about them. Add it to a reference manager and export the references as RIS, BibTeX or CSV.';

/** Files by their first characters. */
const SIGNATURES: readonly (readonly [RegExp, Guess])[] = [
  [/^%PDF-/, { what: 'a PDF', how: DOCUMENT }],
  [/^\{\\rtf/, { what: 'a document in RTF', how: DOCUMENT }],
  [
    /^\u00d0\u00cf\p{Cc}/u,
    { what: 'an old Office document', how: 'Save it as CSV (tables) or export the references as RIS.' },
  ],
  [
    /^SQLite format 3/,
    {
      what: 'a database of SQLite, as Zotero, Mendeley and Calibre keep',
      how: 'Export the library from the program as RIS, BibTeX or CSV.',
    },
  ],
  [
    /^(?:7z\u00bc\u00af|Rar!|BZh\d|\u00fd7zXZ|\(\u00b5\/\u00fd)/,
    { what: 'a compressed archive', how: 'Unpack it first; gzip is the only compression that is read.' },
  ],
  [
    /^(?:[\u0089\u2030]PNG|GIF8|\u00ff\u00d8\u00ff|RIFF)/,
    { what: 'a picture or a recording', how: 'Leave it out.' },
  ],
  [
    /^PAR1/,
    {
      what: 'a table in Parquet',
      how: "Convert it to JSON Lines: duckdb -c \"COPY (FROM 'in.parquet') TO 'out.jsonl'\".",
    },
  ],
  [/^@(?:comment|string|preamble)\b/im, { what: 'BibTeX without an entry', how: EXPORT }],
  [
    /^FN ISI Export|^\*\*\* /m,
    {
      what: 'an export of an older Web of Science',
      how: 'Export it again as plain text or as tab-delimited.',
    },
  ],
];

const ZIPPED: readonly (readonly [RegExp, Guess])[] = [
  [
    /xl\/|\[Content_Types\]\.xml.*xl|\.xlsx$/s,
    { what: 'a spreadsheet of Excel', how: 'Save it as CSV in UTF-8.' },
  ],
  [/word\/|\.docx$/s, { what: 'a document of Word', how: DOCUMENT }],
  [
    /application\/vnd\.oasis\.opendocument\.spreadsheet|\.ods$/s,
    { what: 'a spreadsheet of OpenDocument', how: 'Save it as CSV in UTF-8.' },
  ],
];

/**
 * What a file seems to be that no reader knows.
 * @param head the file's first text. @param file its name, which may show a format that the text does not.
 */
export function guessFormat(head: string, file: string): Guess {
  const start = head.trimStart();
  if (start.startsWith('PK\u0003\u0004')) {
    const name = file.toLowerCase();
    const known = ZIPPED.find(([sign]) => sign.test(start.slice(0, 4000)) || sign.test(name));
    return (
      known?.[1] ?? {
        what: 'a ZIP archive',
        how: 'Unpack it first; gzip is the only compression that is read.',
      }
    );
  }
  const known = SIGNATURES.find(([sign]) => sign.test(start.slice(0, 2000)));
  if (known) return known[1];
  if (/^[[{]/.test(start)) return json(start);
  if (start.startsWith('<')) return markup(start);
  if (start.slice(0, 4000).includes('\0')) return { what: 'a binary file', how: EXPORT };
  return table(start, file);
}

function json(start: string): Guess {
  const members = [...start.slice(0, 20_000).matchAll(/"([^"\\]{1,60})"\s*:/g)].map(
    ([, name]) => `"${name}"`,
  );
  const unique = [...new Set(members)].slice(0, 15);
  const shown = unique.length > 0 ? ` with the members ${unique.join(', ')}` : '';
  return {
    what: `JSON${shown}`,
    how: 'No member is a title. Rename the member with the title to "title" (jq \'.[] | .title = .NAME\').',
  };
}

function markup(start: string): Guess {
  if (/^<(?:!doctype\s+html|html)\b/i.test(start)) {
    return {
      what: 'a web page',
      how: 'Session pages and pages with BibTeX or citation_title tags are read; save the list of papers itself, or export the references as RIS or BibTeX.',
    };
  }
  const root = /<([A-Za-z][\w:.-]*)/.exec(start)?.[1] ?? '';
  return { what: `XML with the root element <${root}>`, how: EXPORT };
}

function table(start: string, file: string): Guess {
  const first = start.split('\n', 1)[0] ?? '';
  const cells = first.split(/[,;\t|]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
  if (cells.length >= 3 || /\.(?:csv|tsv|tab)(?:\.gz)?$/i.test(file)) {
    const shown = cells
      .slice(0, 15)
      .map((cell) => `"${cell.slice(0, 40)}"`)
      .join(', ');
    return {
      what: `a table with the first line ${shown}`,
      how: 'Give it a line of headings with "title", or say which column is which: --format csv --map title=…',
    };
  }
  if (/^[A-Z][A-Z\d]{1,3} {0,3}[-:] /m.test(start)) {
    return {
      what: 'citations with tags of a kind that is not known',
      how: 'Export them as RIS, BibTeX or CSV.',
    };
  }
  return { what: 'plain text', how: EXPORT };
}
