import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { archive } from '@footlight/movielens-latest-small';
import { siteBundlers, writeSources } from './bundle-sites.js';
import { openSite, type Site } from './open-site.js';

const sources = ['experiment', 'page', 'train.worker'].map((name) =>
  fileURLToPath(new URL(`long/${name}.fixture.ts`, import.meta.url)),
);

/** Opens a site with a page that trains on MovieLens latest-small, in its own thread or in a worker. */
export async function openTrainingSite(): Promise<Site> {
  const site = await openSite();
  site.files.set('/ml-latest-small.zip', await readFile(archive));
  await writeSources(site.folder, sources);
  const problems = await siteBundlers.esbuild(site.folder, 'page.fixture.js', ['train.worker.fixture.js']);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return site;
}
