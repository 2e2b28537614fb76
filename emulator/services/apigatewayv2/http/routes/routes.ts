import { decoded } from '../../../apigateway/execution/routes/tree.ts';
import type { ApiDefinition, IntegrationDefinition, RouteDefinition } from '../../definition/definition.ts';

/** A route of an API, compiled once for each deployment. */
export interface CompiledRoute {
  readonly route: RouteDefinition;
  /** `GET`, `ANY`; of `$default` too `ANY`. */
  readonly method: string;
  /** `/pets/{id}`; undefined: `$default` */
  readonly path: string | undefined;
  readonly integration: IntegrationDefinition | undefined;
}

/** What a path and a method lead to. */
export interface RouteMatch {
  readonly route: CompiledRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
}

type Part =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'one' | 'rest'; readonly name: string };

interface Pattern {
  readonly route: CompiledRoute;
  readonly parts: readonly Part[];
}

const RANK = { fixed: 0, one: 1, rest: 2 } as const;

/**
 * Chooses among the routes of an HTTP API: what matches whole comes before what takes the rest of a path, a method
 * before `ANY`, and `$default` last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export class Routes {
  /** The most special first. */
  readonly #patterns: readonly Pattern[];
  readonly #rest: CompiledRoute | undefined;

  constructor({ routes, integrations }: Pick<ApiDefinition, 'routes' | 'integrations'>) {
    const compiled = Object.values(routes).map((route): CompiledRoute => {
      const [method = '', path] = route.RouteKey === '$default' ? ['ANY'] : route.RouteKey.split(' ');
      const integration = integrations[route.Target?.replace(/^integrations\//, '') ?? ''];
      return { route, method, path, integration };
    });
    this.#rest = compiled.find(({ path }) => path === undefined);
    this.#patterns = compiled
      .flatMap((route) => (route.path === undefined ? [] : [{ route, parts: partsOf(route.path) }]))
      .sort(bySpeciality);
  }

  /** @param rawPath percent-encoded, without the stage */
  find(method: string, rawPath: string): RouteMatch | undefined {
    const segments = rawPath.slice(1).split('/').map(decoded);
    for (const { route, parts } of this.#patterns) {
      if (route.method !== method && route.method !== 'ANY') continue;
      const pathParameters = matched(parts, segments);
      if (pathParameters !== undefined) return { route, pathParameters };
    }
    return this.#rest && { route: this.#rest, pathParameters: {} };
  }
}

function partsOf(path: string): Part[] {
  return path
    .slice(1)
    .split('/')
    .map((text): Part => {
      const [, name, plus] = /^\{([^{}+]+)(\+)?\}$/.exec(text) ?? [];
      if (name === undefined) return { kind: 'fixed', text: decoded(text) };
      return { kind: plus === undefined ? 'one' : 'rest', name };
    });
}

function bySpeciality(one: Pattern, other: Pattern): number {
  for (let at = 0; at < Math.max(one.parts.length, other.parts.length); at += 1) {
    const [here, there] = [one.parts[at], other.parts[at]];
    if (here === undefined || there === undefined) break;
    if (here.kind !== there.kind) return RANK[here.kind] - RANK[there.kind];
  }
  return Number(one.route.method === 'ANY') - Number(other.route.method === 'ANY');
}

function matched(
  parts: readonly Part[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const taken: [string, string][] = [];
  for (const [at, part] of parts.entries()) {
    const segment = segments[at];
    if (segment === undefined) return undefined;
    if (part.kind === 'fixed') {
      if (part.text !== segment) return undefined;
    } else if (part.kind === 'one') {
      if (segment === '') return undefined;
      taken.push([part.name, segment]);
    } else {
      const rest = segments.slice(at).join('/');
      if (rest === '') return undefined;
      return Object.fromEntries([...taken, [part.name, rest]]);
    }
  }
  return parts.length === segments.length ? Object.fromEntries(taken) : undefined;
}

const compiledRoutes = new WeakMap<ApiDefinition, Routes>();

/** Once for each deployment, which never changes. */
export function routesOf(definition: ApiDefinition): Routes {
  let routes = compiledRoutes.get(definition);
  if (routes === undefined) compiledRoutes.set(definition, (routes = new Routes(definition)));
  return routes;
}
