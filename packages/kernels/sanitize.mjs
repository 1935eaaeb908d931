/**
 * Runs the kernels under sanitizers: the C++ tests (`test/<family>.cc` with `void test_<family>()`, of sources without
 * Node) with ThreadSanitizer and with AddressSanitizer + UndefinedBehaviorSanitizer, then all tests of the addon with
 * the latter two, test/fuzz.test.ts for 40 seconds among them. Typed arrays have guarded memory behind them there. Each
 * source is compiled once per sanitizer, on all processors: the test program is linked from the objects of the addon.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
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

const sources = join(here, 'src');
const text = new Map(listAddonSources(sources).map((file) => [file, readFileSync(join(sources, file), 'utf8')]));
const listIncludes = (code) => [...code.matchAll(/#include [<"]([^>"]+)[>"]/g)].map(([, name]) => name);

/** The sources without Node: those that include neither its headers nor ours that do. */
function listPlainSources() {
  const usesNode = (file, seen = new Set()) => {
    if (seen.has(file)) return false;
    seen.add(file);
    return listIncludes(text.get(file) ?? '').some(
      (name) => name === 'napi.h' || (text.has(name) && usesNode(name, seen)),
    );
  };
  return [...text.keys()].filter((file) => file.endsWith('.cc') && !usesNode(file));
}

/** The plain sources that C++ tests call: those whose own header, which they include first, is reached from a test. */
function listTestedSources() {
  const reached = new Set();
  const needed = new Set();
  const reach = (code) => {
    for (const header of listIncludes(code)) {
      if (!text.has(header) || reached.has(header)) continue;
      reached.add(header);
      reach(text.get(header));
    }
  };
  for (const file of tests) reach(readFileSync(join(here, 'test', file), 'utf8'));
  for (let count = -1; count !== needed.size; ) {
    count = needed.size;
    for (const file of listPlainSources()) {
      if (needed.has(file) || !reached.has(listIncludes(text.get(file))[0])) continue;
      needed.add(file);
      reach(text.get(file));
    }
  }
  return [...needed];
}

const tests = readdirSync(join(here, 'test')).filter((file) => file.endsWith('.cc'));

/** Compiles files, as many at once as there are processors. @returns their objects */
async function compileAll(name, files, flags) {
  const objects = files.map((_, at) => join(folder, `${name}-${at}.o`));
  const rest = [...files.keys()];
  const compileRest = async () => {
    for (let at = rest.shift(); at !== undefined; at = rest.shift()) {
      const common = ['-std=c++17', '-O1', '-g1', `-I${sources}`, `-I${join(here, 'test')}`, '-pthread'];
      const child = spawn(compiler, [...common, ...flags, '-c', files[at], '-o', objects[at]], { stdio: 'inherit' });
      const [code] = await once(child, 'close');
      if (code === 0) continue;
      console.error(`sanitize: expected ${basename(compiler)} to compile ${files[at]}, received ${code}.`);
      process.exit(1);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, compileRest));
  return objects;
}

/** Builds and runs the C++ tests, with what `link` returns for the sources that they call. */
async function runTestProgram(name, flags, link) {
  const calls = tests.map((file) => `test_${basename(file, '.cc')}`);
  const main = join(folder, `${name}.cc`);
  // Tests of the threads themselves are the same with all instruction sets.
  const select = (call) => (call === 'test_thread_pool' ? `if (argc > 1) ${call}();` : `${call}();`);
  const lines = [
    ...calls.map((call) => `void ${call}();`),
    'int main(int argc, char**) {',
    ...calls.map((call) => `  ${select(call)}`),
  ];
  writeFileSync(main, [...lines, '}', ''].join('\n'));
  const own = await compileAll(name, [main, ...tests.map((file) => join(here, 'test', file))], flags);
  const program = join(folder, name);
  run(compiler, [...flags, ...own, ...(await link()), '-pthread', '-o', program]);
  // More threads than processors provoke races.
  for (const [at, instructions] of ['amx', 'avx512', 'avx2', 'portable'].entries()) {
    const started = Date.now();
    run(program, at === 0 ? ['threads'] : [], {
      env: { FOOTLIGHT_THREADS: '4', FOOTLIGHT_INSTRUCTIONS: instructions },
    });
    const done = calls.filter((call) => at === 0 || call !== 'test_thread_pool');
    console.log(`${name}, ${instructions}: ${done.join(', ')} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
}

const copy = join(folder, 'addon');

/** Compiles the addon with sanitizers, in a copy of this folder. */
function compileAddon() {
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
}

/** The objects of the compiled addon that need no Node. */
function listAddonObjects() {
  const objects = join(copy, 'build', 'gyp', 'build', 'Release', 'obj.target', 'footlight', 'src');
  const found = listPlainSources().map((file) => join(objects, file.replace(/cc$/, 'o')));
  const missing = found.find((object) => !existsSync(object));
  if (missing === undefined) return found;
  console.error(`sanitize: expected node-gyp to write ${missing}, found none.`);
  process.exit(1);
}

/** Tests that call no kernel of the addon. Vitest's own `--exclude` has no effect on projects. */
const withoutAddon = /^(load|compile|options|platform-packages|freestanding|wasm-.*)\./;

function runAddonTests() {
  const libraries = ['libasan.so', 'libubsan.so'].map((library) =>
    readOutput(compiler, [`-print-file-name=${library}`]),
  );
  run(
    process.execPath,
    [
      join(here, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...['addon', 'avx2', 'portable'].flatMap((project) => ['--project', project]), // no sanitizer is in WebAssembly
      ...readdirSync(join(here, 'test'))
        .filter((name) => name.endsWith('.test.ts') && !withoutAddon.test(name))
        .map((name) => `test/${name}`),
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
  compileAddon();
  const compileTested = () => {
    const files = listTestedSources().map((file) => join(sources, file));
    return compileAll('tested', files, ['-fsanitize=thread']);
  };
  await runTestProgram('thread', ['-fsanitize=thread'], compileTested);
  await runTestProgram('address', ADDRESS, listAddonObjects);
  runAddonTests();
}
