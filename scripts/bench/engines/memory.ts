import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/** Resident memory of this process now, garbage collected, and at its highest (bytes). */
export function memory(): { memoryBytes: number; peakBytes: number } {
  // Twice: what the first run finds dead is freed by the second.
  globalThis.gc?.();
  globalThis.gc?.();
  return { memoryBytes: process.memoryUsage.rss(), peakBytes: peakBytes() };
}

/** The highest resident memory so far (bytes): of this program where Linux tells, else of its process. */
export function peakBytes(): number {
  const kilobytes = existsSync(STATUS) && readFileSync(STATUS, 'utf8').match(/^VmHWM:\s+(\d+) kB/m)?.[1];
  return 1024 * (kilobytes ? Number(kilobytes) : process.resourceUsage().maxRSS);
}
