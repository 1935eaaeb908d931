import type { Figure } from '@footlight/report';
import { quoteForShell } from './format-command.js';

/** Markdown that shows the figures of a folder with their descriptions, below the command that drew them. */
export function formatFigurePage(
  figures: readonly Pick<Figure, 'id' | 'title' | 'description'>[],
  names: readonly string[],
  folder: string,
): string {
  const command = ['footlight', 'report', ...names, '--figures', folder].map(quoteForShell).join(' ');
  const shown = figures.map(
    ({ id, title, description }) => `## ${title}\n\n${description}\n\n![${title}](${id}.svg)\n`,
  );
  return [`# Figures\n\nDrawn from stored results with\n\n\`\`\`sh\n${command}\n\`\`\`\n`, ...shown].join('\n');
}
