/**
 * Loaded into the server before it starts: on SIGUSR2 it writes a line with the delays of the event loop since the last
 * line (milliseconds) and starts again.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('SIGUSR2', () => {
  const milliseconds = (nanoseconds) => nanoseconds / 1e6;
  const delays = {
    p50: milliseconds(delay.percentile(50)),
    p99: milliseconds(delay.percentile(99)),
    max: milliseconds(delay.max),
  };
  process.stderr.write(`event-loop-delay ${JSON.stringify(delays)}\n`);
  delay.reset();
});
