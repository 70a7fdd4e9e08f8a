import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { messageOf, PaperSearchError } from '../../errors.ts';

/** The files of a model that is to be added. */
export interface ModelParts {
  readonly kind: 'folder' | 'archive' | 'hub';
  /** An ONNX file for feature extraction. */
  readonly model: Uint8Array;
  readonly tokenizer: Uint8Array;
  readonly config: Uint8Array | undefined;
  /** Other files that describe the model, by their path. */
  readonly others: ReadonlyMap<string, Uint8Array>;
}

/** Files that describe a model, besides config.json. */
export const DESCRIPTIONS = [
  'tokenizer_config.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
  '1_Pooling/config.json',
] as const;

/** Files of a folder or archive: their paths, with `/`, and how to read them. */
interface Files {
  readonly kind: 'folder' | 'archive';
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
}

/** Folders inside a model's folder that are looked into. */
const MAX_DEPTH = 3;
/** The names of ONNX files, the most suitable first. */
const PREFERRED = ['model_quantized.onnx', 'model.onnx'];

/**
 * Reads a model from a folder or a zip or jar file. Files are found by their name, wherever they are in it.
 * @param onnx name or path of the ONNX file. Default: the only one, or else `model_quantized.onnx`, or `model.onnx`.
 * @throws PaperSearchError BAD_INPUT when files are missing or ambiguous, or the archive is damaged.
 */
export async function readParts(from: string, onnx?: string): Promise<ModelParts> {
  const files = await openFiles(from);
  const modelPath = onnxOf(files.paths, from, onnx);
  const tokenizerPath = tokenizerOf(files.paths, from, modelPath);
  // Weights in a separate file are found through the path of the model, which the runtime is not given.
  if (files.paths.some((path) => path.startsWith(`${modelPath}_data`) || path === `${modelPath}.data`)) {
    throw bad(
      from,
      `has the weights of ${modelPath} in a separate file, which is not supported: export it as one file`,
    );
  }
  const others = new Map<string, Uint8Array>();
  for (const name of DESCRIPTIONS) {
    const path = endingWith(files.paths, name);
    if (path !== undefined) others.set(name, await files.read(path));
  }
  const configPath = files.paths.find(
    (path) => basename(path) === 'config.json' && !path.includes('1_Pooling'),
  );
  return {
    kind: files.kind,
    model: await files.read(modelPath),
    tokenizer: await files.read(tokenizerPath),
    config: configPath === undefined ? undefined : await files.read(configPath),
    others,
  };
}

async function openFiles(from: string): Promise<Files> {
  const found = await stat(from).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'does not exist' : `cannot be read (${messageOf(cause)})`;
    throw bad(from, why);
  });
  return found.isDirectory() ? folderFiles(from) : archiveFiles(from);
}

async function folderFiles(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    if (!entry.isFile()) return [];
    const parent = entry.parentPath.slice(folder.length).split(/[/\\]/).filter(Boolean);
    return parent.length < MAX_DEPTH ? [[...parent, entry.name].join('/')] : [];
  });
  return { kind: 'folder', paths: paths.sort(), read: (path) => readFile(join(folder, path)) };
}

async function archiveFiles(file: string): Promise<Files> {
  const bytes = await readFile(file);
  const paths: string[] = [];
  const open = (wanted: string | undefined) => {
    try {
      return unzipSync(bytes, {
        filter: ({ name }) => {
          if (wanted === undefined) paths.push(name);
          return name === wanted;
        },
      });
    } catch (error) {
      throw bad(file, `is not a zip or jar file, or is damaged (${messageOf(error)})`);
    }
  };
  open(undefined);
  return { kind: 'archive', paths: paths.sort(), read: async (path) => open(path)[path]! };
}

function onnxOf(paths: readonly string[], from: string, wanted: string | undefined): string {
  const all = paths.filter((path) => path.endsWith('.onnx'));
  if (wanted !== undefined) {
    const path = endingWith(all, wanted);
    if (path !== undefined) return path;
    throw bad(from, `has no file ${wanted}; its ONNX files: ${all.join(', ') || 'none'}`);
  }
  const path = all.length === 1 ? all[0] : PREFERRED.map((name) => endingWith(all, name)).find(Boolean);
  if (path !== undefined) return path;
  throw bad(
    from,
    all.length === 0
      ? 'has no ONNX file'
      : `has several ONNX files: name one with --onnx (${all.join(', ')})`,
  );
}

/** `tokenizer.json`, or the only file whose name ends so, such as `my-model-tokenizer.json`. */
function tokenizerOf(paths: readonly string[], from: string, model: string): string {
  const exact = endingWith(paths, 'tokenizer.json');
  if (exact !== undefined) return exact;
  const similar = paths.filter((path) => path.endsWith('tokenizer.json'));
  const own = `${model.slice(0, -'.onnx'.length)}-tokenizer.json`;
  const path = similar.length === 1 ? similar[0] : similar.find((each) => each === own);
  if (path !== undefined) return path;
  throw bad(
    from,
    similar.length === 0 ? 'has no tokenizer.json' : `has several tokenizers: ${similar.join(', ')}`,
  );
}

/** The shortest path that is a name or ends with it. */
function endingWith(paths: readonly string[], name: string): string | undefined {
  return paths
    .filter((path) => path === name || path.endsWith(`/${name}`))
    .sort((a, b) => a.length - b.length)[0];
}

function bad(from: string, why: string): PaperSearchError {
  return new PaperSearchError(
    'BAD_INPUT',
    `${from} ${why}. A model is a folder, or a zip or jar file, with an ONNX file and tokenizer.json.`,
    {
      details: { path: from },
    },
  );
}
