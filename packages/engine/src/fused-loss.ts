/**
 * A ranking loss as data, for training steps that one kernel computes. This is the one list of such losses:
 * `@footlight/losses` describes its losses with this type, and types check it against the kernels of
 * `@footlight/kernels`.
 */
export interface FusedLoss {
  readonly name:
    | 'pointwise'
    | 'bpr'
    | 'sigmoid-bpr'
    | 'hinge'
    | 'adaptive-hinge'
    | 'warp'
    | 'logistic'
    | 'sampled-softmax';
  /** Margin of `hinge`, `adaptive-hinge` and `warp`. Default 1. */
  readonly margin?: number;
  /** How `pointwise` combines its two terms. Default `sum`. */
  readonly terms?: 'sum' | 'mean';
  /** Weight of an estimated rank in `warp`. Default `harmonic`. */
  readonly weight?: 'harmonic' | 'logarithm';
}
