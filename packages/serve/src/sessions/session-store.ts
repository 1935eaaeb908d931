import type { Id } from '@footlight/trainer';

/** An item that was chosen in a session. */
export interface SessionEvent {
  readonly item: Id;
  /** In the scale of the source; read by models of ratings alone. */
  readonly rating?: number;
}

/** Where the events of sessions are. A store of your own is an object with these functions. */
export interface SessionStore {
  /**
   * Appends events to a session, which keeps its newest `limit` ones.
   *
   * @returns the number of events that it has then
   */
  append(session: string, events: readonly SessionEvent[], limit: number): Promise<number>;
  /** The events of a session, oldest first; `undefined` if there is none. */
  read(session: string): Promise<readonly SessionEvent[] | undefined>;
  /** Ends what the store has opened. */
  close?(): Promise<void>;
}
