import type { Workspace } from './workspace-rules.js';

const repository = 'git+https://github.com/footlight/footlight.git';
const homepage = /^https:\/\/\S+$/;
const topics = ['recommender system', 'recommendation'];
const minimumKeywords = 5;

/** Names what the package.json of a published package lacks for npm's search, its pages and its provenance. */
export function findManifestProblems({ folder, manifest }: Workspace): string[] {
  if (!folder.startsWith('packages/') || manifest.private) return [];
  const { description, license, engines, keywords = [] } = manifest;
  const problems = [
    ...expected(typeof description === 'string' && description.length > 0, 'description', 'one sentence', description),
    ...expected(typeof license === 'string' && license.length > 0, 'license', 'an SPDX identifier', license),
    ...expected(typeof engines?.node === 'string', 'engines.node', 'a range of versions', engines?.node),
    ...expected(manifest.repository?.type === 'git', 'repository.type', 'git', manifest.repository?.type),
    ...expected(manifest.repository?.url === repository, 'repository.url', repository, manifest.repository?.url),
    ...expected(
      manifest.repository?.directory === folder,
      'repository.directory',
      folder,
      manifest.repository?.directory,
    ),
    ...expected(homepage.test(manifest.homepage ?? ''), 'homepage', 'an address', manifest.homepage),
    ...expected(homepage.test(manifest.bugs?.url ?? ''), 'bugs.url', 'an address', manifest.bugs?.url),
    ...expected(keywords.length >= minimumKeywords, 'keywords', `at least ${minimumKeywords}`, keywords.length),
    ...expected(
      keywords.some((keyword) => topics.includes(keyword)),
      'keywords',
      `one of ${topics.map((topic) => JSON.stringify(topic)).join(', ')}`,
      keywords.join(', ') || undefined,
    ),
  ];
  return problems.map((problem) => `${folder}/package.json: ${problem}`);
}

function expected(holds: boolean, field: string, wanted: string, received: unknown): string[] {
  return holds ? [] : [`expected ${field} to be ${wanted}, received ${received ?? 'none'}. Add it.`];
}
