import { expect, test } from 'vitest';
import { TaskQueue } from '../../src/encode/task-queue.ts';

/** A queue whose tasks note when they begin and end. */
function notingQueue() {
  const queue = new TaskQueue();
  const notes: string[] = [];
  const ended: Promise<void>[] = [];
  const add = (name: string, isUrgent: boolean, work: () => Promise<void> = async () => {}) => {
    ended.push(
      new Promise((resolve) => {
        queue.add(async () => {
          notes.push(name);
          await work();
          notes.push(`${name} done`);
          resolve();
        }, isUrgent);
      }),
    );
  };
  return { queue, add, notes, all: () => Promise.all(ended) };
}

test('runs one task at a time, urgent ones first, each kind in order of arrival', async () => {
  const { add, notes, all } = notingQueue();
  for (const [name, isUrgent] of [
    ['papers 1', false],
    ['papers 2', false],
    ['question 1', true],
    ['question 2', true],
  ] as const) {
    add(name, isUrgent, async () => {});
  }
  await all();
  expect(notes.filter((note) => !note.endsWith('done'))).toEqual([
    'papers 1',
    'question 1',
    'question 2',
    'papers 2',
  ]);
  for (let i = 0; i < notes.length; i += 2) expect(notes[i + 1]).toBe(`${notes[i]} done`);
});

test('runs urgent tasks, and no others, while a long one pauses', async () => {
  const { queue, add, notes, all } = notingQueue();
  add('papers 1', false, async () => {
    // Arrives during a step, as a message does.
    setImmediate(() => {
      add('papers 2', false);
      add('question', true);
    });
    await queue.pause();
    await queue.pause();
    notes.push('next step');
  });
  await new Promise((resolve) => setTimeout(resolve));
  await all();
  expect(notes).toEqual([
    'papers 1',
    'question',
    'question done',
    'next step',
    'papers 1 done',
    'papers 2',
    'papers 2 done',
  ]);
});

test('continues after it was idle', async () => {
  const { add, notes, all } = notingQueue();
  add('a', true);
  await all();
  await new Promise((resolve) => setImmediate(resolve));
  add('b', false);
  await all();
  expect(notes).toEqual(['a', 'a done', 'b', 'b done']);
});
