/** Whether `redis-server` is on the path; says so if not. */
export declare function findRedisServer(): boolean;

/** A Redis server of a test, in a temporary folder. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends the server in order, as the system does. */
  stop(): Promise<void>;
  /** Starts it again, with what it has stored. */
  start(): Promise<void>;
  /** Ends the server and removes its folder. */
  remove(): Promise<void>;
  /** Sends commands with redis-cli, and returns what it prints. */
  run(...words: string[]): string;
}

/** Starts a server on a free port, with further options of `redis-server`. */
export declare function startRedis(...options: string[]): Promise<RedisServer>;

/** A port that is free at the moment. */
export declare function findPort(): Promise<number>;
