import type { Operation } from '../schema/model.ts';
import type { WireRequest } from '../wire.ts';
import type { Parameters } from './query.ts';
import { parametersOrRaw } from './query.ts';
import type { Segment } from './uri.ts';
import { matchPath, parseUri } from './uri.ts';

interface Route {
  readonly operation: Operation;
  readonly segments: readonly Segment[];
  /** The first segment is a label that the modelled uri lacks: S3's bucket. */
  readonly outsideUri: boolean;
  readonly literals: readonly (readonly [name: string, value: string])[];
  /** The SDK adds `x-id` to say which operation it means; the AWS CLI and curl do not. */
  readonly id: string | undefined;
  /** Query parameters and headers without which the operation cannot be meant. */
  readonly queries: readonly string[];
  readonly headers: readonly string[];
}

export interface RouteMatch {
  readonly operation: string;
  /** Raw, still percent-encoded. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The REST routes of a service. */
export class RouteTable {
  readonly #byMethod = new Map<string, Route[]>();
  readonly #byOperation = new Map<string, Route>();
  readonly #hostLabel: boolean;

  constructor(operations: Iterable<Operation>) {
    for (const operation of operations) {
      const route = routeOf(operation);
      if (route === undefined) continue;
      this.#byOperation.set(operation.name, route);
      const method = operation.http?.method ?? '';
      const routes = this.#byMethod.get(method);
      if (routes === undefined) this.#byMethod.set(method, [route]);
      else routes.push(route);
    }
    for (const routes of this.#byMethod.values()) routes.sort(bySpecificity);
    this.#hostLabel = [...this.#byOperation.values()].some((route) => route.outsideUri);
  }

  /** The operation that a request names: the most specific route of those that fit. */
  match(request: WireRequest): RouteMatch | undefined {
    const path = this.#path(request);
    let query: Parameters | undefined;
    let best: { route: Route; labels: RouteMatch['labels']; rank: number } | undefined;
    for (const route of this.#byMethod.get(request.method) ?? []) {
      const labels = matchPath(route.segments, path);
      if (labels === undefined) continue;
      query ??= parametersOrRaw(request.query);
      const rank = rankOf(route, query, request.headers);
      if (rank !== undefined && (best === undefined || rank > best.rank)) best = { route, labels, rank };
    }
    return best && { operation: best.route.operation.name, labels: best.labels };
  }

  /** The labels of a request that is known to be for `operation`. */
  labels(request: WireRequest, operation: string): Readonly<Record<string, string>> {
    const route = this.#byOperation.get(operation);
    return (route && matchPath(route.segments, this.#path(request))) ?? {};
  }

  #path(request: WireRequest): string {
    return this.#hostLabel ? pathWithBucket(request) : request.path;
  }

  /** Query parameters that belong to the route of `operation` and to no member. */
  literals(operation: string): readonly string[] {
    const route = this.#byOperation.get(operation);
    return route === undefined ? [] : ['x-id', ...route.literals.map(([name]) => name)];
  }
}

function routeOf(operation: Operation): Route | undefined {
  if (operation.http === undefined) return undefined;
  const { segments, query } = parseUri(operation.http.uri);
  const inPath = new Set(segments.map((segment) => (segment.kind === 'literal' ? '' : segment.member)));
  const { members } = operation.input;
  // S3's bucket is a label that the SDK's endpoint rules place before the modelled uri.
  const before = members.filter((member) => member.traits.httpLabel && !inPath.has(member.name));
  const required = members.filter((member) => member.required);
  return {
    operation,
    segments: [...before.map((member) => ({ kind: 'label', member: member.name }) as const), ...segments],
    outsideUri: before.length > 0,
    literals: query.filter(([name]) => name !== 'x-id'),
    id: query.find(([name]) => name === 'x-id')?.[1],
    queries: required.flatMap((member) => member.traits.httpQuery ?? []),
    headers: required.flatMap((member) => member.traits.httpHeader?.toLowerCase() ?? []),
  };
}

/**
 * Undefined: not this route. Otherwise the higher the better: the path first, then the route's own query words,
 * then what the client says in so many words (`x-id`), then the required members that are there. A missing
 * required member only loses against routes that miss fewer, so that the sole route can still complain of it.
 */
function rankOf(
  route: Route,
  query: Parameters,
  headers: Readonly<Record<string, string>>,
): number | undefined {
  for (const [name, value] of route.literals) {
    const given = query.get(name);
    if (given === undefined || (value !== '' && !given.includes(value))) return undefined;
  }
  const id = query.get('x-id')?.[0];
  const named = id !== undefined && route.id === id;
  const wanted = route.queries.length + route.headers.length;
  const present =
    route.queries.filter((name) => query.has(name)).length +
    route.headers.filter((name) => headers[name] !== undefined).length;
  return (
    depth(route.segments) * 1_000_000 +
    route.literals.length * 100_000 +
    (named ? 50_000 : 0) -
    (wanted - present) * 5_000 +
    present
  );
}

/** Literal steps outweigh labels, labels outweigh greedy labels. */
function depth(segments: readonly Segment[]): number {
  return segments.reduce(
    (sum, segment) => sum * 4 + (segment.kind === 'literal' ? 3 : segment.kind === 'label' ? 2 : 1),
    0,
  );
}

function bySpecificity(a: Route, b: Route): number {
  return (
    depth(b.segments) - depth(a.segments) ||
    b.literals.length - a.literals.length ||
    (a.operation.name < b.operation.name ? -1 : 1)
  );
}

/**
 * The path with the bucket in it where the client put the bucket into the host name instead: `bucket.localhost`,
 * `bucket.s3.localhost`, `bucket.s3.us-east-1.localhost`, each with or without LocalStack's public suffix.
 */
export function pathWithBucket(request: WireRequest): string {
  const host = request.headers['host']?.replace(/:\d+$/, '') ?? '';
  const before = /^(.+)\.localhost(?:\.localstack\.cloud)?$/i.exec(host)?.[1];
  const bucket = before?.replace(/(^|\.)s3([.-][a-z0-9-]+)?$/i, '') ?? '';
  return bucket === '' ? request.path : `/${bucket}${request.path}`;
}
