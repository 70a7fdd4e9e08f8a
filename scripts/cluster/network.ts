import { spawnSync } from 'node:child_process';
import type { Place } from './nodes.ts';

/** Networks of the nodes: one to be asked over, and one that they talk to each other over. */
const HTTP = { bridge: 'ps-http', prefix: '10.213.1' };
const TRANSPORT = { bridge: 'ps-transport', prefix: '10.213.2' };
/** The address of this machine in the first network. */
const HOST = 254;

/** Whether this process may make network namespaces. */
export function canMakeNetworks(): boolean {
  const made = spawnSync('ip', ['netns', 'add', 'ps-try']).status === 0;
  if (made) ip('netns', 'del', 'ps-try');
  return made;
}

/**
 * Makes a network namespace for each node, with a cable to each of two bridges. A cable that is pulled drops packets
 * without a word, as a broken switch does. Needs root and Linux.
 */
export function makeNetworks(count: number): Place[] {
  removeNetworks(count);
  for (const { bridge } of [HTTP, TRANSPORT]) {
    ip('link', 'add', bridge, 'type', 'bridge');
    ip('link', 'set', bridge, 'up');
  }
  ip('addr', 'add', `${HTTP.prefix}.${HOST}/24`, 'dev', HTTP.bridge);
  return Array.from({ length: count }, (_, n) => {
    const name = namespaceOf(n);
    ip('netns', 'add', name);
    ip('netns', 'exec', name, 'ip', 'link', 'set', 'lo', 'up');
    for (const { bridge, prefix } of [HTTP, TRANSPORT]) {
      const cable = cableOf(bridge, n);
      const inner = `${cable}-in`;
      ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', inner);
      ip('link', 'set', inner, 'netns', name);
      ip('link', 'set', cable, 'master', bridge, 'up');
      ip('netns', 'exec', name, 'ip', 'addr', 'add', `${prefix}.${n + 1}/24`, 'dev', inner);
      ip('netns', 'exec', name, 'ip', 'link', 'set', inner, 'up');
    }
    return {
      http: { host: `${HTTP.prefix}.${n + 1}`, port: 9200 },
      transport: { host: `${TRANSPORT.prefix}.${n + 1}`, port: 9300 },
      prefix: ['ip', 'netns', 'exec', name],
    };
  });
}

/** Pulls cables of a node, or puts them back: only that to the other nodes, or both. */
export function setCables(n: number, which: 'transport' | 'both', state: 'up' | 'down'): void {
  for (const { bridge } of which === 'both' ? [HTTP, TRANSPORT] : [TRANSPORT]) {
    ip('link', 'set', cableOf(bridge, n), state);
  }
}

/** Removes what `makeNetworks` has made, also when that was interrupted. */
export function removeNetworks(count: number): void {
  // Cables go with their namespaces.
  for (let n = 0; n < count; n++) spawnSync('ip', ['netns', 'del', namespaceOf(n)]);
  for (const { bridge } of [HTTP, TRANSPORT]) spawnSync('ip', ['link', 'del', bridge]);
}

function namespaceOf(n: number): string {
  return `ps-node${n + 1}`;
}

/** At most 15 characters, as Linux wants it, with "-in" at its end. */
function cableOf(bridge: string, n: number): string {
  return `${bridge.slice(0, 6)}${n + 1}`;
}

function ip(...parameters: string[]): void {
  const { status, stderr, error } = spawnSync('ip', parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${parameters.join(' ')}: ${error?.message ?? stderr.trim()}`);
}
