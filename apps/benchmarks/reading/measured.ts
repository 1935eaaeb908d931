export type Task = 'read' | 'prepare';

/** What a process prints that did one task once. */
export interface Measured {
  /** From the open file to the columns or arrays; without the start of the process and of its libraries. */
  readonly seconds: number;
  /** Most memory that the process had at one time. */
  readonly peakBytes: number;
  readonly rows: number;
  /** Of what is to be predicted in the validation part; the same for all who draw as numpy does. */
  readonly checksum?: number;
  /** How often progress was told. */
  readonly reports?: number;
  readonly version?: string;
}
