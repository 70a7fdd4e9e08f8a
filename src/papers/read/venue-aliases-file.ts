import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { type VenueNames, venueNames } from '../venues.ts';

const Aliases = z.record(z.string().min(1), z.array(z.string().min(1)));

/**
 * The user's own names of venues, beside those that are known: JSON such as `{ "ICLR": ["Learning Representations"] }`.
 * @throws PaperSearchError BAD_INPUT when the file cannot be read or is of another shape.
 */
export async function readVenueAliases(file: string): Promise<VenueNames> {
  try {
    return venueNames(Aliases.parse(JSON.parse(await readFile(file, 'utf8'))));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    const message = `--venue-aliases: ${file} cannot be used: ${reason}. Expected JSON such as {"ICLR": ["Learning Representations"]}.`;
    throw new PaperSearchError('BAD_INPUT', message, { details: { file }, cause });
  }
}
