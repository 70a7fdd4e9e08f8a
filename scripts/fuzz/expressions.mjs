/*
 * Finds regular expressions in src/ whose time is not proportional to the length of the text:
 *   npm ci --prefix scripts/fuzz --omit=optional && node scripts/fuzz/expressions.mjs
 * "vulnerable" comes with a text to try; "unknown" means that the checker did not finish. Whether such a text can reach
 * the expression, and how long it can be, has to be checked by hand: code before many of them limits their input.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

// Without its programs in Java and native code, which are optional packages.
process.env.RECHECK_BACKEND = 'pure';
process.env.RECHECK_SYNC_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** Milliseconds per expression. */
const PATIENCE_MS = 8000;
const SRC = fileURLToPath(new URL('../../src', import.meta.url));

let checked = 0;
for (const file of readdirSync(SRC, { recursive: true })) {
  if (!/(?<!\.d)\.tsx?$/.test(file)) continue;
  const text = readFileSync(join(SRC, file), 'utf8');
  for (const { regex, start } of expressionsIn(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }))) {
    checked++;
    const { status, complexity, attack } = checkSync(regex.pattern, regex.flags, { timeout: PATIENCE_MS });
    if (status === 'safe') continue;
    const line = text.slice(0, start).split('\n').length;
    console.log(
      `${status} ${complexity?.summary ?? ''} src/${file}:${line} /${regex.pattern}/${regex.flags}`,
    );
    if (attack) console.log(`  ${attack.pattern.slice(0, 200)}`);
  }
}
console.log(
  `${checked} regular expressions were checked; expressions built from strings (new RegExp) were not.`,
);

/** The regular expressions in a syntax tree. */
function expressionsIn(node) {
  if (typeof node !== 'object' || node === null) return [];
  return [...(node.regex ? [node] : []), ...Object.values(node).flatMap(expressionsIn)];
}
