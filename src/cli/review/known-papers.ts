import { withInputIds } from '../standard-input.ts';
import { isFile, readInput } from './files.ts';

/**
 * Ids of papers: with commas between them, or `-` or the name of a file for one id, or one JSON object with an `id`, per
 * line.
 * @throws PaperSearchError as `withInputIds` does.
 */
export async function knownPapers(given: string): Promise<string[]> {
  if (given === '-') return withInputIds(['-']);
  if (await isFile(given)) return withInputIds(['-'], chunks(await readInput(given)));
  return given
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

async function* chunks(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
