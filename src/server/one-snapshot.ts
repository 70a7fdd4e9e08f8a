import type { Searcher } from '../search/searcher.ts';
import type { Operation } from './operation.ts';

/** The header of an answer that names the snapshot that it was made from. */
export const SNAPSHOT_HEADER = 'X-Paper-Search-Snapshot';

/**
 * Has each request answered from one snapshot, whatever comes into use meanwhile, and the answer name it; failures too.
 * Changes and streams are left alone: changes answer with the snapshot that they made, and messages of agents at their own pace.
 */
export function fromOneSnapshot(operations: readonly Operation[], searcher: Searcher): Operation[] {
  return operations.map((operation) => {
    if (operation.authorize || operation.body?.kind === 'stream') return operation;
    return {
      ...operation,
      handle: (request, response, input) =>
        searcher.withinSnapshot(async (snapshot) => {
          response.set(SNAPSHOT_HEADER, snapshot);
          await operation.handle(request, response, input);
        }),
    };
  });
}
