export * from '@footlight/datasets';
export * from '@footlight/losses';
export * from '@footlight/metrics';
export * from '@footlight/models';
export * from '@footlight/report';
export * from '@footlight/trainer';
