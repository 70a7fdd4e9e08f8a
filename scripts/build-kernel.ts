/**
 * Assembles the kernels of src/indexes/ into files beside them, so that users do not need an assembler:
 *   npm run kernel
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const INDEXES = new URL('../src/indexes/', import.meta.url);
/** Folder, source, target, and the name of the constant in it. */
const KERNELS = [
  ['vectors/', 'kernel.wat', 'kernel.ts', 'KERNEL'],
  ['vectors/', 'coarse.wat', 'coarse-kernel.ts', 'COARSE_KERNEL'],
  ['vectors/', 'work.wat', 'work-kernel.ts', 'WORK_KERNEL'],
  ['keyword/bm25/', 'kernel.wat', 'kernel.ts', 'KERNEL'],
  ['keyword/bm25/', 'postings.wat', 'postings-kernel.ts', 'POSTINGS_KERNEL'],
] as const;

/** The bytes of the module that a WebAssembly text file describes. Errors: those of wabt, with file and line. */
export async function assemble(file: string): Promise<Uint8Array> {
  const module = (await wabt()).parseWat(file, await readFile(file, 'utf8'), {
    simd: true,
    threads: true,
  });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [folder, source, target, name] of KERNELS) {
    const file = fileURLToPath(new URL(folder + source, INDEXES));
    const encoded = Buffer.from(await assemble(file)).toString('base64');
    const lines = (encoded.match(/.{1,100}/g) ?? []).map((line) => `  '${line}',`);
    await writeFile(
      new URL(folder + target, INDEXES),
      `/** Generated from ${source} by \`npm run kernel\`: the assembled module, in base64. Edit that file, not this. */
export const ${name} = [
${lines.join('\n')}
].join('');
`,
    );
  }
}
