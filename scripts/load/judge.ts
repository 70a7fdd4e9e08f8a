import { isDeepStrictEqual } from 'node:util';
import { type ErrorCode, errorBody, type PaperSearchError } from '../../src/errors.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { LoadRequest } from './requests.ts';
import type { Span, Timeline } from './timeline.ts';

/** What is known about the server from outside. */
export interface Known {
  readonly timeline: Timeline;
  /** From each kill of the encoder until the next one was there. */
  readonly kills: readonly Span[];
  /** The expected answer to a request from a snapshot: a body, or an error. */
  expected(snapshot: string, request: LoadRequest): Promise<unknown>;
}

/** Whether an answer is right, excused (its encoder was killed), refused (the server is overloaded), or wrong and why. */
export type Outcome = 'right' | 'excused' | 'refused' | { readonly wrong: string };

/** Failures that a killed encoder excuses. */
const EXCUSED: readonly ErrorCode[] = ['ENCODER_FAILED', 'MODEL_UNAVAILABLE'];

/** Compares an answer with the snapshot that it names. */
export async function judge(exchange: Exchange, known: Known): Promise<Outcome> {
  const { request, answer, sentAt, answeredAt } = exchange;
  const span = { from: sentAt, to: answeredAt };
  if ('broken' in answer) return { wrong: `no answer: ${answer.broken}` };
  const { snapshot, status } = answer;
  const code = codeOf(answer);
  if (status === 503 && code === 'OVERLOADED') return 'refused';
  if (status === 503 && request.needsModel) return judgeFailure(code, span, known.kills);
  if (snapshot === undefined) return { wrong: `status ${status}, without a snapshot` };
  if (!known.timeline.mayAnswer(snapshot, span)) return { wrong: `names ${snapshot}, which was not current` };
  const expected = await outcome(known.expected(snapshot, request));
  if (status !== expected.status) return { wrong: `status ${status} instead of ${expected.status}` };
  return isDeepStrictEqual(plain(answer.body), plain(expected.body))
    ? 'right'
    : { wrong: `differs from the answer of ${snapshot}: ${difference(answer.body, expected.body)}` };
}

/** The code of a well-formed failure; undefined for any other answer. */
function codeOf({ body }: Answer): ErrorCode | undefined {
  const { code, message } = (body as { error?: { code?: ErrorCode; message?: string } }).error ?? {};
  return message ? code : undefined;
}

function judgeFailure(code: ErrorCode | undefined, { from, to }: Span, kills: readonly Span[]): Outcome {
  if (code === undefined) return { wrong: '503 without a reason' };
  if (!EXCUSED.includes(code)) return { wrong: `503 ${code}` };
  const killed = kills.some((kill) => kill.from <= to && from <= kill.to);
  return killed ? 'excused' : { wrong: `503 ${code}, and the encoder was not killed` };
}

async function outcome(expected: Promise<unknown>): Promise<{ status: number; body: unknown }> {
  try {
    return { status: 200, body: await expected };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'NOT_FOUND') throw error;
    return { status: 404, body: errorBody(error as PaperSearchError) };
  }
}

/** As parsed from JSON, without the time that it took. */
function plain(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body, (key, value) => (key === 'tookMs' ? undefined : value)));
}

/** The first field that differs, for the report. */
function difference(answer: unknown, expected: unknown): string {
  const [got, wanted] = [plain(answer), plain(expected)] as Record<string, unknown>[];
  const field = Object.keys({ ...got, ...wanted }).find(
    (key) => !isDeepStrictEqual(got?.[key], wanted?.[key]),
  );
  const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 200);
  return `${field} is ${shown(got?.[field!])} instead of ${shown(wanted?.[field!])}`;
}
