/**
 * Draws two independent standard normal numbers with Marsaglia's polar method.
 *
 * `Rng.normal` uses the first only: a number stored for the next call would be state outside the stream.
 */
export function drawNormalPair(next: () => number): [number, number] {
  for (;;) {
    const x = 2 * next() - 1;
    const y = 2 * next() - 1;
    const square = x * x + y * y;
    if (square >= 1 || square === 0) continue;
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    return [x * scale, y * scale];
  }
}
