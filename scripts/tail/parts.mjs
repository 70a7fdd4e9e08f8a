/**
 * Loaded into a server and its encoder's process before they start: notes when each request, and each text to encode,
 * passes from one step to the next, and every garbage collection. On SIGUSR2 it appends the notes to the file
 * `TAIL_NOTES`, a JSON object a line (`Note` in `breakdown.ts`), and starts again. Times are milliseconds of the machine's
 * monotonic clock, which its processes share. `TAIL_DIST` is the URL of the build.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';

const now = () => Number(process.hrtime.bigint()) / 1e6;
/** What `performance.now()` is behind the monotonic clock. */
const ahead = now() - performance.now();
const notes = [];
const isEncoder = process.argv[1]?.endsWith('child.js') ?? false;
const dist = process.env.TAIL_DIST;

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    notes.push({ what: 'gc', isEncoder, from: startTime + ahead, to: startTime + ahead + duration });
  }
}).observe({ entryTypes: ['gc'] });

process.on('SIGUSR2', () => {
  appendFileSync(process.env.TAIL_NOTES, notes.map((note) => `${JSON.stringify(note)}\n`).join(''));
  notes.length = 0;
});

if (isEncoder) await watchEncoder();
else await watchServer();

async function watchEncoder() {
  const { TaskQueue } = await import(`${dist}encode/task-queue.js`);
  const { add } = TaskQueue.prototype;
  TaskQueue.prototype.add = function (task, ...others) {
    const arrived = now();
    const timed = async () => {
      const from = now();
      const before = process.cpuUsage();
      await task();
      const { user, system } = process.cpuUsage(before);
      notes.push({ what: 'task', arrived, from, to: now(), cpu: (user + system) / 1000 });
    };
    add.call(this, timed, ...others);
  };
}

async function watchServer() {
  const current = new AsyncLocalStorage();
  subscribe('http.server.request.start', ({ request, response }) => {
    const note = { what: 'request', id: request.headers['x-request-id'], from: now() };
    current.enterWith(note);
    response.once('finish', () => notes.push({ ...note, to: now() }));
  });
  const { EmbeddedSnapshot } = await import(`${dist}search/embedded-snapshot.js`);
  const { ModelProcess } = await import(`${dist}encode/model-process.js`);
  around(EmbeddedSnapshot.prototype, 'search', (searchFrom, searchTo) => ({ searchFrom, searchTo }));
  around(ModelProcess.prototype, 'request', (sent, received) => ({ sent, received }));

  /** Notes when a method was called and when what it promised was there. */
  function around(prototype, name, noted) {
    const method = prototype[name];
    prototype[name] = async function (...args) {
      const note = current.getStore();
      const from = now();
      try {
        return await method.apply(this, args);
      } finally {
        if (note) Object.assign(note, noted(from, now()));
      }
    };
  }
}
