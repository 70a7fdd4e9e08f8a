/** Opens an index and asks once: `node open-child.mjs <dist/index.js> <index> <mode> <query>`. Prints one line of JSON. */
const [library, index, mode, query] = process.argv.slice(2);
const { openIndex } = await import(library);
const loadedMs = performance.now();
const searcher = await openIndex(index);
const openedMs = performance.now();
const { hits } = await searcher.search({ query, mode });
const answeredMs = performance.now();
const peakBytes = 1024 * process.resourceUsage().maxRSS;
process.stdout.write(`${JSON.stringify({ loadedMs, openedMs, answeredMs, peakBytes, hits: hits.length })}\n`);
await searcher.close();
