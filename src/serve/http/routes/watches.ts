import type { Request, Response } from 'express';
import { z } from 'zod';
import { type ErrorCode, PaperSearchError } from '../../../errors.ts';
import { ATOM_TYPE } from '../../../papers/write/atom.ts';
import type { Engine } from '../../../search/engine.ts';
import { DEFAULT_DEFINITION, describeWatch, type WatchDefinition } from '../../../watch/definition.ts';
import { type FeedPlace, toAtom } from '../../../watch/formats/atom.ts';
import { reportJson } from '../../../watch/formats/json.ts';
import { JSON_FEED_TYPE, toJsonFeed } from '../../../watch/formats/json-feed.ts';
import type { WatchRun as Run } from '../../../watch/run.ts';
import type { Watch as KeptWatch, Watches } from '../../../watch/watches.ts';
import { expectPublicUrl } from '../../../watch/webhook/public-address.ts';
import { feedPage } from '../../compat/feeds/feed-page.ts';
import type { Authorize } from '../authorize.ts';
import { baseUrl } from '../base-url.ts';
import { json, type Operation, operation } from '../operation.ts';
import { sendPlainPage } from '../plain-page.ts';
import {
  EXAMPLE_HISTORY,
  EXAMPLE_REPORT,
  EXAMPLE_RUN,
  EXAMPLE_WATCH,
  JsonFeed,
  NewWatch,
  Watch,
  WatchChange,
  WatchHistory,
  WatchList,
  WatchRemoved,
  WatchReport,
  WatchRun,
} from '../schemas/watches.ts';
import { FEED_RESPONSE, wantsPage } from '../send-feed.ts';

/** Papers in a feed. */
const MAX_FEED = 200;
const ERRORS = ['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND'] as const satisfies ErrorCode[];
const CHANGE_ERRORS = [...ERRORS, 'INDEX_LOCKED', 'FETCH_REFUSED'] as const satisfies ErrorCode[];
const MODEL_ERRORS = ['MODEL_UNAVAILABLE', 'ENCODER_FAILED'] as const satisfies ErrorCode[];

const OF_WATCHES = { mount: 'v1', tag: 'Watches', validFor: 'never' } as const;
const nameInPath = z.object({ name: z.string().describe('The name of the watch.') });

/**
 * Standing questions, for clients with a token that has the scope `review`; their feeds need `read`.
 * @param kept if undefined, requests are refused.
 */
export function watchOperations(
  engine: Engine,
  kept: Watches | undefined,
  authorize: Authorize,
): Operation[] {
  const watches = () => {
    if (kept) return kept;
    throw new PaperSearchError('FORBIDDEN', 'This server keeps no watches.');
  };
  const shared = { ...OF_WATCHES, authorize: authorize('review') } as const;
  return [
    ...feedOperations(watches, authorize),
    operation({
      ...shared,
      id: 'listWatches',
      method: 'get',
      path: '/watches',
      summary: 'Lists the watches',
      needs: 'nothing',
      responses: { 200: json(WatchList, 'The watches, by name.', { watches: [EXAMPLE_WATCH] }) },
      errors: ['UNAUTHORIZED', 'FORBIDDEN'],
      handle: async (_request, response) => {
        response.json({ watches: (await watches().list()).map((watch) => viewOf(watch)) });
      },
    }),
    operation({
      ...shared,
      id: 'createWatch',
      method: 'post',
      path: '/watches',
      summary: 'Creates a watch: a standing question',
      description:
        'A watch reports papers that arrive from now on, are relevant, and that it has not reported. Without a webhook, `POST /v1/watches/{name}/run` returns them; the feeds show them without a run.',
      needs: 'nothing',
      body: { kind: 'json', schema: NewWatch, example: { name: 'graph-kernels', query: 'graph kernels' } },
      responses: { 201: json(Watch, 'The watch.', EXAMPLE_WATCH) },
      errors: [...CHANGE_ERRORS, ...MODEL_ERRORS],
      handle: async (_request, response, { body }) => {
        const { name, since, ...change } = body;
        const after = since === undefined || since === 'all' ? since : justBefore(since);
        const watch = await watches().add(name, changed(DEFAULT_DEFINITION, change), { engine, after });
        response.status(201).json(await withSecret(watch, change, watches()));
      },
    }),
    operation({
      ...shared,
      id: 'getWatch',
      method: 'get',
      path: '/watches/{name}',
      summary: 'Returns a watch',
      needs: 'nothing',
      pathParameters: nameInPath,
      responses: { 200: json(Watch, 'The watch.', EXAMPLE_WATCH) },
      errors: ERRORS,
      handle: async (_request, response, { path }) => {
        response.json(viewOf(await watches().get(path.name)));
      },
    }),
    operation({
      ...shared,
      id: 'changeWatch',
      method: 'patch',
      path: '/watches/{name}',
      summary: 'Changes a watch; what it has reported is not reported again',
      needs: 'nothing',
      pathParameters: nameInPath,
      body: { kind: 'json', schema: WatchChange, example: { minConfidence: 'strong' } },
      responses: { 200: json(Watch, 'The watch.', EXAMPLE_WATCH) },
      errors: [...CHANGE_ERRORS, ...MODEL_ERRORS],
      handle: async (_request, response, { path, body }) => {
        const watch = await watches().edit(path.name, (before) => changed(before, body), { engine });
        response.json(await withSecret(watch, body, watches()));
      },
    }),
    operation({
      ...shared,
      id: 'removeWatch',
      method: 'delete',
      path: '/watches/{name}',
      summary: 'Removes a watch',
      needs: 'nothing',
      pathParameters: nameInPath,
      responses: { 200: json(WatchRemoved, 'It was removed.', { removed: 'graph-kernels' }) },
      errors: [...ERRORS, 'INDEX_LOCKED'],
      handle: async (_request, response, { path }) => {
        await watches().remove(path.name);
        response.json({ removed: path.name });
      },
    }),
    operation({
      ...shared,
      id: 'runWatch',
      method: 'post',
      path: '/watches/{name}/run',
      summary: 'Reports what is new for a watch, each paper once',
      description:
        'Reports are delivered by the answer, or to the folder and the webhook of the watch. A report counts as delivered when the answer was sent; otherwise the next run has it again, with the same `delivery`.',
      needs: 'nothing',
      pathParameters: nameInPath,
      responses: { 200: json(WatchRun, 'What was found and delivered.', EXAMPLE_RUN) },
      errors: [...CHANGE_ERRORS, ...MODEL_ERRORS],
      handle: async (_request, response, { path }) => {
        await watches().run(path.name, engine, { answer: (run) => send(response, run) });
      },
    }),
    operation({
      ...shared,
      id: 'previewWatch',
      method: 'get',
      path: '/watches/{name}/preview',
      summary: 'Shows what a run would report now, without reporting it',
      pathParameters: nameInPath,
      responses: { 200: json(WatchReport, 'What is new.', EXAMPLE_REPORT) },
      errors: [...ERRORS, ...MODEL_ERRORS],
      handle: async (_request, response, { path, snapshot }) => {
        response.json(reportJson(await watches().preview(path.name, snapshot)));
      },
    }),
    operation({
      ...shared,
      id: 'getWatchHistory',
      method: 'get',
      path: '/watches/{name}/history',
      summary: 'Returns what has happened to a watch: changes, runs and deliveries',
      needs: 'nothing',
      pathParameters: nameInPath,
      responses: { 200: json(WatchHistory, 'The events.', EXAMPLE_HISTORY) },
      errors: ERRORS,
      handle: async (_request, response, { path }) => {
        const entries = await watches().history(path.name);
        const events = entries.map(({ at, value }) =>
          'definition' in value
            ? { at, kind: value.kind, question: describeWatch(value.definition) }
            : { at, ...value },
        );
        response.json({ events });
      },
    }),
  ];
}

/** Feeds are declared before the watch itself: a name has no full stop. */
function feedOperations(watches: () => Watches, authorize: Authorize): Operation[] {
  const shared = { ...OF_WATCHES, authorize: authorize('read'), pathParameters: nameInPath } as const;
  const description =
    'The papers that were reported last, and those that a run would report now: reading a feed reports nothing. It needs a token with the scope `read`, which feed readers can send as a password, with any user name.';
  return [
    operation({
      ...shared,
      id: 'watchFeed',
      method: 'get',
      path: '/watches/{name}.atom',
      summary: 'Returns the papers of a watch as an Atom feed, the latest first',
      description,
      responses: { 200: FEED_RESPONSE },
      errors: [...ERRORS, ...MODEL_ERRORS],
      handle: async (request, response, { path, snapshot }) => {
        const reports = await watches().feed(path.name, snapshot, MAX_FEED);
        const [last] = reports.slice(-1);
        const { createdAt } = await snapshot.stats();
        const base = baseUrl(request);
        const { self, pageOf } = placeOf(request);
        response.vary('Accept');
        if (wantsPage(request)) {
          const papers = reports.flatMap((report) => report.papers.map(({ paper }) => paper)).reverse();
          const { watch, question } = last!;
          sendPlainPage(
            response,
            feedPage({
              title: `${watch}: ${question}`,
              request: `watch/${watch}`,
              papers,
              byArrival: false,
              total: papers.length,
              offset: 0,
              limit: MAX_FEED,
              updated: createdAt,
              base,
              links: { self, alternate: `${base}/`, first: self, last: self },
            }),
          );
        } else {
          response
            .set('Content-Type', `${ATOM_TYPE}; charset=utf-8`)
            .send(toAtom(last!, reports, createdAt, { self, pageOf }));
        }
      },
    }),
    operation({
      ...shared,
      id: 'watchJsonFeed',
      method: 'get',
      path: '/watches/{name}.json',
      summary: 'Returns the papers of a watch as a JSON Feed, the latest first',
      description,
      responses: { 200: { description: 'The feed.', content: { [JSON_FEED_TYPE]: JsonFeed } } },
      errors: [...ERRORS, ...MODEL_ERRORS],
      handle: async (request, response, { path, snapshot }) => {
        const reports = await watches().feed(path.name, snapshot, MAX_FEED);
        const [last] = reports.slice(-1);
        const feed = toJsonFeed(last!, reports, placeOf(request));
        response.set('Content-Type', `${JSON_FEED_TYPE}; charset=utf-8`).send(JSON.stringify(feed));
      },
    }),
  ];
}

function placeOf(request: Request): FeedPlace {
  const base = baseUrl(request);
  return { self: `${base}${request.url}`, pageOf: (id) => `${base}/paper/${encodeURIComponent(id)}` };
}

/** A definition with what a client may change of it. A webhook that a client sets must be at a public address. */
function changed(before: WatchDefinition, { post, ...question }: z.output<typeof WatchChange>): unknown {
  const { post: former, ...others } = before.delivery;
  if (post) expectPublicUrl(webUrl(post.url));
  const hook = post === undefined ? former : post === null ? undefined : { url: post.url, publicOnly: true };
  const given = Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined));
  return { ...before, ...given, delivery: { ...others, ...(hook && { post: hook }) } };
}

function webUrl(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new PaperSearchError('BAD_REQUEST', `post.url: "${text}" is not an address. Expected https://….`);
}

function justBefore(since: string): string {
  return new Date(Date.parse(since) - 1).toISOString();
}

function viewOf({
  name,
  definition,
  createdAt,
  after,
  lastRun,
  deliveries,
}: KeptWatch): z.input<typeof Watch> {
  const { delivery, ...question } = definition;
  const { format, folder, post } = delivery;
  return {
    name,
    question: describeWatch(definition),
    ...question,
    delivery: { format, folder: folder !== undefined, ...(post && { post: { url: post.url } }) },
    createdAt,
    after,
    lastRun,
    reported: deliveries.reduce((sum, { papers }) => sum + papers.length, 0),
    failed: deliveries.flatMap(({ id, failures }) =>
      Array.from(failures, ([to, reason]) => ({ delivery: id, to, reason })),
    ),
  };
}

/** A watch with the secret of a webhook that was just set. */
async function withSecret(
  watch: KeptWatch,
  { post }: Pick<z.output<typeof WatchChange>, 'post'>,
  watches: Watches,
): Promise<z.input<typeof Watch>> {
  return { ...viewOf(watch), ...(post && { secret: await watches.secret(watch.name) }) };
}

/** Sends what a run did. @returns when the client has it. @throws PaperSearchError STOPPED when it hung up. */
async function send(response: Response, { watch, snapshot, found, ...run }: Run): Promise<void> {
  const sent = new Promise<void>((resolve, reject) => {
    response.once('finish', resolve).once('close', () => {
      reject(new PaperSearchError('STOPPED', 'The client hung up: the next run reports the papers again.'));
    });
  });
  response.json({
    watch,
    snapshot,
    found,
    reports: run.reports.map(reportJson),
    delivered: run.delivered.map(({ delivery, to, papers }) => ({ delivery, to, papers })),
    failed: run.failed.map(({ delivery, to, error }) => ({ delivery, to, reason: error.message })),
    notices: run.notices,
  });
  await sent;
}
