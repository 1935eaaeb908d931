import { existsSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { RecsysError } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import { formatSummary, type ModelSummary, summarizeModel, summarizeParameters } from '@footlight/models';
import { describeArtifact, loadArtifact, summarizeExperiment } from '@footlight/trainer';
import type { ModelEntry } from '../components/component.js';
import { createComponent, findComponent } from '../components/create-component.js';
import { parseSpec } from '../components/parse-spec.js';
import type { Context } from '../context.js';
import { loadExperiments } from '../project/experiments.js';
import { findProject } from '../project/find-project.js';
import { printJson, printMarkdown } from '../terminal/print.js';
import { findModel, findRatings } from './find-model.js';
import type { SummaryOptions } from './types.js';

/** `footlight summary`: lists the parameters of an experiment's model, of a saved model, or of `--model`. */
export async function summary(name: string | undefined, options: SummaryOptions, context: Context): Promise<void> {
  assertSource(name, options);
  await useBackend(options.backend);
  const summarized =
    name === undefined
      ? await summarizeSpec(options)
      : isArtifact(resolve(context.cwd, name))
        ? await summarizeSaved(resolve(context.cwd, name), options, context)
        : await summarizeByName(name, options, context);
  if (options.json) printJson(context.out, [summarized]);
  else printMarkdown(context.out, formatSummary(summarized), { markdown: options.markdown });
}

function assertSource(name: string | undefined, { model, users, items, dim }: SummaryOptions): void {
  if ((name === undefined) === (model === undefined))
    fail('either an experiment or a saved model, or --model', name === undefined ? 'none' : `${name} and --model`);
  if (model !== undefined && (users === undefined || items === undefined))
    fail('--users and --items along with --model', users === undefined ? 'no --users' : 'no --items');
  const stray = Object.entries({ users, items, dim }).find(([, value]) => value !== undefined);
  if (model === undefined && stray) fail(`--model along with --${stray[0]}`, `${name}, which has its own`);
}

function fail(expected: string, received: string): never {
  throw new RecsysError('invalid-argument', `footlight summary: expected ${expected}, received ${received}.`);
}

/** Saved models have any name but that of a module. */
function isArtifact(path: string): boolean {
  const isModule = /^\.[mc]?[jt]s$/.test(extname(path));
  return extname(path) === '.safetensors' || (!isModule && existsSync(path) && statSync(path).isFile());
}

async function summarizeSpec({ model, users, items, dim }: SummaryOptions): Promise<ModelSummary> {
  const { name, options } = parseSpec('--model', model!);
  const { dimOptions } = findComponent<ModelEntry>('model', name, '--model');
  const dims = dim === undefined ? {} : Object.fromEntries(dimOptions.map((option) => [option, dim]));
  const created = await createComponent('model', { name, options: { ...options, ...dims } }, '--model');
  return summarizeModel(created, { userCount: users!, itemCount: items! });
}

async function summarizeSaved(path: string, options: SummaryOptions, { cwd }: Context): Promise<ModelSummary> {
  const description = await describeArtifact(path);
  const model = await findModel(description, options, cwd);
  const { predictor, catalogue } = await loadArtifact(path, model, findRatings(description));
  return summarizeParameters(model, catalogue, predictor.parameters);
}

async function summarizeByName(
  name: string,
  { experiments, data }: SummaryOptions,
  { cwd, signal }: Context,
): Promise<ModelSummary> {
  const project = await findProject(cwd, { experiments });
  const [found] = await loadExperiments([name], { cwd, project });
  return summarizeExperiment(found!.experiment, {
    signal,
    ...(data === undefined ? {} : { directory: resolve(cwd, data) }),
  });
}
