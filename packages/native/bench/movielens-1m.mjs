/** sfc32, as `createRng` of core. */
export function generator(seed) {
  let [a, b, c, counter] = [seed, seed ^ 0x9e3779b9, 0x243f6a88, 1];
  const bits = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 20; i++) bits();
  return bits;
}

/** Ids whose frequency falls with their rank as in MovieLens: flat at the head, a long tail; numbered at random. */
export function skewed(bits, count, shift, power, length) {
  const cumulative = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) cumulative[rank] = sum += (rank + shift) ** -power;
  const number = Int32Array.from({ length: count }, (_, at) => at);
  for (let i = count - 1; i > 0; i--) {
    const j = bits() % (i + 1);
    [number[i], number[j]] = [number[j], number[i]];
  }
  return Int32Array.from({ length }, () => {
    const goal = (bits() / 2 ** 32) * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] < goal) low = middle + 1;
      else high = middle;
    }
    return number[low];
  });
}
