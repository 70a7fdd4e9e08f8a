import type { ContentEvent } from '../../collections/events.ts';

type Move = Extract<ContentEvent, { type: 'moved' }>;

/**
 * The moves that bring entries into an order.
 * @param now ids in their order. @param wanted ids in the order that they should have; others stay after these.
 */
export function reorderings(now: readonly string[], wanted: readonly string[]): Move[] {
  const known = new Set(now);
  const order = wanted.filter((id) => known.has(id));
  const named = new Set(order);
  const target = [...order, ...now.filter((id) => !named.has(id))];
  const moves: Move[] = [];
  let current = [...now];
  for (let at = 0; at < target.length; at++) {
    if (current[at] === target[at]) continue;
    // A run that belongs here, up to what is here already.
    const before = current[at]!;
    const end = target.indexOf(before, at);
    const ids = target.slice(at, end);
    moves.push({ type: 'moved', ids, before });
    const moved = new Set(ids);
    const rest = current.filter((id) => !moved.has(id));
    rest.splice(rest.indexOf(before), 0, ...ids);
    current = rest;
  }
  return moves;
}
