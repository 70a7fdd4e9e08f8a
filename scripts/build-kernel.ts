/**
 * Assembles each kernel.wat of src/indexes into a kernel.ts beside it, so that users do not need an assembler:
 *   npm run kernel
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const FOLDERS = ['vectors', 'keyword/bm25'].map((folder) =>
  fileURLToPath(new URL(`../src/indexes/${folder}/`, import.meta.url)),
);

/** The bytes of the module that a WebAssembly text file describes. Errors: those of wabt, with file and line. */
export async function assemble(file: string): Promise<Uint8Array> {
  const module = (await wabt()).parseWat(file, await readFile(file, 'utf8'), { simd: true });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const folder of FOLDERS) {
    const encoded = Buffer.from(await assemble(`${folder}kernel.wat`)).toString('base64');
    const lines = (encoded.match(/.{1,100}/g) ?? []).map((line) => `  '${line}',`);
    await writeFile(
      `${folder}kernel.ts`,
      `/** Generated from kernel.wat by \`npm run kernel\`: the assembled module, in base64. Edit that file, not this. */
export const KERNEL = [
${lines.join('\n')}
].join('');
`,
    );
  }
}
