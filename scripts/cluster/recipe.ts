import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

const RECIPE = fileURLToPath(new URL('node/', import.meta.url));
const OLDEST_JAVA = 17;

/** What this machine lacks to run a cluster, as a sentence; undefined if nothing. */
export function missing(): string | undefined {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  // `openjdk version "17.0.15"`, on standard error.
  const version = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  if (version < OLDEST_JAVA) {
    return `A cluster needs Java ${OLDEST_JAVA} or newer; ${version ? `"java" is version ${version}` : 'there is no "java"'}.`;
  }
  if (
    !existsSync(join(folderOfRecipe(), 'target', 'node.jar')) &&
    spawnSync('mvn', ['-version']).status !== 0
  ) {
    return 'A cluster needs Maven once, to download OpenSearch from Maven Central; there is no "mvn".';
  }
  return undefined;
}

/** A folder in the cache (`PAPER_SEARCH_CLUSTER_CACHE`, or that of the system), for this content of the recipe. */
function folderOfRecipe(): string {
  const cache =
    process.env.PAPER_SEARCH_CLUSTER_CACHE ?? join(envPaths('paper-search', { suffix: '' }).cache, 'cluster');
  const hash = createHash('sha256');
  const files = readdirSync(RECIPE, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(readFileSync(file));
  return join(cache, hash.digest('hex').slice(0, 16));
}

/** The built recipe: jars, and where its archive of classes is, or will be. */
export interface Built {
  readonly classPath: string;
  /** A class-data archive: with it, a node starts with a third of the CPU time. */
  readonly archive: string;
}

/**
 * Builds the recipe into the cache, unless it is there: 84 MB from Maven Central, then half a minute.
 * @throws Error when Maven fails, with what it said.
 */
export function build(log: (message: string) => void): Built {
  const folder = folderOfRecipe();
  if (!existsSync(join(folder, 'target', 'node.jar'))) {
    log(`Building the nodes into ${folder}`);
    // Beside it, so that an interrupted build is not treated as a whole one.
    const temporary = `${folder}.${process.pid}`;
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true });
    cpSync(RECIPE, temporary, { recursive: true });
    const maven = spawnSync('mvn', ['-B', '-q', 'package'], { cwd: temporary, encoding: 'utf8' });
    if (maven.status !== 0) {
      throw new Error(`Maven cannot build the nodes: ${maven.error?.message ?? maven.stdout.slice(-2_000)}`);
    }
    writeFileSync(join(temporary, 'README'), 'Made by scripts/cluster of paper-search. It can be deleted.\n');
    try {
      renameSync(temporary, folder);
    } catch {
      // Another process was faster.
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  const target = join(folder, 'target');
  return {
    classPath: [join(target, 'node.jar'), join(target, 'lib', '*'), join(target, 'vectors', '*')].join(':'),
    archive: join(target, 'classes.jsa'),
  };
}
