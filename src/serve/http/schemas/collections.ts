import { z } from 'zod';
import { READ_STATES, SEED_ROLES } from '../../../collections/collection.ts';
import { ENTRY_ORDERS } from '../../../collections/view.ts';
import {
  MAX_COLLECTION_NAME,
  MAX_DESCRIPTION,
  MAX_HITS,
  MAX_ID_LENGTH,
  MAX_IDS,
  MAX_NOTE,
  MAX_RATING,
  MAX_TAG,
  MAX_TAGS,
  MAX_VALUE_LENGTH,
} from '../../../limits.ts';
import { oneOf } from '../../../search/request.ts';
import { offsetParameter, severalTimes, wholeNumber } from '../parameters.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';

const count = z.int().min(0);
const text = (what: string, most: number) =>
  z.string({ error: `Expected ${what}.` }).max(most, `Expected at most ${most} characters.`);

const state = oneOf(READ_STATES);
const role = oneOf(SEED_ROLES);
const tags = z
  .array(text('a tag', MAX_TAG).min(1, 'A tag is empty.'), { error: 'Expected a list of tags.' })
  .max(MAX_TAGS, `Expected at most ${MAX_TAGS} tags.`);
const rating = z
  .int({ error: `Expected a whole number from 1 to ${MAX_RATING}.` })
  .min(1)
  .max(MAX_RATING);
const id = z.string({ error: 'Expected an id.' }).min(1, 'An id is empty.').max(MAX_ID_LENGTH);
const ids = z
  .array(id, { error: 'Expected a list of ids.' })
  .min(1, 'Give at least one id.')
  .max(MAX_IDS, `Expected at most ${MAX_IDS} ids.`)
  .describe('Papers of the collection, by any of their ids.');
const expected = z
  .int()
  .min(0)
  .optional()
  .describe(
    'The `version` that you have seen. If the same papers have changed since, nothing is written, and 409 has the current state.',
  );
const name = text('a name', MAX_COLLECTION_NAME).min(1, 'The name is empty.');
const description = text('a description', MAX_DESCRIPTION);

/** What is said about a paper, in a request. */
const said = {
  note: text('a note', MAX_NOTE).optional().describe('Plain text.'),
  tags: tags.optional(),
  state: state.optional(),
  rating: rating.optional(),
  role: role.optional().describe('Its part in the search for related papers: more like it, or less like it.'),
};

export const NewCollection = z
  .object({ name, description: description.default('') })
  .meta({ id: 'NewCollection', examples: [{ name: 'Self-improvement' }] });

export const CollectionChange = z
  .object({ name: name.optional(), description: description.optional(), expected })
  .meta({ id: 'CollectionChange' });

export const AddPapers = z
  .object({
    papers: z
      .array(z.strictObject({ id, ...said }), { error: 'Expected a list of papers with ids.' })
      .min(1, 'Give at least one paper.')
      .max(MAX_IDS, `Expected at most ${MAX_IDS} papers.`)
      .describe('Papers of the index by any identifier. A paper that is in the collection gets what is new.'),
    skipUnknown: z
      .boolean()
      .default(false)
      .describe('Whether unknown ids are skipped. Otherwise nothing is added, and the error lists them.'),
  })
  .meta({ id: 'AddPapers' });

export const AnnotatePapers = z
  .object({
    ids,
    ...said,
    tags: tags.optional().describe('Replaces all tags.'),
    addTags: tags.optional(),
    removeTags: tags.optional(),
    rating: rating.nullable().optional().describe('`null` removes the rating.'),
    expected,
  })
  .meta({ id: 'AnnotatePapers' });

export const ChosenEntries = z.object({ ids, expected }).meta({ id: 'ChosenEntries' });

export const MovePapers = z
  .object({
    ids,
    before: id.optional().describe('The paper that they are moved before. Default: they become the last.'),
  })
  .meta({ id: 'MovePapers' });

export const UndoBody = z.object({ expected }).meta({ id: 'UndoRequest' });

export const NewShare = z
  .object({
    label: text('a label', MAX_COLLECTION_NAME).min(1).optional().describe('What the link is for.'),
    withNotes: z
      .boolean()
      .default(true)
      .describe('Whether notes, tags, read states, ratings and roles are shown. Otherwise only the papers.'),
  })
  .meta({ id: 'NewShare' });

/** Which entries are listed, as query parameters. */
export const EntryParameters = z.object({
  q: text('words', MAX_VALUE_LENGTH)
    .default('')
    .describe('Words that the title, an author, the note or a tag contains.'),
  tag: severalTimes('Expected a tag.', 'A tag; repeated, papers have all of them.'),
  state: state.optional(),
  role: role.optional(),
  minRating: wholeNumber(1, MAX_RATING).optional().describe('Least rating.'),
  sort: oneOf(ENTRY_ORDERS).default('order').describe('`order` is the order of the readers.'),
  limit: wholeNumber(1, MAX_HITS).default(50).describe('Maximum number of papers.'),
  offset: offsetParameter.describe('Papers to skip.'),
});

const EXAMPLE_SUMMARY = {
  id: 'self-improvement',
  name: 'Self-improvement',
  description: '',
  createdAt: '2026-11-30T09:00:00.000Z',
  createdBy: 'ada',
  changedAt: '2026-11-30T09:05:00.000Z',
  version: 3,
  papers: 1,
  tags: [{ tag: 'method', papers: 1 }],
  states: { unread: 0, reading: 1, read: 0 },
  roles: { for: 1, against: 0, none: 0 },
};

const EXAMPLE_ENTRY = {
  paper: EXAMPLE_PAPER,
  inIndex: true,
  ids: ['doi:10.1000/182'],
  note: 'Compare with our baseline.',
  tags: ['method'],
  state: 'reading',
  rating: 4,
  role: 'for',
  addedAt: '2026-11-30T09:00:00.000Z',
  changedAt: '2026-11-30T09:05:00.000Z',
};

/** The schema of `CollectionSummary` in src/collections/view.ts. */
export const CollectionSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    createdAt: z.string(),
    createdBy: z.string().optional(),
    changedAt: z.string(),
    deletedAt: z.string().optional(),
    version: count.describe('Number of the last change.'),
    papers: count,
    tags: z.array(z.object({ tag: z.string(), papers: count })).describe('The most frequent first.'),
    states: z.object({ unread: count, reading: count, read: count }),
    roles: z.object({ for: count, against: count, none: count }),
  })
  .meta({
    id: 'CollectionSummary',
    description: 'A collection in numbers.',
    examples: [EXAMPLE_SUMMARY],
  });

const annotations = {
  note: z.string(),
  tags: z.array(z.string()),
  state: z.enum(READ_STATES),
  rating: z.number().optional(),
  role: z.enum(SEED_ROLES),
};
const inIndex = z
  .boolean()
  .describe('Whether the index has the paper. Otherwise `paper` is what was known of it.');

/** The schema of `ResolvedEntry` in src/collections/resolve.ts. */
export const CollectionEntry = z
  .object({
    paper: Paper,
    inIndex,
    ids: z
      .array(z.string())
      .describe('The ids that the entry is stored under: several if papers were merged.'),
    ...annotations,
    addedAt: z.string(),
    addedBy: z.string().optional(),
    changedAt: z.string(),
  })
  .meta({
    id: 'CollectionEntry',
    examples: [EXAMPLE_ENTRY],
  });

export const CollectionList = z
  .object({ collections: z.array(CollectionSummary) })
  .meta({ id: 'CollectionList', examples: [{ collections: [EXAMPLE_SUMMARY] }] });

const page = { total: count, offset: count, limit: count };

export const CollectionAnswer = z
  .object({
    collection: CollectionSummary,
    notInIndex: count.describe('Papers that the index does not have (any more).'),
    canUndo: z.boolean().describe('Whether you have a change that can be undone.'),
    canRedo: z.boolean(),
    ...page,
    entries: z.array(CollectionEntry),
  })
  .meta({
    id: 'CollectionAnswer',
    examples: [
      {
        collection: EXAMPLE_SUMMARY,
        notInIndex: 0,
        canUndo: true,
        canRedo: false,
        total: 1,
        offset: 0,
        limit: 50,
        entries: [EXAMPLE_ENTRY],
      },
    ],
  });

export const AddedAnswer = z
  .object({
    collection: CollectionSummary,
    added: count,
    present: count.describe('Papers that were in the collection already.'),
    unknown: z.array(z.string()).describe('Ids without a paper.'),
  })
  .meta({
    id: 'AddedAnswer',
    examples: [{ collection: EXAMPLE_SUMMARY, added: 1, present: 0, unknown: [] }],
  });

const FileNotice = z.object({
  line: z.int().optional(),
  record: z.int().optional(),
  field: z.string().optional(),
  reason: z.string(),
});

export const ImportAnswer = z
  .object({
    collection: CollectionSummary,
    format: z.string().describe('The format that the file was read as.'),
    added: count,
    present: count.describe('Papers that were in the collection already.'),
    inIndex: count.describe('Records whose papers are in the index.'),
    notInIndex: count.describe('Records that are kept as the file has them.'),
    rejected: z.array(FileNotice).describe('Records that cannot be read.'),
    warnings: z.array(FileNotice),
  })
  .meta({
    id: 'CollectionImport',
    examples: [
      {
        collection: EXAMPLE_SUMMARY,
        format: 'bibtex',
        added: 1,
        present: 0,
        inIndex: 1,
        notInIndex: 0,
        rejected: [],
        warnings: [],
      },
    ],
  });

export const AnnotatedAnswer = z
  .object({
    collection: CollectionSummary,
    entries: z.array(CollectionEntry).describe('The papers of the request.'),
  })
  .meta({
    id: 'AnnotatedAnswer',
    examples: [{ collection: EXAMPLE_SUMMARY, entries: [EXAMPLE_ENTRY] }],
  });

/** The schema of `LogLine` in src/collections/log-view.ts. */
export const LogLine = z
  .object({
    number: count,
    at: z.string(),
    by: z.string().optional(),
    type: z.string().describe('`added`, `changed`, `removed`, `moved`, `undone`, …'),
    undone: z.boolean().describe('Whether it was taken back and does not count.'),
    papers: z
      .array(
        z.object({
          id: z.string(),
          title: z.string().optional(),
          ...z.object(annotations).partial().shape,
        }),
      )
      .optional(),
    changes: z.record(z.string(), z.unknown()).optional().describe('What was said about these papers.'),
    name: z.string().optional(),
    description: z.string().optional(),
    of: count.optional().describe('The change that was undone or redone.'),
    share: z.string().optional().describe('The id of a link that was created or revoked.'),
  })
  .meta({ id: 'CollectionLogLine' });

export const LogAnswer = z.object({ ...page, lines: z.array(LogLine).describe('The newest first.') }).meta({
  id: 'CollectionLog',
  examples: [
    {
      total: 3,
      offset: 0,
      limit: 1,
      lines: [
        {
          number: 3,
          at: '2026-11-30T09:05:00.000Z',
          by: 'ada',
          type: 'changed',
          undone: false,
          papers: [{ id: 'doi:10.1000/182' }],
          changes: { state: 'reading' },
        },
      ],
    },
  ],
});

export const Share = z
  .object({
    id: z.string().describe('To revoke the link.'),
    path: z.string().describe('The path of the link on this server. Whoever has it can read the collection.'),
    label: z.string().optional(),
    withNotes: z.boolean(),
    createdAt: z.string(),
    createdBy: z.string().optional(),
  })
  .meta({ id: 'CollectionShare' });

export const ShareList = z.object({ shares: z.array(Share) }).meta({
  id: 'CollectionShares',
  examples: [
    {
      shares: [
        {
          id: '8f3a01c2',
          path: '/v1/shared/uV3nqkPHw2m4cR8yT0aLxZ5eJ7sBdG1f',
          label: 'For the reviewers',
          withNotes: true,
          createdAt: '2026-11-30T09:06:00.000Z',
        },
      ],
    },
  ],
});

export const SharedAnswer = z
  .object({
    name: z.string(),
    description: z.string(),
    changedAt: z.string(),
    papers: count,
    withNotes: z.boolean(),
    ...page,
    entries: z.array(
      z
        .object({ paper: Paper, inIndex, ...z.object(annotations).partial().shape })
        .meta({ id: 'SharedEntry' }),
    ),
  })
  .meta({
    id: 'SharedCollection',
    examples: [
      {
        name: 'Self-improvement',
        description: '',
        changedAt: '2026-11-30T09:05:00.000Z',
        papers: 1,
        withNotes: false,
        total: 1,
        offset: 0,
        limit: 50,
        entries: [{ paper: EXAMPLE_PAPER, inIndex: true }],
      },
    ],
  });
