/** The thread that lays papers out: minutes of arithmetic, while the main thread renews the lock and handles signals. */
import { parentPort, workerData } from 'node:worker_threads';
import { CodeMemory } from '../vectors/code-memory.ts';
import { layOut } from './lay-out.ts';
import type { LayOutMessage, LayOutTask } from './protocol.ts';

const say = (message: LayOutMessage) => parentPort!.postMessage(message);
const { image, count, dimension, earlier }: LayOutTask = workerData;
const memory = new CodeMemory(count, dimension);
memory.image.set(image);
const layout = layOut(memory, earlier, (done, total) => say({ kind: 'progress', done, total }));
say({ kind: 'layout', layout });
