import { invalid, RecsysError } from '@footlight/core';
import { compareProtocols } from '@footlight/trainer';
import { findSimilarNames } from '../assert-known-experiments.js';
import type { Decision } from '../decide-claim.js';
import type { NeverRun } from '../never-run.js';
import type { QueryValues } from '../query-values.js';
import type { MetricResult, StoredResult } from '../result.js';
import {
  type BetterClaim,
  type Claim,
  type ClaimGroup,
  type FigureClaim,
  isBetterClaim,
  listClaimExperiments,
} from './claim.js';
import { type BetterVerdict, decideBetter } from './decide-better.js';
import { decideFigure, type FigureVerdict } from './decide-figure.js';

/** What measurements say about a claim; `not measured` if an experiment has no result. */
export type ClaimDecision = Decision | 'not measured';

/** A claim that one experiment is better than another, and what measurements say about it. */
export interface TestedBetter {
  readonly claim: BetterClaim;
  readonly decision: ClaimDecision;
  /** Present if both experiments were measured. */
  readonly verdict?: BetterVerdict;
  /** The metric of both experiments, if they were measured. */
  readonly results: readonly [better: MetricResult | undefined, than: MetricResult | undefined];
  readonly missing: readonly string[];
}

/** A published figure, and what measurements say about it. */
export interface TestedFigure {
  readonly claim: FigureClaim;
  readonly decision: ClaimDecision;
  /** Present if the experiment was measured. */
  readonly verdict?: FigureVerdict;
  readonly result?: MetricResult;
}

/** A group of claims, tested. */
export interface TestedGroup extends Omit<ClaimGroup, 'claims'> {
  readonly comparisons: readonly TestedBetter[];
  readonly figures: readonly TestedFigure[];
}

/** What claims are tested with. */
export interface ClaimEvidence {
  readonly results: readonly StoredResult[];
  /** Values per user, of the results that have them. Default none. */
  readonly values?: readonly QueryValues[];
  /** Experiments of the project without a result. Default none. */
  readonly neverRun?: readonly Pick<NeverRun, 'experiment' | 'published'>[];
}

/**
 * Tests claims by stored results, by the rules of `decideBetter` and `decideFigure`. Published values of experiments
 * become claims by themselves: in the group whose `folder` is that of the experiment, else in a group of that folder.
 *
 * Claims about experiments that were not chosen, neither measured nor in `neverRun`, are left out, unless another
 * experiment of the claim was chosen.
 *
 * @throws {RecsysError} `invalid-argument` for a metric that an experiment does not have; `protocols-differ` for two
 *   experiments that were not measured on the same data
 */
export function testClaims(groups: readonly ClaimGroup[], evidence: ClaimEvidence): TestedGroup[] {
  const { results, neverRun = [] } = evidence;
  const stored = new Map(results.map((result) => [result.experiment, result]));
  const values = new Map((evidence.values ?? []).map((each) => [each.experiment, each]));
  const chosen = new Set([...results, ...neverRun].map(({ experiment }) => experiment));
  const published = [...results, ...neverRun.map((each) => ({ ...each, publishedValidation: undefined }))];
  return addPublished(groups, published)
    .map(({ claims, ...group }) => {
      const own = claims.filter((claim) => listClaimExperiments(claim).some((name) => chosen.has(name)));
      return {
        ...group,
        comparisons: own.filter(isBetterClaim).map((claim) => testBetter(claim, stored, values)),
        figures: own.filter((claim) => !isBetterClaim(claim)).map((claim) => testFigure(claim as FigureClaim, stored)),
      };
    })
    .filter(({ comparisons, figures }) => comparisons.length + figures.length > 0);
}

/**
 * Checks that the experiments of claims exist.
 *
 * @param known names of all experiments, measured or not
 * @throws {RecsysError} `unknown-experiment` that names the claim and similar names
 */
export function assertClaimExperiments(groups: readonly ClaimGroup[], known: readonly string[], place: string): void {
  for (const { title, claims } of groups)
    for (const claim of claims)
      for (const name of listClaimExperiments(claim))
        if (!known.includes(name)) {
          const similar = findSimilarNames(name, known);
          const hint = similar.length > 0 ? `Did you mean ${similar.join(' or ')}?` : 'See `footlight list`.';
          throw new RecsysError(
            'unknown-experiment',
            `${place} (${title}): expected the name of an experiment in "${claim.statement}", ` +
              `received ${name}. ${hint}`,
          );
        }
}

function testBetter(
  claim: BetterClaim,
  stored: ReadonlyMap<string, StoredResult>,
  values: ReadonlyMap<string, QueryValues>,
): TestedBetter {
  const [better, than] = [stored.get(claim.better), stored.get(claim.than)];
  const missing = [better ? [] : [claim.better], than ? [] : [claim.than]].flat();
  const results = [better && findMetric(better, claim), than && findMetric(than, claim)] as const;
  if (!better || !than) return { claim, decision: 'not measured', results, missing };
  assertSameProtocol(better, than, claim);
  const verdict = decideBetter(
    claim.metric,
    { result: results[0]!, values: values.get(claim.better) },
    { result: results[1]!, values: values.get(claim.than) },
  );
  return { claim, decision: verdict.decision, verdict, results, missing };
}

function testFigure(claim: FigureClaim, stored: ReadonlyMap<string, StoredResult>): TestedFigure {
  const measured = stored.get(claim.experiment);
  if (!measured) return { claim, decision: 'not measured' };
  const result = findMetric(measured, claim);
  const verdict = decideFigure(claim.metric, result, claim.figure, claim.bound);
  return { claim, decision: verdict.decision, verdict, result };
}

function findMetric(
  { experiment, metrics, validation = {} }: StoredResult,
  { metric, statement, ...claim }: Claim,
): MetricResult {
  const measured = 'part' in claim && claim.part === 'validation' ? validation : metrics;
  return (
    measured[metric] ??
    invalid(
      `the claim "${statement}": metric`,
      `one of ${Object.keys(measured).join(', ') || 'no metric'}`,
      `${metric} for ${experiment}`,
    )
  );
}

function assertSameProtocol(one: StoredResult, other: StoredResult, { statement }: BetterClaim): void {
  if (one.protocol.hash === other.protocol.hash) return;
  throw new RecsysError(
    'protocols-differ',
    `the claim "${statement}": expected experiments of one protocol, received ${one.experiment} and ` +
      `${other.experiment}, which differ in ${compareProtocols(one.protocol, other.protocol).join('; ')}.`,
  );
}

interface Published {
  readonly experiment: string;
  readonly published: Readonly<Record<string, number>>;
  readonly publishedValidation?: Readonly<Record<string, number>> | undefined;
  readonly metrics?: StoredResult['metrics'];
}

/** Adds published values that no claim is about. The loss and the best epoch of a write-up are no metrics. */
function addPublished(groups: readonly ClaimGroup[], experiments: readonly Published[]): ClaimGroup[] {
  const all = groups.map((group) => ({ ...group, claims: [...group.claims] }));
  const claimed = new Set(groups.flatMap(({ claims }) => claims).flatMap(identifyFigure));
  for (const experiment of experiments)
    for (const claim of listPublished(experiment)) {
      if (claimed.has(identifyFigure(claim)[0]!)) continue;
      const folder = claim.experiment.split('/')[0]!;
      let group = all.find((each) => each.folder === folder);
      if (!group) {
        group = { title: folder, folder, claims: [] };
        all.push(group);
      }
      group.claims.push(claim);
    }
  return all;
}

const identifyFigure = (claim: Claim): string[] =>
  isBetterClaim(claim) ? [] : [[claim.experiment, claim.metric, claim.part ?? 'test'].join('\n')];

function listPublished({ experiment, published, publishedValidation = {}, metrics }: Published): FigureClaim[] {
  const list = (values: Readonly<Record<string, number>>, part: 'validation' | 'test') =>
    Object.entries(values)
      .filter(([metric]) => (metrics ? metrics[metric] !== undefined : metric !== 'loss' && metric !== 'best epoch'))
      .map(([metric, value]) => ({ statement: experiment, experiment, metric, figure: String(value), part }));
  return [...list(publishedValidation, 'validation'), ...list(published, 'test')];
}
