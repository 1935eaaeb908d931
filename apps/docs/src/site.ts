import { join } from 'node:path';
import { build as buildPage } from 'vite';
import { build, createServer } from 'vitepress';
import { generateApi } from './api/generate-api.js';
import { repositoryUrl } from './api/packages.js';
import { findDeadAnchors, findDeadSourceLinks, readBuiltPages } from './links.js';
import { app, playground, root, site } from './paths.js';

const commands: Readonly<Record<string, () => Promise<void>>> = {
  async build() {
    await generateApi();
    await build(app);
    const pages = readBuiltPages(site);
    const dead = [
      ...findDeadAnchors(pages, process.env.FOOTLIGHT_DOCS_BASE),
      ...findDeadSourceLinks(pages, repositoryUrl, root),
    ];
    if (dead.length > 0) throw new Error(dead.join('\n'));
    await buildPage({
      root: playground,
      logLevel: 'warn',
      build: { outDir: join(site, 'playground'), emptyOutDir: true },
    });
  },
  async dev() {
    await generateApi();
    const server = await createServer(app);
    await server.listen();
    server.printUrls();
  },
};

const [name = ''] = process.argv.slice(2);
const command = commands[name];
if (!command) throw new Error(`docs: expected build or dev, received ${name || 'nothing'}.`);
await command();
