import { VERSION } from '../../../version.ts';
import { type Operation, operation, pathsOf } from '../operation.ts';
import { Overview } from '../schemas/status.ts';

/**
 * What the server offers, for a program that calls its root.
 * @param operations what is listed.
 */
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
    goodFor: 'content',
    summary: 'What the server offers',
    responses: {
      200: {
        description: 'Requests and what they do; for who asks for HTML, the page to search with.',
        content: { 'application/json': Overview, 'text/html': undefined },
      },
    },
    handle: (_request, response) => {
      response.json({ name: 'paper-search', version: VERSION, routes });
    },
  });
}
