#!/usr/bin/env bash
# Everything that must hold before a change lands, for `.ci/run` and for the workflows on GitHub:
#
#   tooling/ci/run.sh                  all steps
#   tooling/ci/run.sh checks examples  some of them
#
# Needs a clean checkout, Node, npm, git, python3 and g++; installs the rest itself. The last line is `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
exec </dev/null
export CI=true NO_COLOR=1

log=$(mktemp)
peers=$(mktemp -d)
trap 'rm -rf "$log" "$peers"' EXIT

# The last line of every run: the sum of the tests of all steps.
finish() {
  local totals
  totals=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -oE 'Tests  .*' | grep -oE '[0-9]+ (passed|failed)')
  local failed
  failed=$(awk '$2 == "failed" { sum += $1 } END { print sum + 0 }' <<<"$totals")
  [ "$1" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1 # a step that is no test
  sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -oE 'FLAKY .*' | sed 's/^FLAKY/Passed only when it was repeated:/'
  echo "$(awk '$2 == "passed" { sum += $1 } END { print sum + 0 }' <<<"$totals") passed, $failed failed"
  exit "$1"
}

step() {
  local name=$1 started=$SECONDS
  shift
  printf '\n=== %s\n' "$name"
  "$@" 2>&1 | tee -a "$log"
  local code=${PIPESTATUS[0]}
  if [ "$code" -ne 0 ]; then
    # The output of other packages may stand between a failed test and the end.
    printf '\n=== %s: what failed\n' "$name"
    sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -A 25 -E ' FAIL |Unhandled|timed out' | head -n 150
    printf '=== %s: failed after %s s\n' "$name" $((SECONDS - started))
    finish 1
  fi
  printf '=== %s: %s s\n' "$name" $((SECONDS - started))
}

# Tests open the report and the documentation in a browser. Without one they print that, and are skipped.
find_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null &&
      command -v chromium && return
  fi
  echo 'No Chromium here, and it could not be installed: tests in a browser are skipped.'
}

# Tests of studies use a Redis server and Optuna. What is missing is said, and its tests are skipped.
find_study_peers() {
  local name
  for name in redis-server python3-optuna; do
    [ "$name" = redis-server ] && command -v redis-server && continue
    [ "$name" = python3-optuna ] && has_optuna python3 && continue
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$name" >/dev/null 2>&1
    fi
  done
  command -v redis-server >/dev/null || echo 'No redis-server here, and it could not be installed: its tests are skipped.'
  if has_optuna "${FOOTLIGHT_PYTHON:-python3}"; then return 0; fi
  if python3 -m venv "$peers/python" >/dev/null 2>&1 &&
    "$peers/python/bin/pip" install --quiet --disable-pip-version-check 'optuna>=5,<6' redis >/dev/null 2>&1; then
    "$peers/python/bin/python" -c 'import optuna, redis; print("Optuna", optuna.__version__)'
  else
    echo 'No Optuna here, and it could not be installed: the tests with it are skipped.'
  fi
}
has_optuna() { "$1" -c 'import optuna, redis' 2>/dev/null; }

# The kernels as WebAssembly are what their sources give: the pinned compiler rebuilds them, byte for byte.
compare_wasm() {
  if ! { command -v clang++-16 && command -v wasm-ld-16; } >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends clang-16 lld-16 >/dev/null
  fi
  if ! { command -v clang++-16 && command -v wasm-ld-16; } >/dev/null; then
    echo 'Skipped: clang-16 and lld-16 are not here, and could not be installed.'
    return 0
  fi
  npm run build:wasm --prefix packages/kernels -- --check
}

# The numeric tests on TensorFlow. They are skipped where its wheel or its binding cannot be downloaded.
test_on_tensorflow() {
  local output
  if ! output=$(node tooling/setup/run.mjs footlight doctor --install-tensorflow 2>&1); then
    echo "$output"
    if grep -qE "$unavailable" <<<"$output"; then
      echo 'Skipped: TensorFlow cannot be downloaded here.'
      return 0
    fi
    return 1
  fi
  echo "$output"
  # Other tests of these packages, and the other backends, had their turn in the step before.
  local packages=(engine layers losses models trainer)
  FOOTLIGHT_TEST_BACKENDS=tensorflow npm test -- "${packages[@]/#/--filter=@footlight/}" -- -t 'on tensorflow'
}

# The numeric tests on WebGPU, without a GPU: Dawn for Node on SwiftShader, which comes with Chromium. They are skipped
# where one of the two is missing.
test_on_webgpu() ( # a subshell, for its variables
  local browser swiftshader folder output
  browser=$(dirname "$(readlink -f "$(find_browser | tail -n 1)" 2>/dev/null || echo /)")
  for swiftshader in "$browser" /usr/lib/chromium /opt/google/chrome; do
    [ -f "$swiftshader/vk_swiftshader_icd.json" ] && break
  done
  if [ ! -f "$swiftshader/vk_swiftshader_icd.json" ]; then
    echo 'Skipped: no SwiftShader here (vk_swiftshader_icd.json beside Chromium).'
    return 0
  fi
  folder=${XDG_CACHE_HOME:-$HOME/.cache}/footlight/webgpu
  if ! output=$(npm install --prefix "$folder" --no-audit --no-fund --ignore-scripts webgpu@0.6.2 2>&1); then
    echo "$output"
    if grep -qE "$unavailable" <<<"$output"; then
      echo 'Skipped: the package webgpu cannot be downloaded here.'
      return 0
    fi
    return 1
  fi
  # The folder of Chromium also has a loader of Vulkan, for systems without one.
  export NODE_PATH=$folder/node_modules VK_DRIVER_FILES=$swiftshader/vk_swiftshader_icd.json \
    LD_LIBRARY_PATH=$swiftshader${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} FOOTLIGHT_TEST_BACKENDS=webgpu
  npm test -- --filter=@footlight/engine -- -t 'on webgpu' src/backends src/optimizers \
    src/value src/variables src/random src/ops/{embedding,lookup,score,sparse,cumulative,unfold} || return
  # Whole sequences are compared with the values of PyTorch: finite differences would take minutes on SwiftShader.
  npm test -- --filter=@footlight/engine --filter=@footlight/layers -- \
    -t 'on webgpu.*(gradients of PyTorch|boolean mask)' src/ops/recurrent src/causal
)
unavailable='ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|E40[0-9]|No matching distribution|Could not find a version|Max retries exceeded|Read timed out|Temporary failure|Name or service not known|NewConnectionError'

run_step() {
  case $1 in
    browser) step 'a browser' find_browser ;;
    peers) step 'Redis and Optuna' find_study_peers ;;
    # All tests on all backends, and kernels against their definitions with random shapes and values for a minute.
    tests)
      [ -x "$peers/python/bin/python" ] && export FOOTLIGHT_PYTHON=$peers/python/bin/python
      FOOTLIGHT_FUZZ_SECONDS=60 step 'tests' npm run test:all
      ;;
    quick-tests) step 'quick tests' npm test ;;
    sanitizers) FOOTLIGHT_TEST_SUITE=all step 'kernels under sanitizers' npm run sanitize --prefix packages/kernels ;;
    wasm) step 'kernels as WebAssembly' compare_wasm ;;
    checks) step 'checks' npm run check ;;
    build) step 'build, packed packages' npm run build ;;
    examples) step 'examples' npm run examples ;;
    docs) step 'documentation' npm run test:docs ;;
    tensorflow) step 'numeric tests on tensorflow' test_on_tensorflow ;;
    webgpu) step 'numeric tests on webgpu' test_on_webgpu ;;
    *)
      echo "tooling/ci/run.sh: expected one of ${all[*]} quick-tests, received $1."
      exit 2
      ;;
  esac
}

all=(browser peers wasm tests sanitizers checks build examples docs tensorflow webgpu)
[ $# -eq 0 ] && set -- "${all[@]}"

if [ -z "${FOOTLIGHT_DATA:-}" ] && [ -d ../shared/data ]; then FOOTLIGHT_DATA=$(cd ../shared/data && pwd); fi
if [ -n "${FOOTLIGHT_DATA:-}" ]; then
  export FOOTLIGHT_DATA
  echo "Real archives: $FOOTLIGHT_DATA"
else
  echo 'Real archives: none (neither FOOTLIGHT_DATA nor ../shared/data); the tests that read them are skipped.'
fi
for name in "$@"; do run_step "$name"; done
finish 0
