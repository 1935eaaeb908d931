import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runProgram } from '@footlight/tooling-setup/run-child';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** How TypeScript finds packages: Node's own way, and that of Vite, esbuild and webpack. */
export const resolutions = { nodenext: 'nodenext', bundler: 'esnext' } as const;

/**
 * Checks a strict TypeScript program against installed packages, their declaration files included (`skipLibCheck` off).
 * Faults in the declaration files of other packages, such as TensorFlow.js, are left out.
 *
 * @returns what is wrong
 */
export async function checkTypes(
  project: string,
  text: string,
  resolution: keyof typeof resolutions,
): Promise<string[]> {
  const file = `consumer-${resolution}.ts`;
  writeFileSync(join(project, file), text);
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023', 'dom'],
    module: resolutions[resolution],
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
  };
  const config = `tsconfig.${resolution}.json`;
  writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files: [file] }));
  const { stdout } = await runProgram(process.execPath, [tsc, '-p', config, '--pretty', 'false'], { cwd: project });
  return selectOwnErrors(stdout).map((error) => `types, ${resolution}: ${error}`);
}

/** Keeps the errors of the program and of Footlight's packages. */
export function selectOwnErrors(output: string): string[] {
  return output
    .split(/\n(?=\S)/)
    .map((error) => error.trim())
    .filter(
      (error) =>
        error !== '' && (!error.startsWith('node_modules/') || /^node_modules\/(@footlight|footlight)\//.test(error)),
    );
}
