import { availableParallelism, freemem, release, totalmem } from 'node:os';
import supportsHyperlinks from 'supports-hyperlinks';
import { VERSION } from '../../version.ts';
import { type Check, ok, problem } from './check.ts';

/** The lowest supported version of Node, as in package.json; a test compares them. */
export const MIN_NODE = [20, 19] as const;

/** Versions and the machine. @param node version of Node without the leading v. */
export function machineChecks(node: string = process.versions.node): Check[] {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  return [
    ok('version', `paper-search ${VERSION}`),
    nodeCheck(node),
    ok(
      'machine',
      `${process.platform} ${release()}, ${process.arch}, ${availableParallelism()} cores, ${gigabytes(freemem())} of ${gigabytes(totalmem())} memory free`,
    ),
    ok('terminal', terminal()),
  ];
}

function nodeCheck(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = MIN_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return ok('node', version);
  return problem('node', version, `Install Node ${MIN_NODE.join('.')} or later.`);
}

function terminal(): string {
  const { isTTY, columns, rows } = process.stdout;
  if (!isTTY) return 'standard output is not a terminal: colours, links and the pager are off';
  return `${columns} × ${rows}, links ${supportsHyperlinks.stdout ? 'can' : 'cannot'} be clicked`;
}
