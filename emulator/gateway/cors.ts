/** What pages of other origins may: as Lambda and API Gateway both have it. */
export interface Cors {
  readonly AllowCredentials?: boolean | undefined;
  readonly AllowHeaders?: readonly string[] | undefined;
  readonly AllowMethods?: readonly string[] | undefined;
  readonly AllowOrigins?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  /** Seconds. */
  readonly MaxAge?: number | undefined;
}

/** What a browser's request says of where it comes from. */
export interface Asking {
  readonly origin: string | undefined;
  /** The method it wants to use, where it only asks. */
  readonly method: string | undefined;
  /** Headers it wants to send, as listed. */
  readonly headers: string | undefined;
}

/** Whether a URL answers a question of a browser itself; without a configuration the function is asked. */
export const isPreflight = (cors: Cors | undefined, method: string, asking: Asking): boolean =>
  cors !== undefined && method === 'OPTIONS' && asking.origin !== undefined && asking.method !== undefined;

/** The headers of the answer to a question: none where the origin or the method is not allowed. */
export function preflightHeaders(cors: Cors, asking: Asking): Record<string, string> {
  const own = corsHeaders(cors, asking.origin);
  const methods = cors.AllowMethods ?? [];
  if (own['access-control-allow-origin'] === undefined) return {};
  if (!methods.includes('*') && !methods.includes(asking.method ?? '')) return {};
  // What an answer exposes is said with the answer.
  const kept = Object.entries(own).filter(([name]) => name !== 'access-control-expose-headers');
  return {
    ...Object.fromEntries(kept),
    'access-control-allow-methods': methods.includes('*') ? (asking.method ?? '*') : methods.join(','),
    ...(cors.AllowHeaders === undefined
      ? {}
      : {
          'access-control-allow-headers': cors.AllowHeaders.includes('*')
            ? (asking.headers ?? '*')
            : cors.AllowHeaders.join(','),
        }),
    ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

/** The headers by which a page of the origin may read an answer. They stand in place of the function's own. */
export function corsHeaders(cors: Cors | undefined, origin: string | undefined): Record<string, string> {
  if (cors === undefined || origin === undefined) return {};
  const allowed = cors.AllowOrigins ?? [];
  if (!allowed.includes('*') && !allowed.some((one) => matches(one, origin))) return {};
  const exposed = cors.ExposeHeaders ?? [];
  return {
    'access-control-allow-origin': allowed.includes('*') ? '*' : origin,
    ...(allowed.includes('*') ? {} : { vary: 'Origin' }),
    ...(exposed.length === 0 ? {} : { 'access-control-expose-headers': exposed.join(',') }),
    ...(cors.AllowCredentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
  };
}

/* `https://*.example.com`: a star stands for labels of a host. */
function matches(allowed: string, origin: string): boolean {
  const [before, after, more] = allowed.split('*');
  if (after === undefined || more !== undefined) return allowed === origin;
  return origin.startsWith(before ?? '') && origin.endsWith(after) && origin.length > allowed.length - 1;
}
