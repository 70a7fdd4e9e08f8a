/** A step of background work waits for this long at most (milliseconds), so that it ends under any load. */
const MAX_WAIT_MS = 100;

/** Requests that this thread is answering. */
let underWay = 0;
/** Called when there is none left. */
const waiting = new Set<() => void>();
/** The signals of background work. */
const background = new WeakSet<AbortSignal>();

/** Counts a request until the returned function is called, once. */
export function noteRequest(): () => void {
  underWay++;
  return () => {
    underWay--;
    if (underWay === 0) goOn();
  };
}

function goOn(): void {
  for (const end of waiting) end();
}

/**
 * Says whether the work of a signal is in the background: no one waits for it, so its steps wait for requests. Work without
 * a signal is not.
 */
export function setBackground(signal: AbortSignal, isBackground: boolean): void {
  if (isBackground) background.add(signal);
  else if (background.delete(signal)) goOn();
}

/** Waits, in the background, until no request is under way, for a tenth of a second at most. */
export async function giveWay(signal: AbortSignal | undefined): Promise<void> {
  if (!signal || underWay === 0 || !background.has(signal)) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      waiting.delete(end);
      resolve();
    };
    const timer = setTimeout(end, MAX_WAIT_MS);
    waiting.add(end);
  });
}
