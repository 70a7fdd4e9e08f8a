/** An embedding model, as a manifest records it. */
export interface ModelInfo {
  readonly name: string;
  /** Numbers in a vector. */
  readonly dimension: number;
  /** Tokens the model reads at once, its two special tokens included. */
  readonly maxTokens: number;
  /** sha256 of the model file that ran, in hex. */
  readonly digest: string;
}
