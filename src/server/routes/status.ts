import type { Searcher } from '../../search/searcher.ts';
import { VERSION } from '../../version.ts';
import { json, type Operation, operation } from '../operation.ts';
import { Health, IndexStats } from '../schemas/status.ts';

/** Whether the server answers, and what its index holds. */
export function statusOperations(searcher: Searcher): Operation[] {
  return [
    operation({
      id: 'getHealth',
      method: 'get',
      path: '/health',
      mount: 'both',
      tag: 'Server',
      summary: 'Whether the server answers',
      responses: { 200: json(Health, 'It does.') },
      handle: async (_request, response) => {
        const { snapshot, papers } = await searcher.stats();
        response.json({ status: 'ok', version: VERSION, snapshot, papers });
      },
    }),
    operation({
      id: 'getStats',
      method: 'get',
      path: '/stats',
      mount: 'both',
      tag: 'Server',
      summary: 'What the index holds',
      responses: { 200: json(IndexStats, 'Figures of the snapshot in use.') },
      handle: async (_request, response) => {
        response.json(await searcher.stats());
      },
    }),
  ];
}
