export * from '@footlight/core';
export * from '@footlight/datasets';
export * from '@footlight/engine';
export { fillNormal, fillUniform } from '@footlight/engine'; // the faster ones, of two with one name
export * from '@footlight/layers';
export * from '@footlight/losses';
export * from '@footlight/metrics';
export * from '@footlight/models';
export * from '@footlight/report';
export * from '@footlight/studies';
export * from '@footlight/studies/search';
export * from '@footlight/trainer';
