/** The thread that inverts the texts of papers, while the main thread reads the papers and makes their columns. */
import { parentPort } from 'node:worker_threads';
import type { Paper } from '../../../../papers/paper.ts';
import { coreOf } from '../complete-segment.ts';
import { KeptSegments } from '../kept-segments.ts';
import { SegmentBuilder } from '../segment-builder.ts';
import type { BuildMessage, BuiltMessage, PaperTexts } from './protocol.ts';

const port = parentPort!;
let builder = new SegmentBuilder();
const kept = new KeptSegments();

/** Answers. @param arrays those of the message: their memory is handed over. */
function say(message: BuiltMessage, arrays: readonly ArrayBufferView[] = []): void {
  port.postMessage(message, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
}

function finished() {
  const segment = builder.finish();
  builder = new SegmentBuilder();
  return segment;
}

port.on('message', (message: BuildMessage) => {
  if (message.kind === 'papers') {
    for (const texts of JSON.parse(message.json) as PaperTexts[]) builder.add(texts as Paper);
    say({ kind: 'taken' });
  } else if (message.kind === 'keep') kept.add(finished());
  else if (message.kind === 'arrange') {
    const parts = kept.arrange(message.positions, message.documents);
    say({ kind: 'index', parts }, parts);
  } else {
    const segment = finished();
    const { compoundBits } = segment;
    const [core, codes] = [coreOf(segment), segment.positionCodes()];
    say({ kind: 'segment', core, codes, compoundBits }, [...Object.values(core), codes, compoundBits]);
  }
});
