/** Arithmetic on one core whose time grows with the number of steps. */
export function countUp(steps: number): number {
  let value = 1;
  for (let step = 0; step < steps; step++) value = (value * 1664525 + 1013904223) % 4294967296;
  return value / 4294967296;
}
