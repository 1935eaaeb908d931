export { defineSearch, isSearch } from './define-search.js';
export { createTrialExperiment, type OpenedSearch, type OpenSearchOptions, openSearch } from './open-search.js';
export { type RunSearchOptions, runSearch } from './run-search.js';
export { type RunTrialOptions, runTrial } from './run-trial.js';
export type { Search, SearchObjective, SearchOptions, SpaceTrial } from './types.js';
