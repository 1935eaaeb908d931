import { shortHash, toMarkdownCode, toMarkdownText } from '@footlight/core';
import { markdownTable } from 'markdown-table';
import { CARD_FORMAT, type CardMetric, type ModelCard } from './types.js';

/**
 * Formats a card as Markdown. Its first line has a hash of the rest, by which a card that was changed by hand is told.
 *
 * @example
 * formatModelCard(card).startsWith('<!-- footlight-model-card-1 ') // true
 */
export function formatModelCard(card: ModelCard): string {
  const text = formatSections(card);
  return `<!-- ${CARD_FORMAT} ${shortHash(text)} -->\n${text}`;
}

/** Whether a text is a card in Markdown as it was written. */
export function isOwnMarkdown(text: string): boolean {
  const end = text.indexOf('\n');
  return text.slice(0, end) === `<!-- ${CARD_FORMAT} ${shortHash(text.slice(end + 1))} -->`;
}

function formatSections({
  name,
  date,
  artifact,
  model,
  data,
  protocol,
  metrics,
  training,
  seed,
  backend,
  environment,
  command,
  intendedUse,
  limits,
}: ModelCard): string {
  const { node, platform, cpu, threads, versions } = environment;
  const { hash, ...fields } = protocol;
  const list = (lines: readonly string[]) => lines.map((line) => `- ${toMarkdownText(line)}`).join('\n');
  const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2).replaceAll('```', "'''")}\n\`\`\``;
  const archives = data.archives ?? [];
  return [
    `# ${toMarkdownText(name)}`,
    `Model ${toMarkdownCode(model.name)} with ${model.parameters} parameter values, in the file ` +
      `${toMarkdownCode(artifact.file)} (SHA-256 \`${artifact.hash}…\`), saved at ${date}.`,
    `## Intended use\n\n${list(intendedUse)}`,
    `## Limits\n\n${list(limits)}`,
    '## Metrics\n\nMeans over the queries of the test part, with 95 % intervals over users.\n\n' +
      formatMetrics(metrics),
    `## Data\n\n${list([
      `Name: ${data.name}`,
      `Licence: ${data.license ?? 'not stated'}`,
      `${data.users} users, ${data.items} items, ${data.train} training and ${data.test} test interactions`,
      `Fingerprint: ${String(data.fingerprint ?? 'none')}`,
      ...archives.map(({ fileName, checksum }) => `Archive: ${fileName} (checksum: ${checksum})`),
      `User ids and histories in the file: ${artifact.histories ? 'yes' : 'no'}`,
    ])}`,
    `## Training\n\nSeed ${seed}, backend ${backend}. Options of the model:\n\n${json(model.protocol)}`,
    ...(training ? [`Options of the training:\n\n${json(training)}`] : []),
    ...(command === undefined ? [] : [`Command:\n\n\`\`\`sh\n${command.replaceAll('```', "'''")}\n\`\`\``]),
    `## Protocol\n\nHash \`${hash}\`.\n\n${json(fields)}`,
    `## Environment\n\n${list([
      `Node ${node} on ${platform}, ${threads} × ${cpu}`,
      ...Object.entries(versions).map(([what, version]) => `${what} ${version}`),
    ])}`,
  ]
    .join('\n\n')
    .concat('\n');
}

function formatMetrics(metrics: ModelCard['metrics']): string {
  const rows = Object.entries(metrics).map(([metric, { mean, interval, count }]: [string, CardMetric]) => [
    toMarkdownText(metric),
    mean === null ? 'not defined' : mean.toPrecision(4),
    interval ? `${interval[0].toPrecision(4)} to ${interval[1].toPrecision(4)}` : '',
    String(count),
  ]);
  return markdownTable([['metric', 'mean', '95 % interval', 'queries'], ...rows], { align: ['l', 'r', 'r', 'r'] });
}
