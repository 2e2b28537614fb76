import type { RequestHead } from '../http/exchange.ts';

/** Why a request is refused before anything of it is looked at, in a sentence. */
export type GuardRefusal = string | undefined;

/*
 * Names that mean this machine wherever they are looked up. `localhost.localstack.cloud` is a public name for
 * 127.0.0.1 that tools of other emulators use. `streaming-` is the prefix that SDKs put before the host of
 * StartLiveTail.
 */
const LOOPBACK_HOST =
  /^(?:streaming-)?(?:localhost|127\.0\.0\.1|\[::1\]|(?:[a-z0-9_-]+\.)+localhost|(?:[a-z0-9_.-]+\.)?localhost\.localstack\.cloud)\.?(?::\d{1,5})?$/i;

/**
 * Refuses requests that were addressed to another name than this machine's: a web page can make any name of its own
 * point at 127.0.0.1 (DNS rebinding), and would be same-origin with what answers there.
 */
export function refuseForeignHost(head: RequestHead): GuardRefusal {
  const host = head.headers['host'];
  if (host !== undefined && LOOPBACK_HOST.test(host)) return undefined;
  return `Coldstart's embedded cloud answers to localhost only. This request was addressed to ${shown(host)}.`;
}

/**
 * Refuses what a browser sends for a page of another origin, so that no page a student visits can run code here.
 * Tools other than browsers send neither header.
 */
export function refuseForeignOrigin(head: RequestHead, allowed: ReadonlySet<string>): GuardRefusal {
  const { origin, 'sec-fetch-site': site } = head.headers;
  if (origin !== undefined)
    return allowed.has(origin)
      ? undefined
      : `Coldstart's embedded cloud takes no calls from web pages. This one came from ${shown(origin)}.`;
  // `none`: the user typed the address.
  if (site === undefined || site === 'none') return undefined;
  return `Coldstart's embedded cloud takes no calls from web pages. This one came from a page (${shown(site)}).`;
}

/** The headers that let a page of an allowed origin read an answer. */
export function crossOriginHeaders(head: RequestHead): Record<string, string> {
  const { origin } = head.headers;
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': '*',
    vary: 'origin',
  };
}

/** Whether a browser asks if it may call. */
export function isPreflight(head: RequestHead): boolean {
  return head.method === 'OPTIONS' && head.headers['access-control-request-method'] !== undefined;
}

/** What a browser is told that asks, once its origin is known to be allowed. */
export function preflightHeaders(head: RequestHead): Record<string, string> {
  return {
    ...crossOriginHeaders(head),
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': head.headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  };
}

function shown(value: string | undefined): string {
  return value === undefined ? 'no host' : JSON.stringify(value.slice(0, 200));
}
