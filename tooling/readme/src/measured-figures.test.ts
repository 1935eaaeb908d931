import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findUnsourcedFigures } from './measured-figures.js';
import { markdownFiles, root } from './repository.js';

const table = '| model | ndcg |\n| --- | --- |\n| a | .4116 |\n| b | .4050 |\n| c | .4008 |\n';

describe('findUnsourcedFigures', () => {
  it('finds tables without a command in their section', () => {
    expect(findUnsourcedFigures(`# One\n\n\`npm run bench\` measures.\n\n## Two\n\n${table}`)).toEqual([
      { line: 7, text: '| model | ndcg |' },
    ]);
    for (const command of [
      '`npx footlight run a`',
      '```sh\npython a.py\n```',
      '[a script](../a.py)',
      '<!-- results a -->',
    ])
      expect(findUnsourcedFigures(`# One\n\n${table}\n${command}\n`)).toEqual([]);
  });

  it('finds sentences with figures that name no script', () => {
    const text = 'A [script](a.py) prints 0.1977.\n\n- One has 0.4116.\n- Another has 0.41.\n';
    expect(findUnsourcedFigures(text)).toEqual([{ line: 3, text: '- One has 0.4116.' }]);
  });

  it('leaves code, comments and short decimals alone', () => {
    expect(
      findUnsourcedFigures('`0.4116`\n\n```ts\nconst a = 0.4116;\n```\n\n<!-- value 0.4116 -->\n\n0.41\n'),
    ).toEqual([]);
  });
});

/** Changes, and figures below the command that drew them all. */
const isGenerated = (file: string): boolean => /CHANGELOG\.md$|results\/figures\/README\.md$/.test(file);

describe('every measured figure of the repository', () => {
  const pages = join(root, 'apps/docs/pages');
  const files = [
    ...markdownFiles(),
    ...markdownFiles(join(pages, 'guide')),
    ...markdownFiles(join(pages, 'reproductions')),
  ];

  it.each(files.filter((file) => !isGenerated(file)).map((file) => relative(root, file)))('%s', (file) =>
    expect(findUnsourcedFigures(readFileSync(join(root, file), 'utf8'))).toEqual([]),
  );
});
