export type { ServedModelCard } from './card-types.js';
export { createService, type Service } from './create-service.js';
export { type MemorySessionsOptions, memorySessions } from './sessions/memory-sessions.js';
export type { SessionEvent, SessionStore } from './sessions/session-store.js';
export type {
  Asker,
  BatchAnswer,
  BatchBody,
  EventsAnswer,
  EventsBody,
  HealthAnswer,
  ModelsAnswer,
  PredictAnswer,
  PredictBody,
  Problem,
  RecommendAnswer,
  RecommendBody,
  RequestRecord,
  ServedModel,
  ServiceLimits,
  ServiceOptions,
  SimilarBody,
} from './types.js';
