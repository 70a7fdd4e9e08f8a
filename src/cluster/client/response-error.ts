import { PaperSearchError } from '../../errors.ts';

/** What a cluster said when it did not do what it was asked to. */
export interface ErrorAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Such as "index_not_found_exception". Empty if the answer has none. */
  readonly type: string;
  readonly reason: string;
  /** The types of its causes, e.g. on the shards of a search. Default: none. */
  readonly causes?: readonly string[] | undefined;
}

/** An answer of the cluster that a caller may expect: 400, 404, 409. Unhandled, it is the error CLUSTER_FAILED. */
export class ClusterResponseError extends PaperSearchError implements ErrorAnswer {
  readonly status: number;
  readonly type: string;
  readonly reason: string;

  constructor({ status, type, reason }: ErrorAnswer, request: string) {
    super(
      'CLUSTER_FAILED',
      `The cluster answered ${request} with ${status}${type && ` ${type}`}: ${reason}`,
      { details: { request, status, type } },
    );
    this.status = status;
    this.type = type;
    this.reason = reason;
  }
}

/** Whether an error is an answer of the cluster with one of these statuses. */
export function isAnswer(error: unknown, ...statuses: readonly number[]): error is ClusterResponseError {
  return error instanceof ClusterResponseError && statuses.includes(error.status);
}
