import { messageOf } from '../../errors.ts';
import { isBeingWritten } from '../../indexes/store/ingest-lock.ts';
import { holderText, readHolder } from '../../indexes/store/lock-holder.ts';
import { currentSnapshot } from '../../indexes/store/snapshot-reader.ts';
import { verifySizes } from '../../indexes/store/verify-sizes.ts';
import { type Encoded, encodedText } from '../../search/encoded.ts';
import { withSnapshot } from '../open-engine.ts';
import { type Check, ok, problem, warning } from './check.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The state of an index: its content, whether its files are intact, and who is writing to it. */
export async function indexChecks(index: string): Promise<Check[]> {
  return [...(await contentChecks(index)), await lockCheck(index)];
}

async function contentChecks(index: string): Promise<Check[]> {
  try {
    const snapshot = await currentSnapshot(index);
    if (snapshot === undefined) {
      const advice = `Run "paper-search ingest <path to the papers> --index ${index}", or name another folder with --index or PAPER_SEARCH_INDEX.`;
      return [problem('index', `There is no index in "${index}".`, advice)];
    }
    const damages = await verifySizes(index, snapshot);
    if (damages.length > 0) {
      const list = damages.map(({ file, reason }) => `${file}: ${reason}`).join('; ');
      return [
        problem('index', `Damaged: ${list}.`, 'Run "paper-search ingest --rebuild <path to the papers>".'),
      ];
    }
    return [
      ...(await openedChecks(index)),
      ok('files', 'all file sizes are correct ("paper-search verify" reads every byte)'),
    ];
  } catch (error) {
    return [problem('index', messageOf(error))];
  }
}

/** Opens the index, which checks the checksums of what is loaded. */
async function openedChecks(index: string): Promise<Check[]> {
  const { papers, withoutAbstract, encoded, snapshot, createdAt, bytes, formatVersion } = await withSnapshot(
    { index },
    (opened) => opened.stats(),
  );
  const days = Math.floor((Date.now() - Date.parse(createdAt)) / DAY_MS);
  const age = days < 1 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
  const found = `"${index}": ${papers} papers (${withoutAbstract} without abstract), snapshot ${snapshot} of ${createdAt} (${age}), ${(bytes / 1e6).toFixed(1)} MB, format ${formatVersion}`;
  if (papers === 0)
    return [warning('index', found, `Run "paper-search ingest <path to the papers> --index ${index}".`)];
  return [ok('index', found), ...(encoded ? [vectorsCheck(encoded)] : [])];
}

function vectorsCheck(encoded: Encoded): Check {
  return warning(
    'vectors',
    encodedText(encoded),
    'An ingest encodes the others. If none is running, run it again: it continues where it stopped.',
  );
}

async function lockCheck(index: string): Promise<Check> {
  if (!(await isBeingWritten(index))) return ok('lock', 'no process is writing to the index');
  return warning(
    'lock',
    `${holderText(await readHolder(index))} is writing to the index`,
    'Another ingest waits for it. The lock of a killed process expires after 10 seconds.',
  );
}
