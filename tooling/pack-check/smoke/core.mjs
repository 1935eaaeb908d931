import assert from 'node:assert/strict';
import { createRng } from '@footlight/core';

assert.equal(createRng(42).fork('a').integer(97), createRng(42).fork('a').integer(97));
