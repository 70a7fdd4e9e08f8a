import type { TitledText } from './encoder.ts';
import type { RerankerModel } from './models/reranker.ts';
import type { PairScorer, ScoreOptions } from './pair-scorer.ts';
import { cutLongest, type PairTokenizer } from './pair-tokenizer.ts';
import type { PairSession } from './session.ts';

/**
 * A cross-encoder in this thread, which it blocks while the model runs. Servers use `createProcessScorer` instead.
 * @throws PaperSearchError MODEL_UNAVAILABLE when the model is missing, damaged or cannot be loaded.
 */
export async function createLocalScorer(model: RerankerModel): Promise<PairScorer> {
  // Loaded on demand, like the encoder's.
  const { filesOf } = await import('./models/registry.ts');
  const { loadPairTokenizer } = await import('./pair-tokenizer.ts');
  const { openPairSession } = await import('./session.ts');
  const files = await filesOf(model);
  const tokenizer = await loadPairTokenizer(files);
  return new LocalScorer(tokenizer, await openPairSession(files, tokenizer.padding), model.maxTokens);
}

class LocalScorer implements PairScorer {
  readonly #tokenizer: PairTokenizer;
  readonly #session: PairSession;
  readonly #maxTokens: number;

  /** @param session closed with this. @param maxTokens tokens that the model reads at once. */
  constructor(tokenizer: PairTokenizer, session: PairSession, maxTokens: number) {
    this.#tokenizer = tokenizer;
    this.#session = session;
    this.#maxTokens = maxTokens;
  }

  async score(
    query: string,
    passages: readonly TitledText[],
    { signal }: ScoreOptions = {},
  ): Promise<Float32Array> {
    const first = this.#tokenizer.tokenize(query);
    const scores = new Float32Array(passages.length);
    // One pair a run: activations are quantised over a batch, so a score would depend on the other passages.
    for (const [i, passage] of passages.entries()) {
      signal?.throwIfAborted();
      const second = this.#tokenizer.tokenize(textOf(passage));
      const capacity = this.#maxTokens - this.#tokenizer.specialTokens;
      const pair = this.#tokenizer.join(...cutLongest(first, second, capacity));
      scores[i] = logitOf(await this.#session.run(pair));
    }
    return scores;
  }

  async close(): Promise<void> {
    await this.#session.dispose();
  }
}

function textOf({ title, body }: TitledText): string {
  if (title === '' || body === '') return title + body;
  return /[.!?]$/.test(title) ? `${title} ${body}` : `${title}. ${body}`;
}

/** One logit is that of the relevance; the softmax of two is the logistic function of their difference. */
function logitOf(logits: Float32Array): number {
  return logits.length === 1 ? logits[0]! : logits[1]! - logits[0]!;
}
