import type { ApiDefinition, MethodDefinition, ResourceDefinition } from '../../definition/definition.ts';

/** A method of an API, compiled once for each deployment. */
export interface Route {
  readonly resource: ResourceDefinition;
  readonly method: MethodDefinition;
  /** `GET`, or `ANY`: the name that the method was put under. */
  readonly name: string;
}

/** What `ANY` stands for: other methods there are none of (Amazon API Gateway, PutMethod). */
const METHODS: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/** What a path and a method lead to. */
export interface Match {
  readonly route: Route;
  /** What stood where the resource's path has `{name}`, still percent-encoded. */
  readonly path: Readonly<Record<string, string>>;
}

interface Node {
  readonly fixed: Map<string, Node>;
  /** `{name}` */
  any: { readonly name: string; readonly node: Node } | undefined;
  /** `{name+}` */
  rest: { readonly name: string; readonly node: Node } | undefined;
  methods: ReadonlyMap<string, Route>;
}

/**
 * The resources of an API by their paths. A fixed part comes before `{name}`, and that before `{name+}`; a
 * resource without the method is passed over for a less specific one that has it.
 */
export class Routes {
  readonly #root: Node = node();

  constructor({ resources }: Pick<ApiDefinition, 'resources'>) {
    for (const resource of Object.values(resources)) {
      const place = segmentsOf(resource.path).reduce(descend, this.#root);
      place.methods = new Map(
        Object.entries(resource.methods).map(([name, method]) => [name, { resource, method, name }]),
      );
    }
  }

  /** @param rawPath percent-encoded. A slash at its end makes no difference. */
  find(method: string, rawPath: string): Match | undefined {
    if (!METHODS.has(method)) return undefined;
    const segments = segmentsOf(rawPath);
    const taken: string[] = [];
    const route = search(this.#root, segments, 0, method, taken);
    if (route === undefined) return undefined;
    const path: Record<string, string> = {};
    for (let at = 0; at + 1 < taken.length; at += 2) path[taken[at] ?? ''] = taken[at + 1] ?? '';
    return { route, path };
  }
}

const node = (): Node => ({ fixed: new Map(), any: undefined, rest: undefined, methods: new Map() });

function descend(parent: Node, part: string): Node {
  const [, name, plus] = /^\{([^{}+]+)(\+)?\}$/.exec(part) ?? [];
  if (name !== undefined) {
    if (plus !== undefined) return (parent.rest ??= { name, node: node() }).node;
    return (parent.any ??= { name, node: node() }).node;
  }
  let child = parent.fixed.get(part);
  if (child === undefined) parent.fixed.set(part, (child = node()));
  return child;
}

/** Of `/a//b/`: `a`, ``, `b`. */
function segmentsOf(path: string): readonly string[] {
  const inner = path.startsWith('/') ? path.slice(1) : path;
  if (inner === '') return [];
  const segments = inner.split('/');
  if (segments.at(-1) === '') segments.pop();
  return segments;
}

function search(
  at: Node,
  segments: readonly string[],
  depth: number,
  method: string,
  taken: string[],
): Route | undefined {
  if (depth === segments.length) return at.methods.get(method) ?? at.methods.get('ANY');
  const segment = segments[depth] ?? '';
  const fixed = at.fixed.get(segment) ?? (segment.includes('%') ? at.fixed.get(decoded(segment)) : undefined);
  const found = fixed && search(fixed, segments, depth + 1, method, taken);
  if (found !== undefined) return found;
  const { any, rest } = at;
  if (any !== undefined && segment !== '') {
    taken.push(any.name, segment);
    const under = search(any.node, segments, depth + 1, method, taken);
    if (under !== undefined) return under;
    taken.length -= 2;
  }
  if (rest === undefined) return undefined;
  const route = rest.node.methods.get(method) ?? rest.node.methods.get('ANY');
  if (route !== undefined) taken.push(rest.name, segments.slice(depth).join('/'));
  return route;
}

/** Percent-decoded; as it is where it cannot be. */
export function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
