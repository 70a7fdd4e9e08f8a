import { describe, expect, test } from 'vitest';
import { apiOperations } from '../../../../src/serve/http/api.ts';
import { openApiDocument } from '../../../../src/serve/http/openapi/document.ts';
import { FakeEngine, FakeSnapshot } from '../../../support/fake-engine.ts';
import { OpenApiValidator } from '../../../support/openapi-validator.ts';

// What checks all other tests' answers is checked here.
const validator = new OpenApiValidator(
  openApiDocument(apiOperations({ engine: new FakeEngine(new FakeSnapshot()) })),
);
const problems = (method: string, path: string, status: number, body: unknown, type = 'application/json') =>
  validator.answerProblems(
    method,
    path,
    new Response(null, { status, headers: { 'Content-Type': type } }),
    typeof body === 'string' ? body : JSON.stringify(body),
  );

const health = { status: 'ok', version: '1', snapshot: 's', papers: 1 };
const failure = { error: { code: 'NOT_FOUND', message: 'x' } };

describe('an answer as documented has no problems', () => {
  test.each([
    ['GET', '/v1/health', 200, health],
    ['GET', '/health', 200, health],
    ['HEAD', '/health', 200, ''],
    ['GET', '/v1/papers/a', 404, failure],
    ['GET', '/health', 503, failure],
    ['GET', '/nowhere', 404, failure],
    ['POST', '/health', 405, failure],
    ['GET', '/docs', 200, '<p>', 'text/html'],
  ])('%s %s %i', (method, path, status, body, type = 'application/json') => {
    expect(problems(method, path, status, body, type)).toEqual([]);
  });
});

describe('an undocumented answer has problems', () => {
  test.each([
    ['a field of another type', 'GET', '/v1/health', 200, { ...health, papers: 'many' }],
    ['a field that is missing', 'GET', '/v1/health', 200, { status: 'ok' }],
    ['a field that is not described', 'GET', '/health', 200, { ...health, more: 1 }],
    ['an error of another form', 'GET', '/v1/papers/a', 404, { message: 'x' }],
    ['an error with an unknown code', 'GET', '/v1/papers/a', 404, { error: { code: 'X', message: 'x' } }],
    ['another type of content', 'GET', '/health', 200, 'x', 'text/plain'],
    ['an answer where nothing is described', 'GET', '/nowhere', 200, {}],
    ['a method that is not described', 'POST', '/health', 200, health],
    ['an unknown path with another error', 'GET', '/nowhere', 404, {}],
  ])('%s', (_what, method, path, status, body, type = 'application/json') => {
    expect(problems(method, path, status, body, type)).not.toEqual([]);
  });
});
