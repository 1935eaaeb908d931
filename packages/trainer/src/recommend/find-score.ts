import { tf } from '@footlight/engine';

/**
 * Finds the score that an increasing link converts to a rating, by bisection.
 *
 * @returns the nearest score from −80 to 80 if there is none; the rating itself if the link is the identity
 */
export function findScore(link: (scores: tf.Tensor1D) => tf.Tensor1D, rating: number): number {
  const convert = (score: number): number => tf.tidy(() => link(tf.tensor1d([score])).dataSync()[0]!);
  if (convert(rating) === Math.fround(rating)) return rating;
  let [low, high] = [-80, 80];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (convert(middle) < rating) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
