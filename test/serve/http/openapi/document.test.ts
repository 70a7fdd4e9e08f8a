import { Validator } from '@seriousme/openapi-schema-validator';
import type { ILayer } from 'express-serve-static-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { apiOperations } from '../../../../src/serve/http/api.ts';
import { createApp } from '../../../../src/serve/http/app.ts';
import { expressPathsOf } from '../../../../src/serve/http/mount.ts';
import { openApiDocument } from '../../../../src/serve/http/openapi/document.ts';
import { operation, pathsOf } from '../../../../src/serve/http/operation.ts';
import { FakeEngine, FakeSnapshot } from '../../../support/fake-engine.ts';
import { listening } from '../../../support/listening.ts';
import { OpenApiValidator } from '../../../support/openapi-validator.ts';

const searcher = new FakeSnapshot();
const operations = apiOperations({ engine: new FakeEngine(searcher) });
const document = openApiDocument(operations);
const validator = new OpenApiValidator(document);

let url = '';
let close = () => {};
beforeAll(async () => {
  ({ url, close } = await listening(createApp({ engine: new FakeEngine(searcher) })));
});
afterAll(() => close());

/** The paths in a stack of Express's layers, those of routers within it too. */
function routesOf(stack: readonly ILayer[]): string[] {
  return stack.flatMap(({ route, handle }) =>
    route ? [route.path].flat().map(String) : routesOf((handle as { stack?: ILayer[] }).stack ?? []),
  );
}

test('is served, and is OpenAPI 3.1', async () => {
  const served = JSON.parse(await (await fetch(`${url}/openapi.json`)).text());
  expect(served).toEqual(JSON.parse(JSON.stringify(document)));
  const official = new Validator();
  expect(await official.validate(served)).toMatchObject({ valid: true });
  expect(official.version).toBe('3.1');
});

test('has no broken references', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, id] of references) expect(Object.keys(document.components.schemas)).toContain(id);
});

describe('generated clients', () => {
  const answers = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap(({ responses }) =>
      Object.entries(responses).map(([status, { content = {} }]) => ({
        path,
        status,
        types: Object.keys(content),
      })),
    ),
  );
  const objects: Record<string, unknown>[] = [];
  JSON.parse(JSON.stringify(document), (_key, value) => {
    if (value && typeof value === 'object' && !Array.isArray(value)) objects.push(value);
    return value;
  });

  test('have one type for every answer, so that its fields can be read without a check', () => {
    // The overview is a page for people, too.
    expect(answers.filter(({ path, types }) => path !== '/' && types.length > 1)).toEqual([]);
    expect(answers.length).toBeGreaterThan(100);
  });

  test('need not send fields that have a default', () => {
    const { properties } = document.components.schemas.RelatedRequest as {
      properties: Record<string, Record<string, unknown>>;
    };
    expect(properties.limit).not.toHaveProperty('default');
    expect(properties.limit!.description).toMatch(/Default: 10\.$/);
  });

  test('find no schema that generators refuse: a reference with a neighbour, a boolean, null alone', () => {
    expect(objects.filter((each) => '$ref' in each && Object.keys(each).length > 1)).toEqual([]);
    expect(objects.filter(({ items }) => typeof items === 'boolean')).toEqual([]);
    expect(
      objects.filter(({ properties }) =>
        Object.values((properties ?? {}) as object).some(({ type }) => type === 'null'),
      ),
    ).toEqual([]);
    expect(objects.length).toBeGreaterThan(1000);
  });
});

test('marks the former names of confidence and fallback as deprecated', () => {
  const parameters = document.paths['/v1/search']!.get!.parameters!;
  expect(parameters.filter(({ deprecated }) => deprecated).map(({ name }) => name)).toEqual(['secondLook']);
  const { properties } = document.components.schemas.SearchResponse as {
    properties: Record<string, { deprecated?: boolean }>;
  };
  const deprecated = Object.keys(properties).filter((name) => properties[name]!.deprecated);
  expect(deprecated.sort()).toEqual(['secondLook', 'verdict']);
});

describe('documents exactly the served routes', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );

  test('by declaration', () => {
    const declared = operations.flatMap((each) => pathsOf(each).map((path) => `${each.method} ${path}`));
    expect(described.sort()).toEqual(declared.sort());
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('by Express, except the web page', () => {
    const page = ['/', '/paper/*id', '/tray', '/map', '/programme', '/assets/:name'];
    // The document describes the paths of libraries by the prefix of a server, which has a version already.
    const ofLibraries = operations.map((each) =>
      each.mount === 'v1' ? { ...each, mount: 'both' as const } : each,
    );
    const declared = new Set(ofLibraries.flatMap(expressPathsOf).map(String));
    const registered = routesOf(createApp({ engine: new FakeEngine(searcher) }).router.stack);
    expect(registered.length).toBeGreaterThan(10);
    expect(registered.filter((path) => !declared.has(path) && !page.includes(path))).toEqual([]);
  });

  test.each(described)('%s answers', async (call) => {
    const [method = '', path = ''] = call.split(' ');
    const response = await fetch(url + path.replace(/\{\w+\}/g, 'a'), { method });
    const body = await response.text();
    expect(body).not.toContain('There is no route');
    expect(response.status).not.toBe(405);
  });
});

describe('every example matches its schema', () => {
  const bodies = operations.flatMap(({ id, path, method, mount, body }) =>
    body?.kind === 'json' && body.example !== undefined
      ? [[id, mount === 'as-is' ? path : `/v1${path}`, method, body.example] as const]
      : [],
  );
  test.each(bodies)('body of %s', (_id, path, method, example) => {
    const place = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'];
    expect(validator.problems(place, example)).toEqual([]);
  });

  const answers = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content).flatMap(([type, { example }]) =>
          example === undefined ? [] : [[path, method, status, type, example] as const],
        ),
      ),
    ),
  );
  test('answers', () => {
    for (const [path, method, status, type, example] of answers) {
      const place = ['paths', path, method, 'responses', status, 'content', type, 'schema'];
      expect(validator.problems(place, example), `${method} ${path} ${status}`).toEqual([]);
    }
  });

  test.each(Object.entries(document.components.schemas))('component %s', (id, { examples = [] }) => {
    for (const example of examples as unknown[]) {
      expect(validator.problems(['components', 'schemas', id], example)).toEqual([]);
    }
  });

  test('every JSON answer has an example', () => {
    const without = Object.entries(document.paths).filter(([, methods]) =>
      Object.values(methods).some(({ responses }) =>
        Object.entries(responses['200']?.content ?? {}).some(([type, { schema, example }]) => {
          const id = String(schema.$ref).split('/').at(-1)!;
          const { examples } = document.components.schemas[id] ?? {};
          return type === 'application/json' && example === undefined && examples === undefined;
        }),
      ),
    );
    expect(without.map(([path]) => path)).toEqual(['/openapi.json']);
  });
});

describe('parameters', () => {
  const { parameters = [] } = document.paths['/v1/search']!.get!;
  test.each([
    [
      'limit',
      { in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 } },
    ],
    ['explain', { schema: { type: 'boolean', default: false } }],
    ['has', { explode: false, schema: { type: 'array', items: { enum: ['abstract', 'pdf'] } } }],
    ['venue', { schema: { type: 'array', items: { type: 'string' } } }],
  ])('describes the values of %s', (name, expected) => {
    expect(parameters.find((each) => each.name === name)).toMatchObject(expected);
  });

  test('marks mandatory parameters as required', () => {
    const [q] = document.paths['/v1/suggest']!.get!.parameters ?? [];
    expect(q).toMatchObject({ name: 'q', required: true });
    const [id] = document.paths['/v1/papers/{id}']!.get!.parameters ?? [];
    expect(id).toMatchObject({ name: 'id', in: 'path', required: true });
  });
});

test('requires the token for changes, for collections, watches and reviews only', () => {
  const secured = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security !== undefined)
      .map(([method]) => `${method} ${path}`),
  );
  const isKept = (each: string) => /^\S+ \/v1\/(?:collections|watches|reviews)\b/.test(each);
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(secured.filter(isKept)).toEqual(routes.filter(isKept));
  expect(secured.filter((each) => !isKept(each))).toEqual([
    'delete /v1/papers/{id}',
    'delete /papers/{id}',
    'post /v1/papers',
    'post /papers',
    'post /v1/fetch',
  ]);
});

test('refuses two schemas with the same id', () => {
  const of = (id: string, schema: z.ZodType) =>
    operation({
      id,
      method: 'get',
      path: `/${id}`,
      mount: 'v1',
      tag: 'Search',
      summary: id,
      responses: { 200: { description: '', content: { 'application/json': schema } } },
      handle: () => {},
    });
  const one = z.object({ a: z.string() }).meta({ id: 'Twice' });
  const other = z.object({ b: z.string() });
  expect(() => openApiDocument([of('x', one), of('y', one)])).not.toThrow();
  // zod keeps ids unique by itself where it can see both.
  expect(() => openApiDocument([of('x', one), of('y', other.meta({ id: 'Twice' }))])).toThrow('Twice');
});
