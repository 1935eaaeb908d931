import { readFileSync } from 'node:fs';
import { createPaletteCss, figureCss } from '@footlight/report';
import { type DefaultTheme, defineConfig, type UserConfig } from 'vitepress';
import { sidebarFile } from './api/files.js';
import { repositoryUrl } from './api/packages.js';
import { readPublishedCells } from './content/cells.js';
import { createDirectives } from './content/directives.js';
import { equations } from './content/equations.js';
import { expand } from './content/expand.js';
import { readPublishedValues } from './content/experiments.js';
import { readCommandLine } from './content/program.js';
import { readStoredResults } from './content/results.js';
import { readStoredStudies } from './content/studies.js';
import { guideSidebar, navigation } from './navigation.js';

const directives = createDirectives(
  await readStoredResults(),
  await readPublishedValues(),
  await readPublishedCells(),
  await readCommandLine(),
  await readStoredStudies(),
);
/** Figures follow the site's own switch between light and dark, not the system's. */
const figureColors = createPaletteCss(':root').replace(
  /@media \(prefers-color-scheme: dark\) \{ :root (.*) \}$/m,
  '.dark $1',
);

/** Below which path the site lies on its host. */
const base = process.env.FOOTLIGHT_DOCS_BASE ?? '/';

export const siteConfig: UserConfig<DefaultTheme.Config> = defineConfig({
  title: 'Footlight',
  description: 'Recommender systems in TypeScript: build, train and evaluate recommender models on TensorFlow.js',
  lang: 'en',
  base,
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: 'node_modules/.cache/vitepress',
  cleanUrls: true,
  metaChunk: true,
  vite: { build: { chunkSizeWarningLimit: 2000 } }, // the search index
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}logo.svg` }],
    ['style', {}, `${figureColors}\n${figureCss}`],
  ],
  markdown: {
    config(md) {
      expand(md, directives);
      equations(md);
    },
  },
  themeConfig: {
    logo: '/logo.svg',
    nav: navigation,
    sidebar: { ...(JSON.parse(readFileSync(sidebarFile, 'utf8')) as object), '/': guideSidebar },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: repositoryUrl }],
    search: {
      provider: 'local',
      options: {
        // Figures and equations are no words that people look for.
        _render(source, env, md) {
          return md.render(source, env).replace(/<svg[\s\S]*?<\/svg>|<span class="katex[\s\S]*?<\/math>/g, '');
        },
      },
    },
  },
});
