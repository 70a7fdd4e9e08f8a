import { PaperSearchError } from '../../../errors.ts';
import type { Engine } from '../../../search/engine.ts';
import { VERSION } from '../../../version.ts';
import { type Libraries, promptState, statesOf } from '../libraries.ts';
import type { Metrics } from '../metrics.ts';
import { json, type Operation, operation } from '../operation.ts';
import { Health, IndexStats, Ready } from '../schemas/status.ts';

export interface Status {
  readonly engine: Engine;
  /** All libraries of the server. */
  readonly libraries: Libraries;
  readonly metrics: Metrics;
  /** Why the server is not ready now; undefined when it is. */
  readonly notReadyReason: () => PaperSearchError | undefined;
}

/** Health, readiness, metrics and statistics of the index. */
export function statusOperations({ engine, libraries, metrics, notReadyReason }: Status): Operation[] {
  const states = async () => (libraries.length > 1 ? { libraries: await statesOf(libraries) } : {});
  return [
    operation({
      id: 'getHealth',
      method: 'get',
      path: '/health',
      mount: 'both',
      tag: 'Server',
      summary: 'Reports whether the server is running',
      description:
        'Uses neither the model nor the disk, so it answers soon. Restart a server that does not answer; a restart does not help against an `error`.',
      validFor: 'never',
      isMonitoring: true,
      needs: 'nothing',
      responses: { 200: json(Health, 'The server is running.') },
      handle: async (_request, response) => {
        response.json({ status: 'ok', version: VERSION, ...(await papersOf(engine)), ...(await states()) });
      },
    }),
    operation({
      id: 'getReadiness',
      method: 'get',
      path: '/ready',
      mount: 'both',
      tag: 'Server',
      summary: 'Reports whether the server can answer every query',
      description:
        'Do not route requests to a server that is not ready: its model is not loaded or has failed, or the server is stopping. A library that cannot be used is listed with the reason and does not keep the server from being ready.',
      validFor: 'never',
      isMonitoring: true,
      needs: 'nothing',
      responses: { 200: json(Ready, 'The papers can be read and the model runs.') },
      errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED', 'STOPPED', 'CLUSTER_UNAVAILABLE'],
      handle: async (_request, response) => {
        const reason = notReadyReason();
        if (reason) throw reason;
        response.json({ status: 'ready', ...(await promptState(engine)), ...(await states()) });
      },
    }),
    operation({
      id: 'getMetrics',
      method: 'get',
      path: '/metrics',
      mount: 'as-is',
      tag: 'Server',
      summary: 'Returns metrics for Prometheus',
      validFor: 'never',
      isMonitoring: true,
      needs: 'nothing',
      responses: {
        200: { description: "Metrics in Prometheus' text format.", content: { 'text/plain': undefined } },
      },
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
      summary: 'Returns statistics of the index',
      responses: { 200: json(IndexStats, 'Statistics of the current snapshot.') },
      handle: async (_request, response, { snapshot }) => {
        response.json(await snapshot.stats());
      },
    }),
  ];
}

/** The current snapshot, or why the cluster cannot be read; the server itself runs. */
async function papersOf(engine: Engine): Promise<object> {
  try {
    return await promptState(engine);
  } catch (error) {
    if (!(error instanceof PaperSearchError && error.code.startsWith('CLUSTER_'))) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}
