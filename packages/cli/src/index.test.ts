import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const packages = [
  'core',
  'datasets',
  'engine',
  'layers',
  'losses',
  'metrics',
  'models',
  'report',
  'studies',
  'studies/search',
  'trainer',
] as const;

/** The source of an entry point: `studies/search` is a second one of its package. */
const locate = (name: string): string => `../../${name.replace(/(\/|$)/, '/src$1')}/index.ts`;

const parse = (path: string) => {
  const file = fileURLToPath(new URL(path, import.meta.url));
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
};

/** Names that a file exports one by one, types included, and the packages that it exports as a whole. */
function listExports(path: string): { readonly names: string[]; readonly whole: string[] } {
  const declarations = parse(path).statements.filter(ts.isExportDeclaration);
  return {
    names: declarations.flatMap(({ exportClause }) =>
      exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : [],
    ),
    whole: declarations.flatMap(({ exportClause, moduleSpecifier }) =>
      exportClause ? [] : [(moduleSpecifier as ts.StringLiteral).text],
    ),
  };
}

describe('footlight', () => {
  const own = listExports('index.ts');

  it('exports every package as a whole', () => {
    expect(own.whole.sort()).toEqual(packages.map((name) => `@footlight/${name}`));
  });

  it('says which one it means where two packages export one name, types included', () => {
    const all = packages.flatMap((name) => listExports(locate(name)).names);
    const twice = [...new Set(all.filter((name, at) => all.indexOf(name) !== at))];
    expect(twice).not.toEqual([]); // the packages were read
    for (const name of twice) expect(own.names).toContain(name);
  });

  it('holds every value of every package', async () => {
    const footlight = (await import('./index.js')) as Readonly<Record<string, unknown>>;
    for (const name of packages) {
      const exported = Object.keys((await import(new URL(locate(name), import.meta.url).href)) as object);
      expect(exported.filter((each) => !(each in footlight))).toEqual([]);
    }
  });

  it('starts no backend and makes no tensor when it is imported', () => {
    const program = `import { tf } from '@footlight/engine';
      await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      console.log(JSON.stringify([Object.keys(tf.engine().registry), tf.memory().numTensors]));`;
    const flags = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx'), '--input-type=module'];
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const output = execFileSync(process.execPath, [...flags, '--eval', program], { cwd, encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual([[], 0]);
  });
});
