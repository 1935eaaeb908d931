import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  Application,
  Comment,
  Converter,
  type DeclarationReflection,
  OptionDefaults,
  type ParameterReflection,
  type ProjectReflection,
  type TypeDocOptions,
} from 'typedoc';
import type { MarkdownRenderer, PluginOptions } from 'typedoc-plugin-markdown';
import { pages, root } from '../paths.js';
import { listComponents } from './components.js';
import { componentsFile, sidebarFile } from './files.js';
import { listEntryPoints, repositoryUrl } from './packages.js';
import { createSourceProgram } from './program.js';
import { createSidebar } from './sidebar.js';

import { ApiTheme } from './theme.js';

const markdown: Partial<PluginOptions> = {
  entryFileName: 'index',
  excludeScopesInPaths: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  indexFormat: 'table',
  interfacePropertiesFormat: 'htmlTable',
  typeAliasPropertiesFormat: 'htmlTable',
  parametersFormat: 'htmlTable',
  tableColumnSettings: { hideModifiers: true, hideSources: true, hideInherited: true, hideOverrides: true },
  pageTitleTemplates: { index: 'API reference', module: '{name}', member: '{name}' },
};

/** Writes the API reference of every package as Markdown below `pages/api`, and its sidebar. */
export async function generateApi(): Promise<void> {
  const application = await Application.bootstrapWithPlugins(typedocOptions(), []);
  application.converter.on(Converter.EVENT_CREATE_PARAMETER, nameOptions);
  (application.renderer as MarkdownRenderer).defineTheme('footlight', ApiTheme);
  const project = convertPackages(application);
  await application.generateOutputs(project);
  if (application.logger.hasErrors()) throw new Error('docs: TypeDoc reported the errors above.');
  await writeJson(sidebarFile, createSidebar(project));
  await writeJson(componentsFile, listComponents(project));
}

function typedocOptions(): TypeDocOptions & Partial<PluginOptions> {
  return {
    ...markdown,
    name: 'Footlight',
    plugin: ['typedoc-plugin-markdown'],
    theme: 'footlight',
    router: 'member',
    outputs: [{ name: 'markdown', path: join(pages, 'api') }],
    basePath: root,
    readme: 'none',
    blockTags: [...OptionDefaults.blockTags, '@shape', '@source', '@denominator'],
    groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases'],
    sort: ['source-order'],
    excludePrivate: true,
    excludeInternal: true,
    excludeExternals: true,
    logLevel: 'Warn',
  };
}

const introduction = [
  'Every package, from its doc comments. The package `footlight` exports all of them:',
  "`import { movielens, factorization } from 'footlight'`.",
  '`@footlight/kernels` has the C++ kernels, which `@footlight/engine` calls.',
].join(' ');

/** Every entry point is a module that bears its name and a description. */
function convertPackages(application: Application): ProjectReflection {
  const entryPoints = listEntryPoints();
  const program = createSourceProgram(entryPoints.map(({ file }) => file));
  const project = application.converter.convert(
    entryPoints.map(({ name, file }) => ({ displayName: name, program, sourceFile: program.getSourceFile(file)! })),
  );
  for (const module of project.children ?? []) {
    const { description = '' } = entryPoints.find(({ name }) => name === module.name) ?? {};
    module.comment = new Comment([{ kind: 'text', text: `${description}.` }]);
  }
  linkSources(project);
  project.comment = new Comment([{ kind: 'text', text: introduction }]);
  return project;
}

/** Sources are read from the clone, and linked to on the web. */
function linkSources({ reflections }: ProjectReflection): void {
  for (const { sources = [] } of Object.values(reflections) as DeclarationReflection[])
    for (const source of sources) {
      const path = relative(root, source.fullFileName).replaceAll('\\', '/');
      source.url = `${repositoryUrl}/blob/main/${path}#L${source.line}`;
    }
}

/** A destructured parameter has no name of its own. */
function nameOptions(_context: unknown, parameter: ParameterReflection): void {
  if (parameter.name === '__namedParameters') parameter.name = 'options';
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
