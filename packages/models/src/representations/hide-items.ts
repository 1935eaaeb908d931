import type { Rng } from '@footlight/core';

/** How many items of a window are hidden. */
export interface HiddenItems {
  /** Share of the items of a window that are hidden, rounded; at least one is. */
  readonly hiddenShare: number;
  /** Share of the windows whose last item alone is hidden. */
  readonly lastOnlyShare: number;
}

/**
 * Draws the items of windows that are hidden, without replacement.
 *
 * @shape mask `[batch, time]` → `[batch, time]`
 */
export function hideItems(
  mask: Float32Array,
  time: number,
  { hiddenShare, lastOnlyShare }: HiddenItems,
  rng: Rng,
): Float32Array {
  const hidden = new Float32Array(mask.length);
  for (let start = 0; start < mask.length; start += time) {
    const real: number[] = [];
    for (let at = start; at < start + time; at++) if (mask[at] !== 0) real.push(at);
    if (real.length === 0) continue;
    if (rng.next() < lastOnlyShare) {
      hidden[real.at(-1)!] = 1;
      continue;
    }
    const count = Math.max(1, Math.round(hiddenShare * real.length));
    for (const at of rng.shuffle(real).slice(0, count)) hidden[at] = 1;
  }
  return hidden;
}
