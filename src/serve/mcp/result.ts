import type { CallToolResult, ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import type { Collections } from '../../collections/collections.ts';
import { ERRORS, type ErrorCode, messageOf, PaperSearchError } from '../../errors.ts';
import type { ReviewService } from '../../review/service.ts';
import { type Engine, type Snapshot, withSnapshot } from '../../search/engine.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { Watches } from '../../watch/watches.ts';
import { allows, type Caller, type Scope } from '../access/access.ts';
import type { PaperView } from './paper-view.ts';

/** Every tool only reads, returns the same for the same input, and uses one closed collection. */
export const READS_ONLY: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** What a model can do about errors whose message does not say it. */
const ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  NOT_FOUND: 'For a DOI or an arXiv id, use search with a query such as id:10.1000/182.',
  MODEL_UNAVAILABLE: 'Search with mode "keyword", which does not use the model.',
  ENCODER_FAILED: 'Try again, or search with mode "keyword", which does not use the model.',
};

/** Logs unexpected errors. */
export type Log = (error: unknown) => void;

/** What is kept beside the papers. There are no tools for what is absent. */
export interface Kept {
  readonly collections?: Collections | undefined;
  /** Standing questions. */
  readonly watches?: Watches | undefined;
  readonly reviews?: ReviewService | undefined;
}

/** What tools need to answer. */
export interface Service extends Kept {
  readonly engine: Engine;
  readonly log: Log;
  readonly caller: Caller;
}

/**
 * An answer as structured content, and the same as JSON text for clients that do not read structured content.
 * @param papers to link to.
 */
export function answerOf(
  structured: Record<string, unknown>,
  papers: readonly PaperView[] = [],
): CallToolResult {
  const links = papers.map(({ uri, title, id }) => ({
    type: 'resource_link' as const,
    uri,
    name: title || id,
    mimeType: 'application/json',
  }));
  return {
    structuredContent: structured,
    content: [{ type: 'text', text: JSON.stringify(structured) }, ...links],
  };
}

/**
 * Runs a tool on one snapshot. An error becomes an answer that says what to do; the details of an unexpected one are
 * only logged.
 */
export async function runTool(
  { engine, log }: Service,
  run: (snapshot: Snapshot) => Promise<CallToolResult>,
): Promise<CallToolResult> {
  try {
    return await withSnapshot(engine, run);
  } catch (error) {
    return failureOf(error, log);
  }
}

/** A change by a tool. */
export interface ToolChange {
  /** The name of the caller's token. */
  readonly by: string;
  /** Papers that were added, changed or removed, to be recorded. */
  papers?: number;
}

/**
 * Runs a tool that changes something: only for callers whose token has the scope, and recorded.
 * @param tool its name; `isReading`: it changes nothing, and is not recorded. @param run is not called for other callers.
 */
export async function runChange(
  { log, caller }: Service,
  {
    scope,
    tool,
    isReading = false,
  }: { readonly scope: Scope; readonly tool: string; readonly isReading?: boolean },
  run: (change: ToolChange) => Promise<CallToolResult>,
): Promise<CallToolResult> {
  const { grant } = caller;
  const change: ToolChange = { by: grant?.name ?? '' };
  const record = (status: number) => {
    if (!isReading) caller.record({ operation: tool, status, papers: change.papers });
  };
  try {
    if (!grant) {
      const message = `The tool ${tool} needs a token with the scope "${scope}": send the header "Authorization: Bearer TOKEN".`;
      throw new PaperSearchError('UNAUTHORIZED', message);
    }
    if (!allows(grant, scope)) {
      throw new PaperSearchError(
        'FORBIDDEN',
        `The token "${grant.name}" does not have the scope "${scope}".`,
      );
    }
    const answer = await run(change);
    record(200);
    return answer;
  } catch (error) {
    record(ERRORS[error instanceof PaperSearchError ? error.code : 'INTERNAL'].status);
    return failureOf(error, log);
  }
}

function failureOf(error: unknown, log: Log): CallToolResult {
  if (!(error instanceof PaperSearchError)) {
    log(error);
    return failure('INTERNAL: An unexpected error occurred in paper-search. Its log has the details.');
  }
  const advice = ADVICE[error.code];
  return failure(`${error.code}: ${visibleText(messageOf(error))}${advice ? ` ${advice}` : ''}`);
}

function failure(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}
