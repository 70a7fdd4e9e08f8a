import { PaperSearchError } from '../errors.ts';
import { currentSnapshot, missingIndex } from '../indexes/store/snapshot-reader.ts';
import type { EarlierPapers } from './earlier-papers.ts';
import { updateIndex } from './update-index.ts';
import type { UpdateOptions } from './update-options.ts';

/** What to take out of an index. */
export interface Removal {
  /** Papers, by any of their ids: all their records go. */
  readonly ids?: readonly string[] | undefined;
  /** Files, or folders of files: the records that came from them go, and what other files say of the papers stays. */
  readonly sources?: readonly string[] | undefined;
}

/** What a removal did. */
export interface RemovalReport {
  /** Folder of the index, and the name of the current snapshot afterwards. */
  readonly index: string;
  readonly snapshot: string;
  /** Source records that were taken out, and papers that no record is left of. */
  readonly records: number;
  readonly removed: number;
  /** Papers in the index afterwards. */
  readonly papers: number;
}

/**
 * Takes papers, or what came from some files, out of an index. They come back when these files are ingested again.
 * @throws PaperSearchError NOT_FOUND when an id or a source is not in the index, and then nothing is taken out;
 *   INDEX_MISSING, and what `ingest` throws.
 */
export async function remove(
  { ids = [], sources = [] }: Removal,
  options: Omit<UpdateOptions, 'rebuild' | 'keepDuplicates'> = {},
): Promise<RemovalReport> {
  const index = options.index ?? 'index';
  if ((await currentSnapshot(index)) === undefined) throw missingIndex(index);
  const { snapshot, assembled, result } = await updateIndex(
    options,
    async (records, { earlier, sources: paths }) => {
      const docs = docsOf(new Set(ids), earlier);
      const unknown = ids.filter((id) => !docs.has(id));
      if (unknown.length > 0) throw notFound(index, unknown, 'no paper with the id');
      const files = records.files();
      const meant = await Promise.all(
        sources.map(async (source) => [...(await paths.namesIn(source))].filter((file) => files.has(file))),
      );
      const empty = sources.filter((_, at) => meant[at]!.length === 0);
      if (empty.length > 0) throw notFound(index, empty, 'nothing from the source');
      const unwanted = new Set(ids.map((id) => docs.get(id)!));
      const unwantedFiles = new Set(meant.flat());
      const taken = records.remove(
        ({ earlierDoc, keys }) => unwanted.has(earlierDoc) || unwantedFiles.has(keys.file),
      );
      return { taken, before: earlier.length };
    },
  );
  const papers = assembled.papers.length;
  return { index, snapshot, records: result.taken, removed: result.before - papers, papers };
}

/** The positions of the papers with these ids or aliases; an id counts more than an alias. */
function docsOf(ids: ReadonlySet<string>, earlier: EarlierPapers): Map<string, number> {
  const [byId, byAlias] = [new Map<string, number>(), new Map<string, number>()];
  for (let doc = 0; ids.size > 0 && doc < earlier.length; doc++) {
    const { id, aliases } = earlier.at(doc)!;
    if (ids.has(id)) byId.set(id, doc);
    for (const alias of aliases) if (ids.has(alias)) byAlias.set(alias, doc);
  }
  return new Map([...byAlias, ...byId]);
}

function notFound(index: string, names: readonly string[], what: string): PaperSearchError {
  const list = names.map((name) => `"${name}"`).join(', ');
  return new PaperSearchError('NOT_FOUND', `The index "${index}" has ${what} ${list}. Nothing was removed.`, {
    details: { index, names },
  });
}
