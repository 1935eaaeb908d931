import { formatCount } from '@footlight/core';
import { PASSWORD_VARIABLE } from '@footlight/studies/redis';
import { stringify } from 'yaml';
import { quoteForShell } from '../actions/format-command.js';

/** What starts workers on a cluster; no text has a line break. */
export interface Manifest {
  /** Name of the job. */
  readonly name: string;
  /** The command that dispatches the trials. */
  readonly dispatch: string;
  /** The words of the command of a worker. */
  readonly command: readonly string[];
  readonly workers: number;
  /** Processors of each worker. */
  readonly cpus: number;
  /** GiB of each worker. */
  readonly memory: number;
  /** Whether Redis is known to have a password. */
  readonly hasPassword: boolean;
  readonly image: string;
  /** Kubernetes Secret of the password. */
  readonly secret: string;
}

/** Formats a Kubernetes Job: each of its pods is a worker, and ends with the study. */
export function formatKubernetesJob({ name, workers, cpus, memory, image, secret, ...manifest }: Manifest): string {
  const resources = { cpu: String(cpus), memory: `${memory}Gi` };
  const password = { name: secret, key: 'password', ...(!manifest.hasPassword && { optional: true }) };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      completions: workers,
      parallelism: workers,
      backoffLimit: workers * 2,
      template: {
        spec: {
          restartPolicy: 'OnFailure',
          containers: [
            {
              name: 'worker',
              image,
              // Kubernetes replaces $(NAME), and reads $$ as $.
              command: manifest.command.map((word) => word.replaceAll('$', '$$$$')),
              env: [
                { name: PASSWORD_VARIABLE, valueFrom: { secretKeyRef: password } },
                { name: 'FOOTLIGHT_THREADS', value: String(cpus) },
              ],
              resources: { requests: resources, limits: { memory: resources.memory } },
            },
          ],
        },
      },
    },
  };
  const comments = [
    `${formatCount(workers, 'worker')}. The image has the project with its packages, and the data.`,
    'Elsewhere, this dispatches trials:',
    `  ${manifest.dispatch}`,
    ...(manifest.hasPassword
      ? ['The password of Redis, here and there from the environment:']
      : ['If Redis has a password:']),
    `  kubectl create secret generic ${secret} --from-literal=password="$${PASSWORD_VARIABLE}"`,
  ];
  return `${formatComments(comments)}\n${stringify(job, { lineWidth: 0 })}`;
}

/** Formats a script for `sbatch`: each job of its array is a worker, and ends with the study. */
export function formatSlurmScript({ name, workers, cpus, memory, command, ...manifest }: Manifest): string {
  const options = [
    `--job-name=${name}`,
    `--array=1-${workers}`,
    '--ntasks=1',
    `--cpus-per-task=${cpus}`,
    `--mem=${memory}G`,
    '--output=%x-%A_%a.log',
    '--requeue',
  ];
  const comments = [
    `${formatCount(workers, 'worker')}. Submit this in the folder of the project: sbatch SCRIPT.`,
    'Elsewhere, this dispatches trials:',
    `  ${manifest.dispatch}`,
    `The password of Redis, if it has one, is that of the environment: export ${PASSWORD_VARIABLE}=…`,
  ];
  const needed = `: "\${${PASSWORD_VARIABLE}:?the password of Redis is expected in this variable}"`;
  const lines = [
    '#!/bin/bash',
    ...options.map((option) => `#SBATCH ${option}`),
    formatComments(comments),
    'set -euo pipefail',
    ...(manifest.hasPassword ? [needed] : []),
    `export FOOTLIGHT_THREADS=${cpus}`,
    `srun ${command.map(quoteForShell).join(' ')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function formatComments(lines: readonly string[]): string {
  return lines.map((line) => `# ${line}`).join('\n');
}
