import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  combineSeeds,
  type Experiment,
  type ExperimentResult,
  formatResultTable,
  type OnProgress,
  type Outcome,
  type Recommendation,
  type Recommender,
  runExperiment,
  saveArtifact,
  toSeedResult,
  useBackend,
} from 'footlight';
import factorization from './experiments/latest-small/factorization-bpr.js';
import popularity from './experiments/latest-small/popularity.js';

// What `npm start` shows: a model trained on the bundled data, its metrics beside a baseline, what it recommends, and
// what to try next.

const names = ['latest-small/popularity', 'latest-small/factorization-bpr'] as const;
const artifact = fileURLToPath(new URL('artifacts/latest-small.safetensors', import.meta.url));
const likes = ['Alien (1979)', 'Blade Runner (1982)', 'Terminator, The (1984)'];
const user = 1;
const film = 'Toy Story (1995)';

await useBackend();
const baseline = await run(names[0], popularity);
const trained = await run(names[1], factorization);
await save(trained, factorization);
print(describeMetrics(baseline, trained));
print(await describeRecommendations(trained.recommender));
print(describeNextSteps());

async function run(name: string, experiment: Experiment): Promise<Outcome> {
  const outcome = await runExperiment(experiment, { onProgress: showProgress(name) });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  return outcome;
}

/** One line that is rewritten; none where stderr is not a terminal. */
function showProgress(name: string): OnProgress {
  return ({ label, done, total }) => {
    if (!process.stderr.isTTY) return;
    const share = total === undefined ? '' : ` ${Math.floor((100 * done) / total)} %`;
    process.stderr.write(`\r\x1b[K${name} · ${label}${share}`);
  };
}

async function save({ recommender, protocol, metrics }: Outcome, { model }: Experiment): Promise<void> {
  await saveArtifact(artifact, recommender, {
    model: { name: model.name, protocol: model.protocol },
    protocol,
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean])),
  });
}

function describeMetrics(...outcomes: readonly [Outcome, Outcome]): string {
  const results = outcomes.map((outcome, at) => combineSeeds(names[at]!, [toSeedResult(outcome)])) as [
    ExperimentResult,
    ExperimentResult,
  ];
  const [{ sizes }, { epochs, seconds }] = outcomes;
  return [
    `MovieLens latest-small, bundled: ${sizes.users} users, ${sizes.items} films, ${sizes.train} training ratings.`,
    'The last film of each user is ranked among all films that the user has not seen.',
    `The model was trained for ${epochs.length} epochs in ${seconds.train.toFixed(1)} s.`,
    '',
    formatResultTable(results),
    '',
    `Run again: npx pnpm footlight run ${names.join(' ')}`,
  ].join('\n');
}

async function describeRecommendations(recommender: Recommender): Promise<string> {
  const history = likes.map((title) => recommender.findItem(title));
  return [
    `User ${user} gave five stars to these films, among others:`,
    listTitles(findBestRated(recommender, 5)),
    `Recommended to user ${user}:`,
    numberLines(await recommender.recommend({ user }, 5)),
    `\nRecommended to a new user who liked ${likes.join(', ')}:`,
    numberLines(await recommender.recommend({ history }, 5)),
    `\nFilms similar to ${film}:`,
    numberLines(await recommender.similarItems(recommender.findItem(film), 5)),
  ].join('\n');
}

/** Titles of the last films that the user rated highest. */
function findBestRated({ known: { catalogue, users, items, ratings } }: Recommender, count: number): string[] {
  const dense = Array.from(catalogue.userIds, Number).indexOf(user);
  const best = [...users.keys()].filter((row) => users[row] === dense && ratings?.[row] === 5);
  return best.slice(-count).map((row) => catalogue.itemTitles![items[row]!]!);
}

function listTitles(titles: readonly string[]): string {
  return titles.map((title) => `  · ${title}`).join('\n');
}

function numberLines(recommendations: readonly Recommendation[]): string {
  return recommendations.map(({ title }, at) => ` ${at + 1}. ${title}`).join('\n');
}

function describeNextSteps(): string {
  const path = relative(process.cwd(), artifact);
  return [
    `Recommend with this model: npx pnpm footlight recommend ${path} --history "${film}, Heat (1995)"`,
    'See published results:     npx pnpm footlight list',
    'Train on your own file:    npx pnpm footlight run --table ratings.csv --user userId --item movieId',
  ].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}
