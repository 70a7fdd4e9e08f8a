import { escapeUTF8 } from 'entities';
import type { JsonSchema } from './json-schemas.ts';

const REFERENCE = '#/components/schemas/';

/** Converts our own text to HTML: backticks mark code, a blank line separates paragraphs. */
export function proseHtml(prose: unknown): string {
  return escapeUTF8(String(prose ?? ''))
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('\n\n', '<br><br>');
}

/** The values that a schema allows, as one line of HTML. */
export function typeHtml(schema: JsonSchema): string {
  const { $ref, type, items, additionalProperties, minimum, maximum, maxLength } = schema;
  if (typeof $ref === 'string') {
    const id = escapeUTF8($ref.slice(REFERENCE.length));
    return `<a href="#schema-${id}">${id}</a>`;
  }
  const choices = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  if (Array.isArray(choices)) return choices.map((each) => code(each)).join(' ');
  const several = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(several)) return several.map(typeHtml).join(' or ');
  if (type === 'array') return `list of ${typeHtml((items ?? {}) as JsonSchema)}`;
  if (type === 'object') {
    if (schema.properties) return 'object';
    return `object of ${typeHtml((additionalProperties || {}) as JsonSchema)}`;
  }
  const bounds = [
    minimum === undefined ? '' : `from ${minimum}`,
    maximum === undefined ? '' : `to ${maximum}`,
    maxLength === undefined ? '' : `of at most ${maxLength} characters`,
  ];
  return [escapeUTF8(String(type ?? 'anything')), ...bounds].filter(Boolean).join(' ');
}

/** The fields of an object, nested ones included, as table rows. */
export function fieldRows(schema: JsonSchema, prefix = ''): string {
  const required = new Set((schema.required as readonly string[] | undefined) ?? []);
  const fields = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(
    ([name, field]) => {
      const path = `${prefix}${name}`;
      const optional = required.has(name) ? '' : ' <small>optional</small>';
      const row = `<tr><td><code>${escapeUTF8(path)}</code>${optional}</td><td>${typeHtml(field)}${defaultHtml(field)}</td><td>${proseHtml(field.description)}</td></tr>`;
      const inner = field.type === 'array' ? ((field.items ?? {}) as JsonSchema) : field;
      return row + fieldRows(inner, field.type === 'array' ? `${path}[].` : `${path}.`);
    },
  );
  const choices = (schema.oneOf ?? []) as readonly JsonSchema[];
  return fields.join('') + choices.map((choice) => fieldRows(choice, prefix)).join('');
}

/** The default of a schema, if any. */
export function defaultHtml(schema: JsonSchema): string {
  return schema.default === undefined || schema.default === '' ? '' : `, default ${code(schema.default)}`;
}

/** A value as code. */
function code(value: unknown): string {
  return `<code>${escapeUTF8(typeof value === 'string' ? value : JSON.stringify(value))}</code>`;
}
