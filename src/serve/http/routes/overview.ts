import { VERSION } from '../../../version.ts';
import { type Operation, operation, pathsOf } from '../operation.ts';
import { Overview } from '../schemas/status.ts';

/** The list of routes, for a program that requests `/`. @param operations what is listed. */
export function overviewOperation(operations: readonly Operation[]): Operation {
  const routes = Object.fromEntries(
    operations.map((each) => [`${each.method.toUpperCase()} ${pathsOf(each)[0]}`, each.summary]),
  );
  return operation({
    id: 'getOverview',
    method: 'get',
    path: '/',
    mount: 'as-is',
    tag: 'Server',
    validFor: 'content',
    isPublic: true,
    summary: 'Lists the routes of the server',
    responses: {
      200: {
        description: 'Routes and what they do; for clients that accept HTML, the web page.',
        content: { 'application/json': Overview, 'text/html': undefined },
      },
    },
    handle: (_request, response) => {
      response.json({ name: 'paper-search', version: VERSION, routes });
    },
  });
}
