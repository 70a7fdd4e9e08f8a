/** Every error that this project throws on purpose, by stable code, with its HTTP status and exit code. */
export const ERRORS = {
  BAD_REQUEST: { status: 400, exitCode: 2 },
  UNAUTHORIZED: { status: 401, exitCode: 2 },
  FORBIDDEN: { status: 403, exitCode: 2 },
  NOT_FOUND: { status: 404, exitCode: 1 },
  METHOD_NOT_ALLOWED: { status: 405, exitCode: 2 },
  NOT_ACCEPTABLE: { status: 406, exitCode: 2 },
  REQUEST_TIMEOUT: { status: 408, exitCode: 2 },
  CONFLICT: { status: 409, exitCode: 1 },
  PAYLOAD_TOO_LARGE: { status: 413, exitCode: 2 },
  URI_TOO_LONG: { status: 414, exitCode: 2 },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, exitCode: 2 },
  RATE_LIMITED: { status: 429, exitCode: 5 },
  NO_INPUT: { status: 400, exitCode: 2 },
  BAD_INPUT: { status: 422, exitCode: 1 },
  INDEX_MISSING: { status: 503, exitCode: 3 },
  INDEX_INCOMPATIBLE: { status: 503, exitCode: 3 },
  INDEX_CORRUPT: { status: 503, exitCode: 3 },
  INDEX_UNREADABLE: { status: 503, exitCode: 3 },
  INDEX_LOCKED: { status: 503, exitCode: 3 },
  INDEX_UNWRITABLE: { status: 503, exitCode: 3 },
  CLUSTER_UNAVAILABLE: { status: 503, exitCode: 5 },
  CLUSTER_REFUSED: { status: 502, exitCode: 5 },
  CLUSTER_FAILED: { status: 502, exitCode: 5 },
  OVERLOADED: { status: 503, exitCode: 4 },
  STOPPED: { status: 503, exitCode: 130 },
  MODEL_UNAVAILABLE: { status: 503, exitCode: 4 },
  ENCODER_FAILED: { status: 503, exitCode: 4 },
  FETCH_FAILED: { status: 502, exitCode: 5 },
  FETCH_REFUSED: { status: 502, exitCode: 5 },
  INTERNAL: { status: 500, exitCode: 70 },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/**
 * The one error class. `code` is stable and meant for machines; `message` says what was expected, what was
 * found and what to do; `details` holds the place (file, line, field, parameter) as plain JSON.
 */
export class PaperSearchError extends Error {
  override readonly name = 'PaperSearchError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** An error as JSON: the body of every HTTP answer that is not a success, and what `--json` prints for one. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly details?: Readonly<Record<string, unknown>>;
  };
}

/** An error as JSON. The cause is left out: it may contain private details. */
export function errorBody({ code, message, details }: PaperSearchError): ErrorBody {
  return { error: details ? { code, message, details } : { code, message } };
}
