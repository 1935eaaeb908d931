import { runProgram } from '@footlight/tooling-setup/run-child';
import type { PublishedPackage } from './published-packages.js';

/** Packs a package as `pnpm publish` does. @returns the archive */
export async function pack({ folder }: Pick<PublishedPackage, 'folder'>, destination: string): Promise<string> {
  const args = ['pack', '--json', '--pack-destination', destination];
  const { code, stdout, output } = await runProgram('pnpm', args, { cwd: folder });
  if (code !== 0) throw new Error(`pnpm ${args.join(' ')}, in ${folder}: received exit code ${code} and:\n${output}`);
  return (JSON.parse(stdout.slice(stdout.indexOf('{'))) as { filename: string }).filename;
}
