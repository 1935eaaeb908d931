#!/usr/bin/env bash
# Runs steps of run.sh on another version of Node, which comes from npm (package `node`):
#
#   tooling/ci/on-node.sh 24              quick tests
#   tooling/ci/on-node.sh 22 tests build  the steps that are named
set -euo pipefail
if [[ ! ${1:-} =~ ^[0-9]+(\.[0-9]+)*$ ]]; then
  echo "tooling/ci/on-node.sh: expected a version of Node, such as 24, received ${1:-none}."
  exit 2
fi
version=$1
shift
[ $# -eq 0 ] && set -- quick-tests

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --no-audit --no-fund --silent "node@$version"
export PATH="$folder/node_modules/node/bin:$PATH"
export TURBO_FORCE=true # results of another version may be cached
echo "Node $(node --version)"
"$(dirname "$0")/run.sh" "$@"
