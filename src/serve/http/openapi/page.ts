import { escapeUTF8 } from 'entities';
import { type OpenApiDocument, type OperationObject, type ParameterObject, SHORT_PATHS } from './document.ts';
import type { JsonSchema } from './json-schemas.ts';
import { defaultHtml, fieldRows, proseHtml, typeHtml } from './schema-html.ts';

type Tagged = readonly [method: string, path: string, operation: OperationObject];

/** Renders the document as a page without scripts; its style sheet is `docs.css`. */
export function documentationPage(document: OpenApiDocument): string {
  const operations: Tagged[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [method, path, operation] as const),
  );
  const sections = document.tags.map(({ name, description: about }) => {
    const own = operations.filter(([, , operation]) => operation.tags[0] === name);
    const list =
      name === SHORT_PATHS ? `<ul>${own.map(shortHtml).join('')}</ul>` : own.map(operationHtml).join('');
    return `<section><h2 id="tag-${slug(name)}">${escapeUTF8(name)}</h2><p>${proseHtml(about)}</p>${list}</section>`;
  });
  const { title, version, description } = document.info;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeUTF8(String(title))} HTTP API</title>
<link rel="stylesheet" href="docs.css">
</head>
<body>
<header><h1>${escapeUTF8(String(title))} HTTP API</h1>
<p>${proseHtml(description)} Version ${escapeUTF8(String(version))}. For programs: <a href="openapi.json">openapi.json</a>.</p>
<nav aria-label="Contents"><ul>${document.tags.map(({ name }) => `<li><a href="#tag-${slug(name)}">${escapeUTF8(name)}</a></li>`).join('')}<li><a href="#schemas">Schemas</a></li></ul></nav>
</header>
<main>
${sections.join('\n')}
<section><h2 id="schemas">Schemas</h2>
${Object.entries(document.components.schemas).map(schemaHtml).join('\n')}
</section>
</main>
</body>
</html>
`;
}

function shortHtml([method, path, { description }]: Tagged): string {
  return `<li>${callHtml(method, path)} ${proseHtml(description)}</li>`;
}

function operationHtml([method, path, operation]: Tagged): string {
  const { operationId, summary, description, parameters = [], requestBody, responses, security } = operation;
  return `<article id="${escapeUTF8(operationId)}"><h3>${callHtml(method, path)}</h3>
<p>${proseHtml(summary)}.${security ? ' Requires the token: <code>Authorization: Bearer TOKEN</code>.' : ''} ${proseHtml(description)}</p>
${parameters.length > 0 ? table('Parameters', ['name', 'values', ''], parameters.map(parameterRow).join('')) : ''}
${requestBody ? bodyHtml(requestBody) : ''}
${table('Answers', ['status', 'body', ''], Object.entries(responses).map(responseRow).join(''))}
</article>`;
}

function callHtml(method: string, path: string): string {
  return `<code><b>${escapeUTF8(method.toUpperCase())}</b> ${escapeUTF8(path)}</code>`;
}

function parameterRow({ name, required, schema, description, explode, in: place }: ParameterObject): string {
  const notes = [
    place === 'path' ? 'in the path' : required ? 'required' : '',
    explode === false ? 'comma-separated' : '',
  ].filter(Boolean);
  return `<tr><td><code>${escapeUTF8(name)}</code>${notes.map((note) => ` <small>${note}</small>`).join('')}</td><td>${typeHtml(schema)}${defaultHtml(schema)}</td><td>${proseHtml(description)}</td></tr>`;
}

function bodyHtml({ content, description }: NonNullable<OperationObject['requestBody']>): string {
  const [[, first] = []] = Object.entries(content);
  const types = Object.entries(content).map(([type, { schema }]) => {
    const what = Object.keys(schema).length > 0 ? `: ${typeHtml(schema)}` : '';
    return `<code>${escapeUTF8(type)}</code>${what}`;
  });
  const example = first?.example === undefined ? '' : exampleHtml(first.example);
  return `<p>Body: ${types.join(', ')}. ${proseHtml(description)}</p>${example}`;
}

function responseRow([status, { description, content, 'x-alternatives': alternatives }]: [
  string,
  OperationObject['responses'][string],
]): string {
  const bodies = Object.entries({ ...content, ...alternatives }).map(([type, { schema }]) =>
    schema.$ref ? typeHtml(schema) : `<code>${escapeUTF8(type)}</code>`,
  );
  return `<tr><td>${escapeUTF8(status)}</td><td>${bodies.join(', ')}</td><td>${proseHtml(description)}</td></tr>`;
}

function schemaHtml([id, schema]: [string, JsonSchema]): string {
  const rows = fieldRows(schema);
  const [example] = (schema.examples ?? []) as readonly unknown[];
  return `<article id="schema-${escapeUTF8(id)}"><h3>${escapeUTF8(id)}</h3><p>${proseHtml(schema.description)}</p>${
    rows ? table(`Fields of ${id}`, ['field', 'values', ''], rows) : `<p>${typeHtml(schema)}</p>`
  }${example === undefined ? '' : exampleHtml(example)}</article>`;
}

function exampleHtml(example: unknown): string {
  return `<details><summary>Example</summary><pre>${escapeUTF8(JSON.stringify(example, null, 2))}</pre></details>`;
}

function table(
  caption: string,
  [first, second, third]: readonly [string, string, string],
  rows: string,
): string {
  return `<table><caption>${escapeUTF8(caption)}</caption><thead><tr><th>${first}</th><th>${second}</th><th>${third || 'meaning'}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
