import type { MarkdownRenderer } from 'vitepress';

/** From the words after its name to Markdown or HTML. */
export type Directive = (words: readonly string[]) => string;

/** A comment, or code in a line, which stays as it is. */
const comment = /`[^`\n]+`|<!-- ([a-z][a-z-]*)((?: [^\s>]+)*) -->/g;

/**
 * Replaces comments such as `<!-- results talk/* -->` with what the directive of that name makes of the words, before
 * Markdown is rendered.
 *
 * @throws {Error} for a name that no directive has, so that a typing mistake fails the build
 */
export function expandDirectives(source: string, directives: Readonly<Record<string, Directive>>): string {
  return source.replace(comment, (whole, name: string | undefined, words: string) => {
    if (name === undefined) return whole;
    const directive = directives[name];
    if (!directive) throw new Error(`docs: expected one of ${Object.keys(directives).join(', ')}, received ${whole}.`);
    return directive(words.split(' ').filter((word) => word !== ''));
  });
}

/** The same as a plugin of VitePress's Markdown renderer, which pages and search index share. */
export function expand(md: MarkdownRenderer, directives: Readonly<Record<string, Directive>>): void {
  md.core.ruler.before('normalize', 'footlight-directives', (state) => {
    state.src = expandDirectives(state.src, directives);
  });
}
