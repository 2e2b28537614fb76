/** The numbers of a version, as tools tell it among other words; undefined where there are none. */
export function versionIn(said: string): readonly number[] | undefined {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(said);
  return found?.slice(1).map((part) => Number(part || 0));
}

/** Whether a version is another or a later one. */
export function atLeast(version: readonly number[], wanted: readonly number[]): boolean {
  for (const [at, least] of wanted.entries()) {
    const own = version[at] ?? 0;
    if (own !== least) return own > least;
  }
  return true;
}

/**
 * Whether an AWS CLI reads `AWS_ENDPOINT_URL`: since 1.29 and 2.13
 * (SDK reference guide, "Service-specific endpoints", support by SDKs and tools).
 */
export const readsEndpoint = (cli: readonly number[]): boolean =>
  atLeast(cli, cli[0] === 1 ? [1, 29] : [2, 13]);
