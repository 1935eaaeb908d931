import { toMarkdownText } from '@footlight/core';
import type { Figure } from '@footlight/report';
import { quoteForShell } from './format-command.js';

/** Markdown that shows the figures of a folder with their descriptions, below the command that drew them. */
export function formatFigurePage(
  figures: readonly Pick<Figure, 'id' | 'title' | 'description'>[],
  names: readonly string[],
  folder: string,
  studies: readonly string[] = [],
): string {
  const chosen = studies.flatMap((study) => ['--study', study]);
  const command = ['footlight', 'report', ...names, ...chosen, '--figures', folder].map(quoteForShell).join(' ');
  const shown = figures.map(
    ({ id, title, description }) =>
      `## ${toMarkdownText(title)}\n\n${toMarkdownText(description)}\n\n![${toMarkdownText(title)}](${id}.svg)\n`,
  );
  return [`# Figures\n\nDrawn with\n\n\`\`\`sh\n${command}\n\`\`\`\n`, ...shown].join('\n');
}
