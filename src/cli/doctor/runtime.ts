import { messageOf } from '../../errors.ts';
import { type Check, ok, problem } from './check.ts';

/** Runs models; its native code is a file per platform. */
const RUNTIME = 'onnxruntime-node';
const UNTIL_THEN = 'Until then, search with --mode keyword.';

/**
 * Whether the native code that runs models can be loaded on this machine. Node's message alone does not say why it is
 * missing.
 * @param runtime the module or file to load. Default: the installed runtime.
 */
export async function runtimeCheck(runtime: string = RUNTIME): Promise<Check> {
  const platform = `${process.platform} ${process.arch}`;
  try {
    await import(runtime);
    return ok('runtime', `${RUNTIME} can be loaded on ${platform}`);
  } catch (error) {
    // The lines after the first are a stack of required files.
    const [reason] = messageOf(error).split('\n');
    return problem('runtime', `${RUNTIME} cannot be loaded on ${platform}: ${reason}`, adviceOn(error));
  }
}

function adviceOn(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const isMissing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  if (isMissing && messageOf(error).includes('.node')) {
    return `Its binary for this platform is missing. There are binaries for Linux, macOS and Windows on x64 and arm64: install paper-search again on this machine ("npm ci"), rather than copying node_modules from another. ${UNTIL_THEN}`;
  }
  if (isMissing) return `It is not installed: run "npm ci". ${UNTIL_THEN}`;
  if (code === 'ERR_DLOPEN_FAILED') {
    return `Its binary was built for another system, is damaged, or needs a library that this system lacks, such as glibc on Alpine Linux. Run "npm ci" on this machine, or use a system with glibc. ${UNTIL_THEN}`;
  }
  return `Run "npm ci" to install it again. ${UNTIL_THEN}`;
}
