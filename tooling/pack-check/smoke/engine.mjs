import assert from 'node:assert/strict';
import { useBackend } from '@footlight/engine';

assert.equal((await useBackend('wasm')).name, 'wasm');
