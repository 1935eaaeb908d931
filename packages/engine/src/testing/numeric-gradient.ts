/**
 * Computes the gradient of a scalar function by central differences.
 *
 * $$ \partial_i f \approx \frac{f(x + h e_i) - f(x - h e_i)}{2h} $$
 *
 * If `f` computes in 32-bit floats, about three digits are correct at the default `h`.
 */
export function numericGradient(f: (x: Float32Array) => number, x: Float32Array, h = 1e-2): Float32Array {
  return Float32Array.from(x, (value, at) => {
    const evaluateAt = (offset: number) => {
      const copy = x.slice();
      copy[at] = value + offset;
      return f(copy);
    };
    return (evaluateAt(h) - evaluateAt(-h)) / (2 * h);
  });
}
