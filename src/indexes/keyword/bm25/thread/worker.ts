/** The thread that inverts the texts of papers, while the main thread reads the papers and makes their columns. */
import { parentPort } from 'node:worker_threads';
import type { Paper } from '../../../../papers/paper.ts';
import { SegmentBuilder } from '../segment-builder.ts';
import type { BuildMessage, BuiltMessage, PaperTexts } from './protocol.ts';

const port = parentPort!;
const say = (message: BuiltMessage, memory: ArrayBuffer[] = []) => port.postMessage(message, memory);
let builder = new SegmentBuilder();

port.on('message', (message: BuildMessage) => {
  if (message.kind === 'papers') {
    for (const texts of JSON.parse(message.json) as PaperTexts[]) builder.add(texts as Paper);
    say({ kind: 'taken' });
    return;
  }
  const { termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths, compoundBits } =
    builder.finish();
  builder = new SegmentBuilder();
  const core = { termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths };
  const memory = new Set([...Object.values(core), compoundBits].map(({ buffer }) => buffer as ArrayBuffer));
  say({ kind: 'segment', core, compoundBits }, [...memory]);
});
