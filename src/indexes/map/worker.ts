/** The thread that lays papers out: minutes of arithmetic, during which a lock has to be renewed and signals heard. */
import { parentPort, workerData } from 'node:worker_threads';
import { CodeMemory } from '../vectors/code-memory.ts';
import { layOut } from './lay-out.ts';
import type { LayOutMessage, LayOutTask } from './protocol.ts';

const say = (message: LayOutMessage) => parentPort!.postMessage(message);
const { image, count, dimension, earlier }: LayOutTask = workerData;
// No paper is looked for by signs here, so they need no room.
const memory = new CodeMemory(count, dimension, Number.POSITIVE_INFINITY);
memory.image.set(image);
const layout = layOut(memory, earlier, (done, total) => say({ kind: 'progress', done, total }));
say({ kind: 'layout', layout });
