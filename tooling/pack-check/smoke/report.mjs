import assert from 'node:assert/strict';
import { formatProtocolTitle } from '@footlight/report';

assert.equal(typeof formatProtocolTitle, 'function');
