import { toMarkdownCode, toMarkdownText } from '@footlight/core';
import type { ArchiveUse } from '@footlight/datasets';
import { markdownTable } from 'markdown-table';
import type { Report } from './types.js';

/** The fields of a report, in the order of the JSON. */
const reportFields = [
  'name',
  'protocol',
  'metrics',
  'validation',
  'published',
  'publishedValidation',
  'training',
  'epochs',
  'bestEpoch',
  'testLoss',
  'search',
  'refitEpochs',
  'archives',
  'sizes',
  'seed',
  'backend',
  'environment',
  'seconds',
] as const satisfies readonly (keyof Report)[];

/**
 * Converts a report to JSON, without what belongs to the process (values per user, the model). Numbers that JSON lacks
 * become null.
 */
export function toJson(report: Report): string {
  const fields = Object.fromEntries(reportFields.map((field) => [field, report[field]]));
  return `${JSON.stringify(fields, null, 2)}\n`;
}

/** Converts a report to Markdown: the metrics, the protocol and the environment. */
export function toMarkdown(report: Report): string {
  const {
    name,
    protocol,
    metrics,
    validation,
    published,
    training,
    epochs,
    archives = [],
    sizes,
    seed,
    backend,
    environment,
    seconds,
  } = report;
  const rows = Object.entries(metrics).map(([metric, { mean, standardError, count }]) => [
    toMarkdownText(metric),
    formatNumber(published[metric]),
    formatNumber(mean),
    formatNumber(standardError),
    count,
    ...(validation ? [formatNumber(validation[metric]?.mean)] : []),
  ]);
  const { node, platform, cpu, threads, versions } = environment;
  const columns = ['metric', 'published', 'ours', 'standard error', 'queries', ...(validation ? ['validation'] : [])];
  const facts = [
    `- Data: ${sizes.users} users, ${sizes.items} items, ${sizes.train} training and ${sizes.test} test interactions`,
    ...(archives.length > 0 ? [`- Archives: ${archives.map(formatArchive).join(', ')}`] : []),
    ...(training ? [`- Training: ${toMarkdownCode(JSON.stringify(training))}`] : []),
    ...(epochs.length > 0 ? [`- Loss: ${epochs.map(({ loss }) => loss.toFixed(4)).join(' ')}`] : []),
    `- Seed ${seed}, backend ${backend}, Node ${node} on ${platform}, ${threads} × ${cpu}`,
    `- Versions: ${Object.entries(versions)
      .map(([what, version]) => `${what} ${version}`)
      .join(', ')}`,
    `- Seconds: ${Object.entries(seconds)
      .map(([part, value]) => `${part} ${value.toFixed(2)}`)
      .join(', ')}`,
  ];
  const { hash, ...fields } = protocol;
  return [
    `# ${toMarkdownText(name)}`,
    markdownTable([columns, ...rows.map((row) => row.map(String))], {
      align: ['l', ...columns.slice(1).map(() => 'r')],
    }),
    facts.join('\n'),
    `Protocol \`${hash}\`:`,
    `\`\`\`json\n${JSON.stringify(fields, null, 2)}\n\`\`\``,
  ]
    .join('\n\n')
    .concat('\n');
}

const checksums: Readonly<Record<ArchiveUse['checksum'], string>> = {
  published: 'of the publisher',
  bundled: "of Footlight's copy",
  other: "not the publisher's",
  unknown: 'none published',
};

const formatArchive = ({ fileName, checksum }: ArchiveUse): string =>
  `${toMarkdownText(fileName)} (checksum: ${checksums[checksum]})`;

const formatNumber = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '' : value.toPrecision(4);
