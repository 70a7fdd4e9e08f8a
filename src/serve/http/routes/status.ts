import type { PaperSearchError } from '../../../errors.ts';
import { type Engine, withSnapshot } from '../../../search/engine.ts';
import { VERSION } from '../../../version.ts';
import type { Metrics } from '../metrics.ts';
import { json, type Operation, operation } from '../operation.ts';
import { Health, IndexStats, Ready } from '../schemas/status.ts';

export interface Status {
  readonly engine: Engine;
  readonly metrics: Metrics;
  /** What is in the way of good answers now. */
  readonly obstacle: () => PaperSearchError | undefined;
}

/** Whether the server lives, whether it is ready, how it fares, and what its index holds. */
export function statusOperations({ engine, metrics, obstacle }: Status): Operation[] {
  return [
    operation({
      id: 'getHealth',
      method: 'get',
      path: '/health',
      mount: 'both',
      tag: 'Server',
      summary: 'Whether the server lives',
      description:
        'Waits for nothing: neither for the model nor for the disk. Restart a server that does not answer.',
      goodFor: 'never',
      isMonitoring: true,
      needs: 'nothing',
      responses: { 200: json(Health, 'It does.') },
      handle: async (_request, response) => {
        const { snapshot, papers } = await withSnapshot(engine, (held) => held.stats());
        response.json({ status: 'ok', version: VERSION, snapshot, papers });
      },
    }),
    operation({
      id: 'getReadiness',
      method: 'get',
      path: '/ready',
      mount: 'both',
      tag: 'Server',
      summary: 'Whether the server can answer every question',
      description:
        'Send nobody to a server that is not ready: its model does not run (yet), or it is stopping.',
      goodFor: 'never',
      isMonitoring: true,
      needs: 'nothing',
      responses: { 200: json(Ready, 'The index is open and the model runs.') },
      errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED', 'STOPPED'],
      handle: async (_request, response) => {
        const reason = obstacle();
        if (reason) throw reason;
        const { snapshot, papers } = await withSnapshot(engine, (held) => held.stats());
        response.json({ status: 'ready', snapshot, papers });
      },
    }),
    operation({
      id: 'getMetrics',
      method: 'get',
      path: '/metrics',
      mount: 'as-is',
      tag: 'Server',
      summary: 'Figures for Prometheus',
      goodFor: 'never',
      isMonitoring: true,
      needs: 'nothing',
      responses: { 200: { description: 'Its text format.', content: { 'text/plain': undefined } } },
      handle: async (_request, response) => {
        response.set('Content-Type', metrics.contentType).send(await metrics.text());
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
      handle: async (_request, response, { snapshot }) => {
        response.json(await snapshot.stats());
      },
    }),
  ];
}
