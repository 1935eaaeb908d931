import type {
  ArtifactDescription,
  Id,
  ModelCard,
  Recommendation,
  Recommender,
  RecommendOptions,
} from '@footlight/trainer';
import type { ServedModelCard } from './card-types.js';
import type { SessionEvent, SessionStore } from './sessions/session-store.js';

/** A model that a service answers with. */
export interface ServedModel {
  readonly recommender: Recommender;
  /** What the artifact says about itself, for the card. */
  readonly description?: ArtifactDescription;
  /** Hash of the artifact, for the card and the metrics, as `describeStart(file).from`. */
  readonly hash?: string;
  /** When it was saved, for the card, as ISO 8601. */
  readonly date?: string;
  /** The card beside the artifact, as `readModelCard(file)`; one of another file is refused. */
  readonly card?: ModelCard;
  /** Licence of the data, for the card. Default: that of `card`. */
  readonly dataLicense?: string;
  /**
   * Percentage of the users that this model answers; those of all models sum to 100. Default: the first model answers
   * all requests that name none.
   */
  readonly share?: number;
}

/** Bounds of requests; beyond them a request is refused. */
export interface ServiceLimits {
  /** Items of a list. Default 1000. */
  readonly count?: number;
  /** Items of a history, `exclude` and `allow`, and events that a session keeps. Default 10,000. */
  readonly items?: number;
  /** Requests of a batch. Default 1000. */
  readonly batch?: number;
  /** Bytes of a body. Default 1 MiB. */
  readonly bytes?: number;
  /** Requests that are answered at the same time. Default 1000; others get 503. */
  readonly concurrency?: number;
  /** Milliseconds until a request is given up with 504. Default 10,000. */
  readonly milliseconds?: number;
}

/** One line of the log: a request that was answered. */
export interface RequestRecord {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** The route; `other` for a path that is none. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The model that answered; several names for a batch. */
  readonly model?: string;
  /** Hash of the user, session or history that chose the model, from 0 to 9999: the unit of a comparison of models. */
  readonly bucket?: number;
  /** Code of the error. */
  readonly error?: string;
  /** What went wrong in the service itself; clients do not see it. */
  readonly reason?: string;
}

export interface ServiceOptions {
  /** The models by name. */
  readonly models: Readonly<Record<string, ServedModel>>;
  /** Where sessions are. Default `memorySessions()`. */
  readonly sessions?: SessionStore;
  readonly limits?: ServiceLimits;
  /** Keys that clients send as `Authorization: Bearer KEY`. Default: none is needed. */
  readonly apiKeys?: readonly string[];
  /** Secret of HS256 tokens that clients send as `Authorization: Bearer TOKEN`. Default: none is needed. */
  readonly jwtSecret?: string;
  /** Origins of pages that may call the service. Default none. */
  readonly cors?: readonly string[];
  /** Called after every request, e.g. to write a log. */
  readonly onRequest?: (record: RequestRecord) => void;
}

/** Who the answer is for: a user, a history, or a session with the user that it belongs to. */
export interface Asker {
  /** A user that the model was trained on. */
  readonly user?: Id;
  /** Items of any user, oldest first. */
  readonly history?: readonly Id[];
  /** Ratings of the items of `history`, for models of ratings. */
  readonly ratings?: readonly number[];
  /** A session, whose events follow the history of `user`. */
  readonly session?: string;
  /** Name of the model. Default: the one that the shares give to this user. */
  readonly model?: string;
}

/** Body of `POST /recommend`. */
export interface RecommendBody extends Asker, RecommendOptions {
  /** Default 10. */
  readonly count?: number;
}

/** Body of `POST /similar`. */
export interface SimilarBody {
  readonly item: Id;
  /** Default 10. */
  readonly count?: number;
  readonly model?: string;
}

/** Body of `POST /predict`. */
export interface PredictBody extends Asker {
  readonly items: readonly Id[];
  /** Whether predictions are limited to the scale. Default false. */
  readonly clip?: boolean;
}

/** Body of `POST /events`. */
export interface EventsBody {
  readonly session: string;
  /** What happened, oldest first. */
  readonly events: readonly SessionEvent[];
  /** Name of the model whose items these are. Default: the one that the shares give to this session. */
  readonly model?: string;
}

export interface RecommendAnswer {
  /** The model that answered. */
  readonly model: string;
  readonly recommendations: readonly Recommendation[];
}

export interface PredictAnswer {
  readonly model: string;
  readonly predictions: readonly { readonly item: Id; readonly rating: number }[];
}

export interface EventsAnswer {
  readonly model: string;
  /** Number of events in the session. */
  readonly length: number;
}

/** Body of the batch forms: `POST /recommend/batch`, `/similar/batch`, `/predict/batch`, `/events/batch`. */
export interface BatchBody<Body> {
  readonly requests: readonly Body[];
}

/** Answers of a batch, in the order of its requests: each has an answer or an error. */
export interface BatchAnswer<Answer> {
  readonly answers: readonly (Answer | Problem)[];
}

/** Why there is no answer. */
export interface Problem {
  readonly error: {
    /** Stable: `invalid-request`, `unknown-model`, `not-possible`, `too-large`, `overloaded`, `timeout`, … */
    readonly code: string;
    /** What was expected, what was received, and what to do. */
    readonly message: string;
  };
}

/** Answer of `GET /model`. */
export interface ModelsAnswer {
  readonly models: readonly ServedModelCard[];
}

/** Answer of `GET /health`. */
export interface HealthAnswer {
  readonly status: 'ok' | 'closing';
  readonly models: readonly string[];
}
