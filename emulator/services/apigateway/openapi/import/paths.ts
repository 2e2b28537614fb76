import type { ApiDefinition, MethodDefinition, ResourceDefinition } from '../../definition/definition.ts';
import { list, own, part } from '../../../../gateway/openapi/document.ts';
import { importMethod, type MethodSources } from './methods.ts';
import type { ImportOptions } from './options.ts';

interface PathSources extends MethodSources {
  readonly options: ImportOptions;
  /** Before every path: `` or `/v1`. */
  readonly prefix: string;
}

const METHODS: ReadonlyMap<string, string> = new Map([
  ...['get', 'put', 'post', 'delete', 'options', 'head', 'patch'].map(
    (name) => [name, name.toUpperCase()] as const,
  ),
  ['x-amazon-apigateway-any-method', 'ANY'],
]);

/** Far beyond what an API may have; a tree this deep is no mistake of a student's. */
const MAX_DEPTH = 300;

/** The tree of resources: each path with all that lie above it. */
export function importPaths(sources: PathSources): ApiDefinition['resources'] {
  const tree = new ResourceTree(sources.options);
  for (const [path, value] of Object.entries(part(own(sources.document.root, 'paths')))) {
    if (!path.startsWith('/')) {
      if (!path.startsWith('x-')) sources.errors.push(`Invalid path ${path}: a path has to begin with /`);
      continue;
    }
    if (path.split('/').length > MAX_DEPTH) {
      sources.errors.push(`Invalid path ${path.slice(0, 200)}: too many parts`);
      continue;
    }
    const item = part(value);
    const resource = tree.at(`${sources.prefix}${path}`);
    for (const [name, operation] of Object.entries(item)) {
      const method = METHODS.get(name.toLowerCase());
      if (method === undefined) continue;
      tree.put(
        resource,
        importMethod(sources, {
          method,
          path: resource.path,
          resourceId: resource.id,
          value: part(operation),
          parameters: list(own(item, 'parameters')),
        }),
      );
    }
  }
  return tree.all();
}

interface Growing {
  readonly id: string;
  readonly path: string;
  readonly parentId: string | undefined;
  readonly pathPart: string | undefined;
  readonly methods: Record<string, MethodDefinition>;
}

class ResourceTree {
  readonly #options: ImportOptions;
  readonly #byPath = new Map<string, Growing>();
  readonly #before: ReadonlyMap<string, ResourceDefinition>;

  constructor(options: ImportOptions) {
    const { existing, mode } = options;
    this.#options = options;
    this.#before = new Map(Object.values(existing.resources).map((one) => [one.path, one]));
    if (mode === 'merge') for (const one of this.#before.values()) this.#keep(one, one.methods);
    const root = this.#before.get('/');
    if (!this.#byPath.has('/')) {
      this.#keep({ ...root, id: existing.rootResourceId, path: '/' }, {});
    }
  }

  at(path: string): Growing {
    const clean = `/${path
      .split('/')
      .filter((one) => one !== '')
      .join('/')}`;
    const known = this.#byPath.get(clean);
    if (known !== undefined) return known;
    const cut = clean.lastIndexOf('/');
    const parent = this.at(clean.slice(0, cut));
    const made: Growing = {
      id: this.#before.get(clean)?.id ?? this.#options.newId(),
      path: clean,
      parentId: parent.id,
      pathPart: clean.slice(cut + 1),
      methods: {},
    };
    this.#byPath.set(clean, made);
    return made;
  }

  put(resource: Growing, method: MethodDefinition): void {
    resource.methods[method.httpMethod] = method;
  }

  all(): ApiDefinition['resources'] {
    return Object.fromEntries(
      [...this.#byPath.values()].map(({ id, path, parentId, pathPart, methods }) => [
        id,
        parentId === undefined || pathPart === undefined
          ? { id, path, methods }
          : { id, parentId, pathPart, path, methods },
      ]),
    );
  }

  #keep(
    { id, path, parentId, pathPart }: Pick<ResourceDefinition, 'id' | 'path' | 'parentId' | 'pathPart'>,
    methods: ResourceDefinition['methods'],
  ): void {
    this.#byPath.set(path, { id, path, parentId, pathPart, methods: { ...methods } });
  }
}
