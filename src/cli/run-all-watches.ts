import type { Place } from './place.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/**
 * Runs every watch of papers that have just changed, and prints what is new for them. With `json`, reports are printed as
 * JSON Lines after the JSON of the command.
 * @throws PaperSearchError as `runWatches` does.
 */
export async function runAllWatches(
  place: Place,
  { json }: { readonly json?: boolean | undefined },
): Promise<void> {
  const { runWatches, watchesOf, withWatches } = await import('./run-watches.ts');
  if ((await watchesOf(place.index).list()).length === 0) return;
  const signal = stopOnSignals('Stopped. What was not delivered is delivered by the next run.');
  const delivery = json ? { format: 'json' as const } : {};
  await withWatches(place, (context) => runWatches(context, [], { delivery, signal }));
}
