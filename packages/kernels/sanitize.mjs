/**
 * Runs the kernels under sanitizers: the C++ tests (`test/<family>.cc` with `void test_<family>()`, of sources without
 * Node) with ThreadSanitizer and with AddressSanitizer + UndefinedBehaviorSanitizer, then all tests of the addon with
 * the latter two, test/fuzz.test.ts for a minute among them. Typed arrays have guarded memory behind them there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listAddonSources } from './identity.js';

const here = import.meta.dirname;
const folder = join(here, 'build', 'sanitized');
const compiler = process.env.CXX ?? 'g++';
const ADDRESS = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    ...options,
    env: { ...process.env, ...options.env },
  });
  if (status === 0) return;
  console.error(`sanitize: expected ${basename(command)} to succeed, received ${error?.message ?? status}.`);
  process.exit(1);
}

function readOutput(command, args) {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim();
}

/** The sources without Node: those that include neither its headers nor ours that do. */
function listPlainSources() {
  const text = new Map(
    listAddonSources(join(here, 'src')).map((file) => [file, readFileSync(join(here, 'src', file), 'utf8')]),
  );
  const usesNode = (file, seen = new Set()) => {
    if (seen.has(file)) return false;
    seen.add(file);
    return [...(text.get(file) ?? '').matchAll(/#include [<"]([^>"]+)[>"]/g)].some(
      ([, name]) => name === 'napi.h' || (text.has(name) && usesNode(name, seen)),
    );
  };
  return [...text.keys()]
    .filter((file) => file.endsWith('.cc') && !usesNode(file))
    .map((file) => join(here, 'src', file));
}

function runTestProgram(name, flags) {
  const tests = readdirSync(join(here, 'test')).filter((file) => file.endsWith('.cc'));
  const calls = tests.map((file) => `test_${basename(file, '.cc')}`);
  const main = join(folder, 'main.cc');
  writeFileSync(
    main,
    [...calls.map((call) => `void ${call}();`), 'int main() {', ...calls.map((call) => `  ${call}();`), '}', ''].join(
      '\n',
    ),
  );
  const program = join(folder, name);
  const sources = [main, ...tests.map((file) => join(here, 'test', file)), ...listPlainSources()];
  run(compiler, [
    '-std=c++17',
    '-O1',
    '-g',
    ...flags,
    `-I${join(here, 'src')}`,
    `-I${join(here, 'test')}`,
    ...sources,
    '-pthread',
    '-o',
    program,
  ]);
  // More threads than processors provoke races.
  for (const instructions of ['amx', 'avx512', 'avx2', 'portable']) {
    const started = Date.now();
    run(program, [], { env: { FOOTLIGHT_THREADS: '4', FOOTLIGHT_INSTRUCTIONS: instructions } });
    console.log(`${name}, ${instructions}: ${calls.join(', ')} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
}

function runAddonTests() {
  const copy = join(folder, 'addon');
  mkdirSync(copy);
  for (const part of readdirSync(here).filter(
    (name) => !['build', 'node_modules', 'prebuilds', '.turbo'].includes(name),
  ))
    cpSync(join(here, part), join(copy, part), { recursive: true });
  symlinkSync(join(here, 'node_modules'), join(copy, 'node_modules'), 'junction');
  writeFileSync(join(copy, 'tsconfig.json'), '{ "compilerOptions": { "target": "ES2022" } }\n');
  // The build prepends its own flags; the last -O takes effect.
  const flags = [...ADDRESS, '-O1', '-g1'].join(' ');
  run(process.execPath, ['build.mjs', '--unloaded'], { cwd: copy, env: { CXXFLAGS: flags, LDFLAGS: ADDRESS[0] } });
  const libraries = ['libasan.so', 'libubsan.so'].map((library) =>
    readOutput(compiler, [`-print-file-name=${library}`]),
  );
  run(
    process.execPath,
    [
      join(here, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...['addon', 'avx2', 'portable'].flatMap((project) => ['--project', project]), // no sanitizer is in WebAssembly
      ...['--exclude', 'test/{load,compile,options,platform-packages,freestanding,wasm-*}.test.ts'],
    ],
    {
      cwd: copy,
      env: {
        LD_PRELOAD: libraries.join(' '),
        ASAN_OPTIONS: 'detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=1024',
        FOOTLIGHT_THREADS: '4',
      },
    },
  );
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
if (spawnSync(compiler, ['--version']).error) {
  console.log(`sanitize: expected the compiler ${compiler}, found none; nothing was run.`);
} else {
  runTestProgram('thread', ['-fsanitize=thread']);
  runTestProgram('address', ADDRESS);
  runAddonTests();
}
