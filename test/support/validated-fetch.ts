import { OpenApiValidator } from './openapi-validator.ts';

const validators = new Map<string, Promise<OpenApiValidator>>();

/**
 * Like `fetch`, but throws for an answer that does not match the OpenAPI document of its server: a status, a content
 * type or a field that the document does not contain, or a field that is missing or has another type.
 */
export async function validatedFetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
  const { origin, pathname } = new URL(url);
  const response = await fetch(url, init);
  const validator = await validatorOf(origin);
  const method = init.method ?? 'GET';
  const problems = validator.answerProblems(method, pathname, response, await response.clone().text());
  if (problems.length > 0) {
    throw new Error(`${method} ${url} is not answered as documented:\n${problems.join('\n')}`);
  }
  return response;
}

function validatorOf(origin: string): Promise<OpenApiValidator> {
  const known = validators.get(origin);
  if (known) return known;
  const made = fetch(`${origin}/openapi.json`).then(
    async (response) => new OpenApiValidator(JSON.parse(await response.text())),
  );
  validators.set(origin, made);
  return made;
}
