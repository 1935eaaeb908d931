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
import ials from './experiments/latest-small/ials.js';
import popularity from './experiments/latest-small/popularity.js';

// What `npm start` shows: models trained on the bundled data, their metrics beside a baseline, what the one with the
// best lists on the validation part recommends, and what to try next.

const experiments: readonly (readonly [name: string, experiment: Experiment])[] = [
  ['latest-small/popularity', popularity],
  ['latest-small/factorization-bpr', factorization],
  ['latest-small/ials', ials],
];
const metric = 'ndcg@10';
const artifact = fileURLToPath(new URL('artifacts/latest-small.safetensors', import.meta.url));
const likes = ['Alien (1979)', 'Blade Runner (1982)', 'Terminator, The (1984)'];
const user = 1;
const film = 'Toy Story (1995)';

// A reader such as `head` may close the output before its end.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
process.stderr.on('error', () => {});
await useBackend();
const runs: Run[] = [];
for (const [name, experiment] of experiments) runs.push(await run(name, experiment));
const best = runs.reduce((one, other) => (readValidation(other) > readValidation(one) ? other : one));
await save(best);
print(describeMetrics());
print(await describeRecommendations(best.outcome.recommender));
print(describeNextSteps());

interface Run {
  readonly name: string;
  readonly experiment: Experiment;
  readonly outcome: Outcome;
}

async function run(name: string, experiment: Experiment): Promise<Run> {
  const outcome = await runExperiment(experiment, { onProgress: showProgress(name) });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  return { name, experiment, outcome };
}

function readValidation({ outcome }: Run): number {
  return outcome.validation?.[metric]?.mean ?? Number.NEGATIVE_INFINITY;
}

/** One line that is rewritten; none where stderr is not a terminal. */
function showProgress(name: string): OnProgress {
  return ({ label, done, total }) => {
    if (!process.stderr.isTTY) return;
    const share = total === undefined ? '' : ` ${Math.floor((100 * done) / total)} %`;
    process.stderr.write(`\r\x1b[K${name} · ${label}${share}`);
  };
}

async function save({ outcome: { recommender, protocol, metrics }, experiment: { model } }: Run): Promise<void> {
  await saveArtifact(artifact, recommender, {
    model: { name: model.name, protocol: model.protocol },
    protocol,
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean])),
  });
}

function describeMetrics(): string {
  const results = runs.map(({ name, outcome }) => combineSeeds(name, [toSeedResult(outcome)]));
  const [first, ...others] = results as [ExperimentResult, ...ExperimentResult[]];
  const { sizes } = best.outcome;
  const seconds = runs.reduce((sum, { outcome }) => sum + outcome.seconds.train, 0);
  return [
    `MovieLens latest-small, bundled: ${sizes.users} users, ${sizes.items} films, ${sizes.train} training ratings.`,
    'The last film of each user is ranked among all films that the user has not seen.',
    `The models were trained in ${seconds.toFixed(1)} s.`,
    '',
    formatResultTable([first, ...others]),
    '',
    `Run again: npx pnpm footlight run ${runs.map(({ name }) => name).join(' ')}`,
    `${best.name} has the best lists of the validation part (${metric} ${readValidation(best).toFixed(4)}):`,
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
