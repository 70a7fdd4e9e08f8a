import { PaperSearchError } from '../../errors.ts';
import { ClusterResponseError, type ErrorAnswer } from './response-error.ts';

/** Errors that pass while nodes leave, join, or elect a manager, whatever their status is. */
const PASSING_TYPES: ReadonlySet<string> = new Set([
  'node_closed_exception',
  'node_disconnected_exception',
  'node_not_connected_exception',
  'connect_transport_exception',
  'receive_timeout_transport_exception',
  'send_request_transport_exception',
  'no_node_available_exception',
  'index_shard_closed_exception',
  'index_shard_not_started_exception',
  'index_shard_not_recovering_exception',
  'shard_not_found_exception',
  'search_context_missing_exception',
  'shard_not_in_primary_mode_exception',
  'alias_already_closed_exception',
  'already_closed_exception',
  'primary_missing_action_exception',
  'no_shard_available_action_exception',
  'unavailable_shards_exception',
  'process_cluster_event_timeout_exception',
  'failed_to_commit_cluster_state_exception',
  'cluster_manager_not_discovered_exception',
  'master_not_discovered_exception',
  'not_cluster_manager_exception',
  'not_master_exception',
]);

/** Reads the body of an answer that is an error. Bodies of proxies are any text. */
export function readErrorAnswer(status: number, body: unknown): ErrorAnswer {
  const error = fieldOf(body, 'error');
  if (error === undefined) {
    const text = typeof body === 'string' ? body.trim() : '';
    return { status, type: '', reason: text.slice(0, 300) || 'without a reason' };
  }
  if (typeof error === 'string') return { status, type: '', reason: error };
  const roots = [fieldOf(error, 'root_cause')].flat();
  const shards = [fieldOf(error, 'failed_shards')].flat().map((shard) => fieldOf(shard, 'reason'));
  const cause = fieldOf(error, 'caused_by');
  const causes = [...roots, ...shards, cause, fieldOf(cause, 'caused_by')];
  // A search names each of its shards; what differs between them is in the cluster's log.
  const reasons = new Set([error, roots[0], shards[0], cause].map((part) => textOf(part, 'reason')));
  return {
    status,
    type: textOf(error, 'type'),
    reason: [...reasons].filter(Boolean).join('; ') || 'without a reason',
    causes: causes.map((part) => textOf(part, 'type')),
  };
}

/** Whether sending the same again later can succeed. */
export function isPassing(answer: ErrorAnswer): boolean {
  const { status, type, causes = [] } = answer;
  if (isBlock(answer)) return status === 503;
  if ([429, 502, 503, 504].includes(status) || PASSING_TYPES.has(type)) return true;
  // A search whose node is killed between its phases is answered with 500, or with 404 for its lost context.
  return causes.some((cause) => PASSING_TYPES.has(cause));
}

/**
 * An answer of the cluster as the error to throw.
 * @param request such as "POST /papers/_search", or an item of it.
 */
export function errorOfAnswer(answer: ErrorAnswer, request: string): PaperSearchError {
  const { status, type, reason } = answer;
  const details = { request, status, type };
  const what = `${reason} (${[status, type].filter(Boolean).join(', ')})`;
  if (isPassing(answer)) {
    const message = `The cluster cannot answer ${request} now: ${what}. ${adviceOf(answer)}`;
    return new PaperSearchError('CLUSTER_UNAVAILABLE', message, { details });
  }
  if (isBlock(answer)) {
    const message = `The cluster blocks ${request}: ${what}. ${blockAdvice(reason)}`;
    return new PaperSearchError('INDEX_UNWRITABLE', message, { details });
  }
  if (status === 401) {
    const message = `The cluster refuses the user or the API key: ${what}. Check them, and the files that contain the password or the key.`;
    return new PaperSearchError('CLUSTER_REFUSED', message, { details });
  }
  if (status === 403) {
    const message = `The user may not do ${request}: ${what}. Give the user's role this permission.`;
    return new PaperSearchError('CLUSTER_REFUSED', message, { details });
  }
  return new ClusterResponseError(answer, request);
}

/** A block of an index or of the cluster, set by the cluster itself or by an administrator. */
function isBlock({ type }: ErrorAnswer): boolean {
  return type === 'cluster_block_exception';
}

function blockAdvice(reason: string): string {
  if (/flood-stage|read-only-allow-delete|create-index blocked/.test(reason)) {
    return 'A disk of the cluster is nearly full. Free space on it or add a node; the cluster then accepts changes again.';
  }
  return 'Remove the block from the settings of the index (index.blocks.*), if it was not set on purpose.';
}

function adviceOf({ status, type, reason }: ErrorAnswer): string {
  if (
    /not_discovered|not_(?:cluster_manager|master)_/.test(type) ||
    /no (?:cluster-manager|master)/.test(reason)
  ) {
    return 'It has no cluster manager. More than half of the nodes that can become it have to run.';
  }
  if (status === 429) return 'It is overloaded. Try again later, or add nodes.';
  if (/shard/.test(`${type} ${reason}`)) {
    return 'Shards are missing while nodes are down or starting. If it lasts, the index is red: start the missing nodes again; GET /_cluster/allocation/explain says what is wrong.';
  }
  return 'Try again in a few seconds.';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function textOf(value: unknown, name: string): string {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text : '';
}
