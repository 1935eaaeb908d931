import { type MarkdownItTexOptions, tex } from '@mdit/plugin-tex';
import katex from 'katex';
import type { MarkdownRenderer } from 'vitepress';

// VitePress and the plugin have different versions of markdown-it's types; the plugin uses what both have.
const plugin = tex as unknown as (md: MarkdownRenderer, options: MarkdownItTexOptions) => void;

/** Renders `$…$` and `$$…$$` while the site is built; a mistake in an equation fails the build. */
export function equations(md: MarkdownRenderer): void {
  md.use(plugin, {
    render(content: string, displayMode: boolean) {
      const html = katex.renderToString(content, { displayMode, throwOnError: true });
      return displayMode ? `<p v-pre class="equation">${html}</p>` : `<span v-pre>${html}</span>`;
    },
  });
}
