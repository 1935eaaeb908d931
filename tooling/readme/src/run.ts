import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { components } from './components.js';
import { readOutput } from './examples.js';
import { headlineTable } from './headlines.js';
import { markdownFiles, packages, root } from './repository.js';
import { fenced, fillSections, type Section, table } from './sections.js';
import { speedTable } from './speed.js';

const examples = join(root, 'examples');
const benchmarks = join(root, 'apps/benchmarks');
const headlines = await headlineTable(benchmarks);

function fill(file: string, { kind, argument }: Section): string | undefined {
  switch (kind) {
    case 'example':
      return fenced('ts', readFileSync(join(examples, argument), 'utf8'));
    case 'output':
      return fenced('text', readOutput(examples, argument.replace(/\.ts$/, '')));
    case 'components':
      return table(
        ['component', 'what it is'],
        components(join(dirname(file), argument || 'src/index.ts')).map(({ name, sentence }) => [
          `\`${name}\``,
          sentence,
        ]),
      );
    case 'packages':
      return table(
        ['package', 'what it holds'],
        packages().map(({ folder, name, description }) => [`[\`${name}\`](packages/${folder}/README.md)`, description]),
      );
    case 'headlines':
      return headlines;
    case 'speed':
      return speedTable(join(benchmarks, 'performance/results'));
    case 'drawing':
      return fenced('text', readFileSync(join(root, 'tooling/structure/drawing.txt'), 'utf8'));
    default:
      return undefined;
  }
}

const check = process.argv.includes('--check');
for (const file of markdownFiles()) {
  try {
    const before = readFileSync(file, 'utf8');
    const after = fillSections(before, (section) => fill(file, section));
    if (before === after) continue;
    if (!check) writeFileSync(file, after);
    else
      complain(
        `${relative(root, file)}: expected the sections as \`npm run fix\` writes them, received others. Run it.`,
      );
  } catch (error) {
    complain(`${relative(root, file)}: ${(error as Error).message}`);
  }
}

function complain(text: string): void {
  console.error(text);
  process.exitCode = 1;
}
