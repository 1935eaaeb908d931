/**
 * The gradient of a scalar function by central differences.
 *
 * $$ \partial_i f \approx \frac{f(x + h e_i) - f(x - h e_i)}{2h} $$
 *
 * With 32-bit floats inside `f` about three digits are right at the default `h`.
 */
export function numericGradient(f: (x: Float32Array) => number, x: Float32Array, h = 1e-2): Float32Array {
  return Float32Array.from(x, (value, at) => {
    const moved = (by: number) => {
      const copy = x.slice();
      copy[at] = value + by;
      return f(copy);
    };
    return (moved(h) - moved(-h)) / (2 * h);
  });
}
