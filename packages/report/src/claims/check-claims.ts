import { invalid } from '@footlight/core';
import type { ClaimGroup } from './claim.js';

const texts = ['statement', 'better', 'than', 'metric', 'experiment', 'figure', 'source'];
const known = [...texts, 'published', 'bound', 'part'];

/**
 * Checks claims that come from a file.
 *
 * @param place what the error names, e.g. the path of the file
 * @throws {RecsysError} `invalid-argument` that names the claim, what was expected, and what came
 */
export function checkClaims(groups: unknown, place: string): readonly ClaimGroup[] {
  if (!Array.isArray(groups)) invalid(place, 'a list of groups of claims', describe(groups));
  for (const [at, group] of groups.entries()) checkGroup(group, `${place}, group ${at}`);
  return groups as ClaimGroup[];
}

function checkGroup(group: unknown, place: string): void {
  if (!isObject(group)) invalid(place, "{ title: '…', claims: […] }", describe(group));
  if (!isText(group['title'])) invalid(`${place}: title`, 'a text', describe(group['title']));
  const { title, claims } = group;
  for (const name of ['link', 'folder'])
    if (group[name] !== undefined && !isText(group[name]))
      invalid(`${place} (${title}): ${name}`, 'a text', describe(group[name]));
  if (group['link'] !== undefined && !/^https?:\/\//.test(String(group['link'])))
    invalid(`${place} (${title}): link`, 'an address that begins with https://', describe(group['link']));
  if (!Array.isArray(claims)) invalid(`${place} (${title}): claims`, 'a list of claims', describe(claims));
  for (const [at, claim] of claims.entries()) checkClaim(claim, `${place} (${title}), claim ${at}`);
}

function checkClaim(claim: unknown, place: string): void {
  if (!isObject(claim))
    invalid(place, "{ statement: '…', better: '…', than: '…', metric: '…' } or a figure", describe(claim));
  const unknown = Object.keys(claim).find((name) => !known.includes(name));
  if (unknown !== undefined) invalid(place, `one of ${known.join(', ')}`, unknown);
  const isBetter = 'better' in claim || 'than' in claim;
  const needed = isBetter ? ['statement', 'better', 'than', 'metric'] : ['statement', 'experiment', 'metric', 'figure'];
  for (const name of needed) if (!isText(claim[name])) invalid(`${place}: ${name}`, 'a text', describe(claim[name]));
  for (const name of texts)
    if (claim[name] !== undefined && !isText(claim[name]))
      invalid(`${place}: ${name}`, 'a text', describe(claim[name]));
  if (isBetter && claim['better'] === claim['than'])
    invalid(`${place}: than`, 'another experiment than the better one', describe(claim['than']));
  if (!isBetter) checkFigure(claim['figure'], `${place}: figure`);
  const { published, bound, part } = claim;
  if (published !== undefined) checkPublished(published, `${place}: published`);
  if (bound !== undefined && bound !== 'equal' && bound !== 'at least')
    invalid(`${place}: bound`, '`equal` or `at least`', describe(bound));
  if (part !== undefined && part !== 'validation' && part !== 'test')
    invalid(`${place}: part`, '`validation` or `test`', describe(part));
}

function checkPublished(published: unknown, place: string): void {
  if (!Array.isArray(published) || published.length !== 2)
    invalid(place, 'the figures of both experiments', describe(published));
  for (const figure of published) checkFigure(figure, place);
}

/** A decimal number, with or without an exponent. */
function checkFigure(figure: unknown, place: string): void {
  if (!isText(figure) || !/^[-−]?\d*\.?\d+(e[-+]?\d+)?$/i.test(figure))
    invalid(place, "a number as printed, as a text, e.g. '0.110'", describe(figure));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const describe = (value: unknown): string => JSON.stringify(value) ?? String(value);
