import { stopOnSignals } from './stop-on-signals.ts';

/**
 * Runs every watch of an index that has just changed, and prints what is new for them. With `json`, reports are printed as
 * JSON Lines after the JSON of the command.
 * @throws PaperSearchError as `runWatches` does.
 */
export async function runAllWatches(
  index: string,
  { json }: { readonly json?: boolean | undefined },
): Promise<void> {
  const { runWatches, watchesOf, withWatches } = await import('./run-watches.ts');
  if ((await watchesOf(index).list()).length === 0) return;
  const signal = stopOnSignals('Stopped. What was not delivered is delivered by the next run.');
  const delivery = json ? { format: 'json' as const } : {};
  await withWatches(index, (context) => runWatches(context, [], { delivery, signal }));
}
