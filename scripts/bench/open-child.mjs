/** Opens an index, searches once, prints JSON: `node open-child.mjs <dist/index.js> <index> <mode> <query>`. */
const [library, index, mode, query] = process.argv.slice(2);
const { openIndex } = await import(library);
const loadedMs = performance.now();
const engine = await openIndex(index);
const snapshot = await engine.acquire();
const openedMs = performance.now();
const { hits } = await snapshot.search({ query, mode });
const answeredMs = performance.now();
const peakBytes = 1024 * process.resourceUsage().maxRSS;
process.stdout.write(`${JSON.stringify({ loadedMs, openedMs, answeredMs, peakBytes, hits: hits.length })}\n`);
await engine.close();
