import type { Paper } from '../papers/paper.ts';
import { exportPapers } from '../papers/write/formats.ts';
import { toZoteroRdf } from '../papers/write/zotero-rdf.ts';
import { uniteTags } from './annotations.ts';
import type { Annotations } from './collection.ts';
import { OWN_FIELD, ownText } from './own-field.ts';
import { toOwnJson } from './own-json.ts';

/** A paper with what is said about it. */
export interface ExportedEntry extends Annotations {
  readonly paper: Paper;
  readonly addedAt: string;
  readonly addedBy?: string | undefined;
}

/** The collection that is exported. */
export interface Exported {
  readonly name: string;
  readonly description: string;
  readonly entries: readonly ExportedEntry[];
}

/** Formats that have notes; all can be imported again. */
export const COLLECTION_FORMATS = [
  {
    name: 'json',
    mediaType: 'application/json',
    extension: 'json',
    description: 'everything: papers, notes, tags, read states, ratings, roles and order',
    write: toOwnJson,
  },
  {
    name: 'bibtex',
    mediaType: 'application/x-bibtex',
    extension: 'bib',
    description: 'BibTeX: notes in `annote`, tags in `keywords`',
    write: ({ entries }) => exportPapers(entries.map(inBibtex), 'bibtex'),
  },
  {
    name: 'ris',
    mediaType: 'application/x-research-info-systems',
    extension: 'ris',
    description: 'RIS: notes in N1, tags in KW',
    write: ({ entries }) => exportPapers(entries.map(inRis), 'ris'),
  },
  {
    name: 'csl-json',
    mediaType: 'application/vnd.citationstyles.csl+json',
    extension: 'csl.json',
    description: 'CSL-JSON: notes in `note`, tags in `keyword`',
    write: toCsl,
  },
  {
    name: 'zotero-rdf',
    mediaType: 'application/rdf+xml',
    extension: 'rdf',
    description: 'a library for Zotero: notes of items, and tags',
    write: ({ entries }) => toZoteroRdf(entries.map(withTags), (at) => inZotero(entries[at]!)),
  },
] as const satisfies readonly {
  name: string;
  mediaType: string;
  extension: string;
  description: string;
  write: (exported: Exported) => string;
}[];

export type CollectionFormat = (typeof COLLECTION_FORMATS)[number]['name'];

/** Names of the formats, for schemas and options. */
export const COLLECTION_FORMAT_NAMES = COLLECTION_FORMATS.map(({ name }) => name) as [
  CollectionFormat,
  ...CollectionFormat[],
];

/** A format by its name. */
export function collectionFormat(name: CollectionFormat): (typeof COLLECTION_FORMATS)[number] {
  return COLLECTION_FORMATS.find((format) => format.name === name)!;
}

/** The text of a collection as a file, with the notes. */
export function exportCollection(exported: Exported, format: CollectionFormat): string {
  return collectionFormat(format).write(exported);
}

/** The paper with the tags among its keywords. */
function withTags({ paper, tags }: ExportedEntry): Paper {
  return { ...paper, keywords: uniteTags(paper.keywords, tags) };
}

/** `readstatus` and `ranking` are fields of JabRef. */
function inBibtex(entry: ExportedEntry): Paper {
  const { state, rating, note } = entry;
  const before = entry.paper.publication?.other?.['bibtex:annote'];
  return withOther(withTags(entry), {
    'bibtex:annote': joined(before, note),
    'bibtex:readstatus': { unread: '', reading: 'skimmed', read: 'read' }[state],
    'bibtex:ranking': rating === undefined ? '' : `rank${rating}`,
    [`bibtex:${OWN_FIELD}`]: ownText(entry, entry.paper.keywords),
  });
}

function inRis(entry: ExportedEntry): Paper {
  const before = entry.paper.publication?.other?.['ris:C1'];
  const own = `${OWN_FIELD}:${ownText(entry, entry.paper.keywords)}`;
  return withOther(withNote(withTags(entry), entry.note), {
    'ris:C1': joined(before, own),
  });
}

/** CSL has no variables for the other annotations; they are in `custom`, as what else CSL has no variable for. */
function toCsl({ entries }: Exported): string {
  const items = JSON.parse(
    exportPapers(
      entries.map(({ paper }) => paper),
      'csl-json',
    ),
  ) as CslItem[];
  const annotated = items.map((item, at) => {
    const { paper, note, tags, state, rating, role } = entries[at]!;
    const keyword = uniteTags(paper.keywords, tags).join(', ');
    const whole = joined(item.note, note);
    return {
      ...item,
      ...(keyword !== '' && { keyword }),
      ...(whole !== '' && { note: whole }),
      custom: { ...item.custom, [OWN_FIELD]: { note, tags, state, rating, role } },
    };
  });
  return `${JSON.stringify(annotated, null, 2)}\n`;
}

interface CslItem {
  readonly note?: string;
  readonly custom: Readonly<Record<string, unknown>>;
}

function inZotero(entry: ExportedEntry): { note: string; extra: string[] } {
  const { note, state, rating } = entry;
  return {
    note,
    extra: [
      ...(state === 'unread' ? [] : [`Read status: ${state}`]),
      ...(rating === undefined ? [] : [`Rating: ${rating}`]),
      `${OWN_FIELD}: ${ownText(entry, entry.paper.keywords)}`,
    ],
  };
}

function withNote(paper: Paper, note: string): Paper {
  if (note === '') return paper;
  return {
    ...paper,
    publication: { ...paper.publication, note: joined(paper.publication?.note, note) },
  };
}

function withOther(paper: Paper, fields: Readonly<Record<string, string>>): Paper {
  const given = Object.entries(fields).filter(([, value]) => value !== '');
  return {
    ...paper,
    publication: {
      ...paper.publication,
      other: { ...paper.publication?.other, ...Object.fromEntries(given) },
    },
  };
}

/** The note of a paper's source is before the reader's. */
function joined(before: string | undefined, note: string): string {
  return [before, note].filter(Boolean).join('\n\n');
}
