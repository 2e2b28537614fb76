import { EventFailure, SamFailure, invalidResource } from './failures.ts';
import { type Obj, isNothing, isObj, isText, obj, ref, truthy } from './json.ts';
import {
  ANY,
  addPath,
  emptyOpenApi,
  emptySwagger,
  methodName,
  onCondition,
  pathItems,
  pathsOf,
} from './openapi/editor.ts';

/** Marks a body that the transform made, so that routes are added to it. */
export const MANAGED = '__MANAGE_SWAGGER';

interface Kind {
  readonly event: string;
  readonly reference: string;
  readonly id: string;
  readonly type: string;
}
const REST: Kind = {
  event: 'Api',
  reference: 'RestApiId',
  id: 'ServerlessRestApi',
  type: 'AWS::Serverless::Api',
};
const HTTP: Kind = {
  event: 'HttpApi',
  reference: 'ApiId',
  id: 'ServerlessHttpApi',
  type: 'AWS::Serverless::HttpApi',
};

/** Gives APIs without a definition one that routes are added to, and adds the APIs that events imply. */
export function implyApis(template: Obj, resources: Obj, failures: SamFailure[]): void {
  for (const resource of Object.values(resources)) {
    if (!isObj(resource)) continue;
    const type = resource['Type'];
    if (type !== REST.type && type !== HTTP.type) continue;
    const properties = isObj(resource['Properties']) ? resource['Properties'] : {};
    resource['Properties'] = properties;
    if (!isNothing(properties['DefinitionBody']) || !isNothing(properties['DefinitionUri'])) {
      continue;
    }
    properties['DefinitionBody'] = type === REST.type ? emptySwagger() : emptyOpenApi();
    properties[MANAGED] = true;
  }
  imply(REST, template, resources, failures);
  imply(HTTP, template, resources, failures);
}

interface Route {
  readonly api: string;
  readonly path: string;
  readonly method: string;
  readonly condition: unknown;
}

function imply(kind: Kind, template: Obj, resources: Obj, failures: SamFailure[]): void {
  const given = resources[kind.id] !== undefined;
  const implicit: Obj = {
    Type: kind.type,
    Properties: {
      ...(kind === REST ? { StageName: 'Prod' } : {}),
      DefinitionBody: kind === REST ? emptySwagger() : emptyOpenApi(),
      [MANAGED]: true,
      __IMPLICIT: true,
    },
  };
  if (!given) resources[kind.id] = implicit;
  const routes: Route[] = [];
  const owners: Obj[] = [];
  for (const [id, resource] of Object.entries(resources)) {
    if (!isObj(resource)) continue;
    if (
      resource['Type'] !== 'AWS::Serverless::Function' &&
      resource['Type'] !== 'AWS::Serverless::StateMachine'
    )
      continue;
    try {
      const found = routesOf(kind, id, resource, resources);
      if (found.some((one) => one.api === kind.id)) owners.push(resource);
      routes.push(...found);
    } catch (failure) {
      if (!(failure instanceof SamFailure)) throw failure;
      failures.push(failure);
    }
  }
  const body = obj(obj(obj(resources[kind.id])['Properties'])['DefinitionBody']);
  for (const [id, resource] of Object.entries(resources)) {
    const properties = isObj(resource) && resource['Type'] === kind.type ? obj(resource['Properties']) : {};
    if (properties[MANAGED] === true) conditionPaths(id, template, obj(properties['DefinitionBody']), routes);
  }
  if (given) return;
  if (Object.keys(pathsOf(body)).length === 0) {
    Reflect.deleteProperty(resources, kind.id);
    return;
  }
  conditionApi(kind, template, implicit, owners);
  for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const said = owners.map((one) => one[policy]).filter((one) => !isNothing(one));
    if (said.length > 0) implicit[policy] = said.includes('Retain') ? 'Retain' : (said[0] ?? 'Delete');
  }
}

/** Gives an implied API the tags that what routes to it passes on. */
export function tagImplied(resources: Obj): void {
  for (const kind of [REST, HTTP]) {
    const api = obj(obj(resources[kind.id])['Properties']);
    if (api['__IMPLICIT'] !== true) continue;
    for (const resource of Object.values(resources)) {
      const properties = obj(obj(resource)['Properties']);
      if (!truthy(properties['PropagateTags']) || !isObj(properties['Tags'])) continue;
      const routes = Object.values(obj(properties['Events'])).some(
        (event) =>
          obj(event)['Type'] === kind.event &&
          obj(obj(obj(event)['Properties'])[kind.reference])['Ref'] === kind.id,
      );
      if (!routes) continue;
      api['Tags'] = { ...obj(api['Tags']), ...properties['Tags'] };
      api['PropagateTags'] = true;
    }
  }
}

/** The routes of a function or state machine; events without an API get the implicit one. */
function routesOf(kind: Kind, id: string, resource: Obj, resources: Obj): Route[] {
  const events = obj(obj(resource['Properties'])['Events']);
  return Object.entries(events).flatMap(([name, event]) => {
    if (!isObj(event) || event['Type'] !== kind.event) return [];
    const fail = (reason: string): Error => invalidResource(id, new EventFailure(name, reason).message);
    const properties = event['Properties'] ?? (kind === HTTP ? {} : undefined);
    if (properties === undefined) return [];
    if (!isObj(properties)) throw fail('Properties should be a map.');
    event['Properties'] = properties;
    if (isNothing(properties[kind.reference])) properties[kind.reference] = ref(kind.id);
    const [path, method] = routeOf(kind, properties, fail);
    const reference = properties[kind.reference];
    const api = isObj(reference) ? reference['Ref'] : reference;
    if (!isText(api) || (isObj(reference) && Object.keys(reference).length > 1))
      throw fail(`Property '${kind.reference}' should be a string.`);
    if (kind === REST && obj(resources[api])['Type'] === HTTP.type)
      throw fail(
        "RestApiId must be a valid reference to an 'AWS::Serverless::Api' resource in same template.",
      );
    addRoute(obj(resources[api]), path, method);
    return [{ api, path, method, condition: resource['Condition'] }];
  });
}

function routeOf(kind: Kind, properties: Obj, fail: (reason: string) => Error): [string, string] {
  if (kind === HTTP && isNothing(properties['Path']) && isNothing(properties['Method'])) {
    properties['Path'] = '$default';
    properties['Method'] = ANY;
  }
  const { Path: path, Method: method } = properties;
  if (isNothing(path)) throw fail("Event is missing key 'Path'.");
  if (isNothing(method)) throw fail("Event is missing key 'Method'.");
  if (!isText(path)) throw fail("Api Event must have a String specified for 'Path'.");
  if (!isText(method)) throw fail("Api Event must have a String specified for 'Method'.");
  return [path, methodName(method)];
}

function addRoute(api: Obj, path: string, method: string): void {
  const properties = obj(api['Properties']);
  if (properties[MANAGED] === true && isObj(properties['DefinitionBody']))
    addPath(properties['DefinitionBody'], path, method);
}

/** The implicit API is there on a condition where all that route to it are. */
function conditionApi(kind: Kind, template: Obj, implicit: Obj, owners: readonly Obj[]): void {
  const conditions = new Set(owners.map((one) => one['Condition']));
  if (conditions.size === 0 || [...conditions].some(isNothing)) return;
  implicit['Condition'] = anyOf(template, `${kind.id}Condition`, [...conditions]);
}

/** A path is there on a condition where all its methods are. */
function conditionPaths(api: string, template: Obj, body: Obj, routes: readonly Route[]): void {
  for (const path of Object.keys(pathsOf(body))) {
    const own = routes.filter((one) => one.api === api && one.path === path);
    const conditions = new Set(own.map((one) => one.condition));
    if (conditions.size === 0 || [...conditions].some(isNothing)) continue;
    const name = `${api}${pathName(path)}PathCondition`;
    pathItems(body, path);
    pathsOf(body)[path] = onCondition(anyOf(template, name, [...conditions]), pathsOf(body)[path]);
  }
}

/** A path as a part of a logical id. */
const pathName = (path: string): string =>
  path
    .replaceAll('/', 'SLASH')
    .replaceAll('{', 'OB')
    .replaceAll('}', 'CB')
    .replace(/[^A-Za-z0-9]/g, '');

/** The only condition, or a new one that holds where any does. */
export function anyOf(template: Obj, name: string, all: readonly unknown[]): unknown {
  if (all.length === 1) return all[0];
  const conditions = obj(template['Conditions']);
  template['Conditions'] = conditions;
  const sorted = [...all].sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const groups: unknown[][] = [];
  for (let at = 0; at < sorted.length; at += 10) groups.push(sorted.slice(at, at + 10));
  const or = (names: readonly unknown[]): unknown =>
    names.length === 1 ? { Condition: names[0] } : { 'Fn::Or': names.map((one) => ({ Condition: one })) };
  if (groups.length === 1) conditions[name] = or(sorted);
  else {
    // Fn::Or takes ten conditions at most
    const parts = groups.map((group, at) => {
      if (group.length === 1) return group[0];
      const part = `${name}${String(at + 1)}`;
      conditions[part] = or(group);
      return part;
    });
    conditions[name] = or(parts);
  }
  return name;
}
