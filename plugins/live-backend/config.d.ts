export interface Config {
  /** The live stream that keeps open pages up to date. */
  live?: {
    /** Time between two heartbeats of a stream, in milliseconds. Default and maximum: 15000, which readers count on. */
    heartbeatMs?: number;
    /** Time between two checks that a reader may still see what it reads, in milliseconds. Default: 60000. */
    authorizationCheckMs?: number;
  };
}
