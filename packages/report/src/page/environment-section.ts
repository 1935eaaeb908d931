import type { StoredResult } from '../result.js';
import { renderTable, type Section } from './elements.js';
import { html } from './html.js';

/** Machines and versions that produced the results, and the commands that reproduce them. */
export function renderEnvironmentSection(results: readonly StoredResult[]): Section {
  return {
    id: 'environment',
    title: 'Environment',
    body: html`${renderTable({
      caption: 'Machines that ran the experiments',
      columns: ['processor', 'threads', 'platform', 'Node', 'versions', 'experiments'].map((title) => ({ title })),
      rows: [...countByMachine(results).values()].map(
        ({ environment: { cpu, threads, platform, node, versions }, experiments }) => [
          cpu,
          String(threads),
          platform,
          node,
          Object.entries(versions)
            .map((each) => each.join(' '))
            .join(', '),
          String(experiments),
        ],
      ),
    })}
${renderTable({
  caption: 'Commands that reproduce the results',
  columns: [
    { title: 'experiment' },
    { title: 'command' },
    { title: 'training (s)', align: 'right' },
    { title: 'date' },
  ],
  rows: results.map(({ experiment, command, seconds, date }) => [
    experiment,
    html`<code class="command">${command}</code>`,
    seconds.train.toFixed(1),
    date.slice(0, 10),
  ]),
})}`,
  };
}

interface Machine {
  readonly environment: StoredResult['environment'];
  readonly experiments: number;
}

function countByMachine(results: readonly StoredResult[]): Map<string, Machine> {
  const found = new Map<string, Machine>();
  for (const { environment } of results) {
    const key = JSON.stringify(environment);
    found.set(key, { environment, experiments: (found.get(key)?.experiments ?? 0) + 1 });
  }
  return found;
}
