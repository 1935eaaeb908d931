import { build, createServer } from 'vitepress';
import { findDeadAnchors, readBuiltPages } from './anchors.js';
import { generateApi } from './api/generate-api.js';
import { app, site } from './paths.js';

const commands: Readonly<Record<string, () => Promise<void>>> = {
  async build() {
    await generateApi();
    await build(app);
    const dead = findDeadAnchors(readBuiltPages(site), process.env.FOOTLIGHT_DOCS_BASE);
    if (dead.length > 0) throw new Error(dead.join('\n'));
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
