import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@footlight/engine';
import { combineSeeds, type ExperimentResult, formatResultTable, toSeedResult } from '@footlight/report';
import { type Experiment, type Outcome, type Recommender, runExperiment } from '@footlight/trainer';
import { command } from './command.js';
import { experimentOf } from './experiments.js';
import { progressBar } from './progress-bar.js';
import { numbered } from './recommend.js';
import { keepArtifact } from './run-and-store.js';

// What `npm start` shows: a model trained on the data that come along, how good it is, and what it recommends.

const rows = ['latest-small/popularity', 'latest-small/factorization-bpr'] as const;
const artifact = fileURLToPath(new URL('../artifacts/latest-small.safetensors', import.meta.url));
const likes = ['Alien (1979)', 'Blade Runner (1982)', 'Terminator, The (1984)'];
const user = 1;
const film = 'Toy Story (1995)';

await command(async (signal) => {
  await useBackend();
  const floor = await run(rows[0], await experimentOf(rows[0]), signal);
  const experiment = await experimentOf(rows[1]);
  const trained = await run(rows[1], experiment, signal);
  await keepArtifact(artifact, trained, experiment);
  say(measured(floor, trained));
  say(await shown(trained.recommender));
  say(nextSteps());
});

async function run(row: string, experiment: Experiment, signal: AbortSignal): Promise<Outcome> {
  const bar = progressBar(row);
  try {
    return await runExperiment(experiment, { signal, onProgress: bar.show });
  } finally {
    bar.clear();
  }
}

function measured(...outcomes: readonly [Outcome, Outcome]): string {
  const results = outcomes.map((outcome, at) => combineSeeds(rows[at]!, [toSeedResult(outcome)])) as [
    ExperimentResult,
    ExperimentResult,
  ];
  const [{ sizes }, { epochs, seconds }] = outcomes;
  return [
    `MovieLens latest-small, bundled: ${sizes.users} users, ${sizes.items} films, ${sizes.train} ratings to learn from.`,
    `Each user's last film is to be found among all films that the user has not seen. Trained ${epochs.length} epochs in ${seconds.train.toFixed(1)} s.`,
    '',
    formatResultTable(results),
    '',
    `Again: npx pnpm footlight run ${rows.join(' ')}`,
  ].join('\n');
}

async function shown(recommender: Recommender): Promise<string> {
  const history = likes.map((title) => recommender.findItem(title));
  return [
    `User ${user} gave five stars to, among others,\n${titles(bestOf(recommender, 5))}\nand may like`,
    numbered(await recommender.recommend({ user }, 5)),
    `\nSomebody who liked ${likes.join(', ')} may like`,
    numbered(await recommender.recommend({ history }, 5)),
    `\nFilms like ${film}`,
    numbered(await recommender.similarItems(recommender.findItem(film), 5)),
  ].join('\n');
}

/** The last films that the user rated highest. */
function bestOf({ known: { catalogue, users, items, ratings } }: Recommender, count: number): string[] {
  const dense = Array.from(catalogue.userIds, Number).indexOf(user);
  const loved = [...users.keys()].filter((row) => users[row] === dense && ratings?.[row] === 5);
  return loved.slice(-count).map((row) => catalogue.itemTitles![items[row]!]!);
}

function titles(list: readonly string[]): string {
  return list.map((title) => `  · ${title}`).join('\n');
}

function nextSteps(): string {
  return [
    `Ask it yourself:     npx pnpm footlight recommend ${relative(process.cwd(), artifact)} --history "${film}, Heat (1995)"`,
    'Published results:   npx pnpm footlight list',
    'A file of your own:  npx pnpm footlight run --table ratings.csv --user userId --item movieId --time timestamp',
  ].join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n\n`);
}
