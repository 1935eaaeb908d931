// The archive is a file of the package, no module of it: Vite copies it and gives its address.
import address from '../../node_modules/@footlight/movielens-latest-small/ml-latest-small.zip?url';

/** The archive of MovieLens latest-small, which is part of the page. */
export async function movielensFile(): Promise<Blob> {
  const response = await fetch(address);
  if (!response.ok)
    throw new Error(`The MovieLens archive could not be loaded: ${response.status} ${response.statusText}.`);
  return response.blob();
}
