export type { ServedModelCard } from '../card-types.js';
export type { SessionEvent } from '../sessions/session-store.js';
export type {
  Asker,
  BatchAnswer,
  EventsAnswer,
  EventsBody,
  HealthAnswer,
  PredictAnswer,
  PredictBody,
  Problem,
  RecommendAnswer,
  RecommendBody,
  SimilarBody,
} from '../types.js';
export { type Client, type ClientOptions, createClient } from './create-client.js';
