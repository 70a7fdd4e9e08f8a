/**
 * Loaded into the server before it starts, with `--expose-gc`: on SIGUSR2 it collects garbage and writes a line with the
 * remaining bytes, in the heap and outside it.
 */
process.on('SIGUSR2', () => {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(`memory-in-use ${heapUsed + external}\n`);
});
