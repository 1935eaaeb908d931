import { build, createServer } from 'vitepress';
import { generateApi } from './api/generate-api.js';
import { app } from './paths.js';

const commands: Readonly<Record<string, () => Promise<void>>> = {
  async build() {
    await generateApi();
    await build(app);
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
