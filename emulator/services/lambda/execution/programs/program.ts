/** What runs a function on this machine. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** As in `INIT_START Runtime Version:`, for example `nodejs:24.v48`. */
  readonly runtimeVersion: string;
  /** What is different from AWS, told in `INIT_START`: `Node.js: v20.20.2 (host)`. */
  readonly standIn: string | undefined;
  /** Whether our bootstrap runs in it, which frames its output. */
  readonly framed: boolean;
  /** The folder of the bootstrap, for `LAMBDA_RUNTIME_DIR`. */
  readonly folder: string;
  /** Variables that a function's own may replace. */
  readonly variables: Readonly<Record<string, string>>;
}
