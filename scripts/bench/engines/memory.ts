import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/** Resident memory of this process after garbage collection, and its peak (bytes). */
export function memory(): { memoryBytes: number; peakBytes: number } {
  // Twice: objects found dead by the first run are freed by the second.
  globalThis.gc?.();
  globalThis.gc?.();
  return { memoryBytes: process.memoryUsage.rss(), peakBytes: peakBytes() };
}

/** Peak resident memory so far (bytes): of this program on Linux, otherwise of its process. */
export function peakBytes(): number {
  const kilobytes = existsSync(STATUS) && readFileSync(STATUS, 'utf8').match(/^VmHWM:\s+(\d+) kB/m)?.[1];
  return 1024 * (kilobytes ? Number(kilobytes) : process.resourceUsage().maxRSS);
}
