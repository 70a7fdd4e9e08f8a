import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../errors.ts';
import { replaceFile } from '../indexes/store/durable.ts';
import type { Clock } from '../ingest/fetch/clock.ts';
import { makeFolder } from '../util/make-folder.ts';
import type { WatchDelivery } from './definition.ts';
import type { Target } from './events.ts';
import { EXTENSIONS, formatReport } from './formats/formats.ts';
import { toJson } from './formats/json.ts';
import type { WatchReport } from './report.ts';
import { postReport } from './webhook/post.ts';

/** The targets of a watch, in the order in which reports are delivered to them. */
export function targetsOf({ folder, post }: WatchDelivery): readonly Target[] {
  const targets: Target[] = [
    ...(folder === undefined ? [] : ['file' as const]),
    ...(post ? ['post' as const] : []),
  ];
  return targets.length > 0 ? targets : ['answer'];
}

/**
 * Writes a report to a file of its own in the folder of a watch. Written again, it has the same name.
 * @returns the file. @throws PaperSearchError INDEX_UNWRITABLE.
 */
export async function writeReport(
  report: WatchReport,
  number: number,
  delivery: WatchDelivery & { readonly folder: string },
): Promise<string> {
  const time = report.at.replace(/[-:]|\.\d+/g, '');
  const file = join(delivery.folder, `${report.watch}-${time}-${number}.${EXTENSIONS[delivery.format]}`);
  try {
    await makeFolder(delivery.folder);
    await replaceFile(file, await formatReport(report, delivery));
  } catch (cause) {
    const message = `Cannot write "${file}": ${messageOf(cause)}. The next run writes it again.`;
    throw new PaperSearchError('INDEX_UNWRITABLE', message, { details: { file }, cause });
  }
  return file;
}

/** Sends a report to the webhook of a watch. @returns its host. @throws PaperSearchError as `postReport` does. */
export async function sendReport(
  report: WatchReport,
  { url, publicOnly = false }: NonNullable<WatchDelivery['post']>,
  secret: string,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  const body = toJson(report);
  await postReport({ url, secret, delivery: report.delivery, body, publicOnly, clock, signal });
  return new URL(url).host;
}
