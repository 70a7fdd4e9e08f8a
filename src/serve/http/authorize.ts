import type { Request, RequestHandler, Response } from 'express';
import { PaperSearchError } from '../../errors.ts';
import { type Access, allows, type Caller, type Grant, type Scope } from '../access/access.ts';
import { CLIENT_CLOSED_REQUEST, notesOf } from './exchange.ts';
import { limitRateOfTokens } from './rate-limit.ts';

/** Makes the handler that accepts only requests whose token has a scope: `authorize('review')`. */
export interface Authorize {
  (scope: Scope): RequestHandler;
  /** For requests that need a token only for some of what they do: checks the token if there is one. */
  readonly identify: RequestHandler;
  /** The sender of an identified request. */
  callerOf(response: Response): Caller;
}

/**
 * Who may do what: requests need a bearer token (RFC 6750). To read, the token may also be the password of HTTP's
 * Basic scheme with any user name, as feed readers and calendars send it. Changes never accept that: browsers
 * remember such passwords and send them with requests that other web pages start.
 * @param access undefined refuses every request that needs a token.
 * @returns makes handlers that throw PaperSearchError FORBIDDEN when there are no tokens or the token has not the scope,
 *   UNAUTHORIZED for a request without a valid token, PAYLOAD_TOO_LARGE and RATE_LIMITED above the limits of the token.
 *   They note the grant for `grantOf`.
 */
export function authorization(access: Access | undefined): Authorize {
  const limit = limitRateOfTokens((response) => grantOf(response)!);
  const authorize = (scope: Scope): RequestHandler => {
    return async (request, response, next) => {
      const grant = await expectGrant(access, scope, request, response);
      const isReading = scope === 'read' || request.method === 'GET' || request.method === 'HEAD';
      if (!isReading) recordWhenAnswered(access, grant, response);
      if (!allows(grant, scope)) throw missingScope(grant, scope, response);
      expectSize(grant, request);
      limit(request, response, next);
    };
  };
  const identify: RequestHandler = async (request, response, next) => {
    // A private server has identified the sender already.
    if (grantOf(response) || tokenOf(request, 'add') === undefined) return next();
    expectSize(await expectGrant(access, 'add', request, response), request);
    limit(request, response, next);
  };
  const callerOf = (response: Response): Caller => {
    const { grant, requestId: request } = notesOf(response);
    return { grant, record: (entry) => grant && access?.record?.({ ...entry, by: grant.name, request }) };
  };
  return Object.assign(authorize, { identify, callerOf });
}

/** The grant of an authorized request; `name` says who sent it. Undefined for a request that needed no token. */
export function grantOf(response: Response): Grant | undefined {
  return notesOf(response).grant;
}

/** Whether a request may read what access is to: everyone may, unless it is private. */
export async function mayRead(access: Access | undefined, request: Request): Promise<boolean> {
  if (!access?.isPrivate) return true;
  const token = tokenOf(request, 'read');
  const grant = token === undefined ? undefined : await access.find(token);
  return grant !== undefined && allows(grant, 'read');
}

/** The error for a request that may not read anything; its answer asks for a token. */
export function unauthorizedToRead(request: Request, response: Response): PaperSearchError {
  return unauthorized(request, 'read', response);
}

async function expectGrant(
  access: Access | undefined,
  scope: Scope,
  request: Request,
  response: Response,
): Promise<Grant> {
  if (!access || !(await access.hasTokens())) throw disabled(scope);
  const given = tokenOf(request, scope);
  const grant = given === undefined ? undefined : await access.find(given);
  if (!grant) throw unauthorized(request, scope, response);
  notesOf(response).grant = grant;
  return grant;
}

function unauthorized(request: Request, scope: Scope, response: Response): PaperSearchError {
  const wasGiven = tokenOf(request, scope) !== undefined;
  response.set('WWW-Authenticate', challengesOf(request, scope, wasGiven));
  return new PaperSearchError(
    'UNAUTHORIZED',
    wasGiven
      ? 'The token in the header Authorization is unknown, revoked or expired.'
      : `Send the header "Authorization: Bearer TOKEN" with a token that has the scope "${scope}".`,
  );
}

function missingScope({ name, scopes }: Grant, scope: Scope, response: Response): PaperSearchError {
  response.set(
    'WWW-Authenticate',
    `Bearer realm="paper-search", error="insufficient_scope", scope="${scope}"`,
  );
  return new PaperSearchError(
    'FORBIDDEN',
    `The token "${name}" does not have the scope "${scope}", only: ${scopes.join(', ')}.`,
    { details: { scope } },
  );
}

/** Records a change, or that a token was refused for one. Reading is not recorded. */
function recordWhenAnswered(access: Access | undefined, { name }: Grant, response: Response): void {
  const notes = notesOf(response);
  response.once('close', () => {
    access?.record?.({
      by: name,
      operation: notes.operation ?? notes.route,
      status: response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST,
      ...(notes.papers !== undefined && { papers: notes.papers }),
      request: notes.requestId,
    });
  });
}

function disabled(scope: Scope): PaperSearchError {
  return new PaperSearchError(
    'FORBIDDEN',
    `${scope === 'read' ? 'This server needs a token, and there is none' : 'Changes are disabled on this server'}. Create a token: paper-search token create NAME --scope ${scope}`,
  );
}

function tokenOf(request: Request, scope: Scope): string | undefined {
  const header = request.get('Authorization') ?? '';
  const [, bearer] = /^Bearer +(\S+)$/i.exec(header) ?? [];
  if (bearer !== undefined || scope !== 'read') return bearer;
  const [, basic] = /^Basic +([\w+/=-]+)$/i.exec(header) ?? [];
  return basic && /^[^:]*:(\S+)$/.exec(Buffer.from(basic, 'base64').toString())?.[1];
}

/** A browser asks for a password only when a reader follows a link: requests of the page are answered by the page. */
function challengesOf(request: Request, scope: Scope, wasGiven: boolean): string[] {
  const bearer = `Bearer realm="paper-search"${wasGiven ? ', error="invalid_token"' : ''}`;
  const isFollowed = (request.get('Sec-Fetch-Mode') ?? 'navigate') === 'navigate';
  return scope === 'read' && isFollowed ? [bearer, 'Basic realm="paper-search", charset="UTF-8"'] : [bearer];
}

/** Bodies without a length are counted where they are read. */
function expectSize({ name, maxBytes = Infinity }: Grant, request: Request): void {
  if (Number(request.get('Content-Length') ?? 0) > maxBytes) throw tooLargeFor(name, maxBytes);
}

/** The error for a body that is larger than a token allows. */
export function tooLargeFor(name: string, maxBytes: number): PaperSearchError {
  return new PaperSearchError(
    'PAYLOAD_TOO_LARGE',
    `The token "${name}" allows bodies of at most ${maxBytes} bytes. Send the papers in parts.`,
  );
}
