import type { Searcher } from '../search/searcher.ts';
import type { Operation } from './operation.ts';

/** The header of an answer that names the snapshot that it was made from. */
export const SNAPSHOT_HEADER = 'X-Paper-Search-Snapshot';

/**
 * Has each request answered from one snapshot, whatever comes into use meanwhile, and the answer name it; failures too.
 * Changes are left alone: what they answer with is the snapshot that they made.
 */
export function fromOneSnapshot(operations: readonly Operation[], searcher: Searcher): Operation[] {
  return operations.map((operation) => {
    if (operation.authorize) return operation;
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
