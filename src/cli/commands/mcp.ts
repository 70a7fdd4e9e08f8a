import { Command } from 'commander';
import { messageOf } from '../../errors.ts';
import type { Engine } from '../../search/engine.ts';
import { openEngine } from '../open-engine.ts';
import { indexOption } from '../options.ts';
import { type Place, type PlaceOptions, placeOf } from '../place.ts';
import { onFirstSignal } from '../stop-on-signals.ts';
import { writeError } from '../write-error.ts';

/** `paper-search mcp`: offers the index to agents as tools. */
export function mcpCommand(): Command {
  return new Command('mcp')
    .description('offer search to agents: the Model Context Protocol on standard input and output')
    .addOption(indexOption())
    .addHelpText(
      'after',
      `
The agent's program starts this command. Tools: search, related, citations, get_paper, export, describe_corpus,
list_collections, get_collection, add_to_collection, list_watches, add_watch, run_watch, list_reviews, review_next, review_label,
review_undo, review_progress, review_paper; papers are resources, paper://<id>.
"paper-search serve" offers the same over HTTP at /mcp. Newly ingested papers are found without a restart.

Examples:
  $ paper-search mcp --index my-index
  $ claude mcp add papers -- paper-search mcp --index /home/me/my-index`,
    )
    .action(async (options: PlaceOptions) => {
      const place = placeOf(options);
      const { index } = place;
      const [{ serveMcpOverStdio }, { Collections }, { CollectionStore }, { Reviews }] = await Promise.all([
        import('../../serve/mcp/stdio.ts'),
        import('../../collections/collections.ts'),
        import('../../collections/store.ts'),
        import('../../review/reviews.ts'),
      ]);
      const say = (error: unknown) => writeError(messageOf(error));
      const collections = new Collections(new CollectionStore(index, { onNotice: say }));
      const { watchesOf } = await import('../run-watches.ts');
      const stop = new AbortController();
      onFirstSignal(['SIGINT', 'SIGTERM'], () => stop.abort());
      const engine = await followingEngine(place, say);
      // The agent should not wait for the model: keyword search answers without it.
      let ended = false;
      engine.warmUp().catch((error) => ended || say(error));
      await serveMcpOverStdio(engine, {
        log: say,
        signal: stop.signal,
        kept: {
          collections,
          watches: watchesOf(index),
          reviews: new Reviews(index, engine, { onNotice: say }),
        },
      }).finally(() => {
        ended = true;
        return engine.close();
      });
    });
}

/** An engine that finds newly ingested papers: that of a cluster does by itself. */
async function followingEngine(place: Place, onError: (error: unknown) => void): Promise<Engine> {
  if (place.cluster) return openEngine(place);
  const { LiveEngine } = await import('../../serve/live/live-engine.ts');
  return LiveEngine.open(place.index, { onError });
}
