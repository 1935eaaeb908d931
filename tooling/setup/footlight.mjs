#!/usr/bin/env node
// The command `footlight`. It is a binary and no script of the root, because pnpm writes a heading before the output of
// scripts, and `--json` must stay JSON.
process.argv.splice(2, 0, 'footlight');
await import('./run.mjs');
