import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram } from '@footlight/tooling-setup/run-child';

/** Makes an empty project outside the repository. @returns its folder */
export function createProject(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'footlight-consumer-')));
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  return folder;
}

/** What came of `npm install`. */
export interface Installation {
  readonly problems: string[];
  /** Why nothing could be installed: the registry cannot be reached. */
  readonly unreachable?: string;
}

const networkErrors = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/;

/** Installs packages and archives with npm, without a compiler on the path and without their scripts. */
export async function npmInstall(project: string, packages: readonly string[]): Promise<Installation> {
  const path = createPathWithoutCompiler(join(project, 'bin'));
  const { code, stdout, stderr } = await runProgram(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...packages],
    { cwd: project, env: { ...readNpmEnvironment(), PATH: path } },
  );
  if (code === 0) return { problems: [] };
  const [unreachable] = networkErrors.exec(stderr) ?? [];
  if (unreachable) return { problems: [], unreachable };
  return {
    problems: [`expected \`npm install\` to end with exit code 0, received ${code} and:\n${stdout}${stderr}`],
  };
}

/** The caller's environment without what pnpm and npm scripts add to it. */
function readNpmEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(?!config_(registry|cache|.*proxy)))|^PNPM|^INIT_CWD/i.test(name),
    ),
  );
}

/** A folder with Node, npm and a shell: no compiler, make or Python. */
function createPathWithoutCompiler(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of ['node', 'npm', 'sh']) {
    const found = name === 'node' ? process.execPath : findProgram(name);
    try {
      symlinkSync(found, join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return folder;
}

function findProgram(name: string): string {
  const beside = join(dirname(process.execPath), name);
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : beside;
}
