import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOperations } from '../../../../src/serve/http/api.ts';
import { createApp } from '../../../../src/serve/http/app.ts';
import { openApiDocument } from '../../../../src/serve/http/openapi/document.ts';
import { documentationPage } from '../../../../src/serve/http/openapi/page.ts';
import { FakeEngine, FakeSnapshot } from '../../../support/fake-engine.ts';
import { listening } from '../../../support/listening.ts';

const searcher = new FakeSnapshot();
let url = '';
let close = () => {};
beforeAll(async () => {
  ({ url, close } = await listening(createApp({ engine: new FakeEngine(searcher) })));
});
afterAll(() => close());

test('is served with a policy that allows only our style sheet, and complies with it', async () => {
  const response = await fetch(`${url}/docs`);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/);
  const html = await response.text();
  expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//i);
  const style = await fetch(`${url}/docs.css`);
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(await style.text()).not.toMatch(/@import|url\(/);
});

test('names every operation, parameter and schema, and has no broken links', async () => {
  const document = openApiDocument(apiOperations({ engine: new FakeEngine(searcher) }));
  const html = documentationPage(document);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods))
      expect(html).toContain(`<b>${method.toUpperCase()}</b> ${path}`);
  }
  for (const { name } of document.paths['/v1/search']!.get!.parameters!) {
    expect(html).toContain(`<td><code>${name}</code>`);
  }
  for (const id of Object.keys(document.components.schemas)) expect(html).toContain(`id="schema-${id}"`);
  const links = Array.from(html.matchAll(/href="#([^"]+)"/g), ([, target]) => target!);
  expect(links.length).toBeGreaterThan(10);
  for (const target of links) expect(html).toContain(`id="${target}"`);
});

test('escapes texts of the document', () => {
  const hostile = '<script>alert("x")</script>';
  const document = openApiDocument(apiOperations({ engine: new FakeEngine(searcher) }));
  const html = documentationPage({
    ...document,
    info: { title: hostile, version: hostile, description: hostile },
    tags: [{ name: hostile, description: hostile }],
    paths: {
      [`/${hostile}`]: {
        get: {
          operationId: hostile,
          tags: [hostile],
          summary: hostile,
          parameters: [{ name: hostile, in: 'query', required: true, schema: { enum: [hostile] } }],
          requestBody: { required: true, content: { [hostile]: { schema: {}, example: hostile } } },
          responses: { 200: { description: hostile, content: { [hostile]: { schema: {} } } } },
        },
      },
    },
    components: {
      securitySchemes: {},
      schemas: {
        [hostile]: { description: hostile, properties: { [hostile]: { type: hostile, default: hostile } } },
      },
    },
  });
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
});
