const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Why a target did not answer at all, or undefined where the error is an answer (or not the network's). */
export function noAnswer(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && codes.has(code)) return code;
    // Made by the SDK's HTTP handler when a time limit passes.
    if (at.name === 'TimeoutError') return at.message;
    if (at instanceof AggregateError) {
      const within: string | undefined = at.errors.map(noAnswer).find((one) => one !== undefined);
      if (within !== undefined) return within;
    }
  }
  return undefined;
}
