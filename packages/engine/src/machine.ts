/** The machine that runs this code. */
export interface Machine {
  /** Version of Node; absent in browsers. */
  readonly node?: string;
  /** System and processor; in browsers, how the browser calls itself. */
  readonly platform: string;
  readonly cpu: string;
  readonly threads: number;
  /** Absent in browsers. */
  readonly memoryBytes?: number;
  /** First line of the C++ compiler's version; absent if there is no compiler. */
  readonly compiler?: string;
}
