import {
  type Obj,
  canonical,
  isIntrinsic,
  isList,
  isNothing,
  isObj,
  isText,
  obj,
  printed,
  said,
  sub,
} from '../json.ts';
import type { Made } from '../made.ts';
import { MANAGED } from '../implicit.ts';
import { merged } from '../globals.ts';
import {
  ANY,
  INTEGRATION,
  addPath,
  hasIntegration,
  methodName,
  onCondition,
  operationsAt,
  pathsOf,
} from '../openapi/editor.ts';
import { conditioned } from '../rest-api/integration.ts';
import { type Work, known, resourceAt } from '../work.ts';
import { type Event, checkProperties, failedByName } from './event.ts';
import { permission } from './permission.ts';

/** A route of an HTTP API that calls the function. */
export function httpRoute(work: Work, event: Event): Made[] {
  const given = event.properties;
  const reference = given['ApiId'];
  const id = isObj(reference) ? reference['Ref'] : reference;
  if (!isText(id)) throw failedByName(event, "Property 'ApiId' should be a string.");
  const resource = resourceAt(work, id);
  if (resource?.['Type'] !== 'AWS::Serverless::HttpApi' && resource?.['Type'] !== 'AWS::ApiGatewayV2::Api')
    throw failedByName(
      event,
      "ApiId must be a valid reference to an 'AWS::Serverless::HttpApi' resource in same template.",
    );
  checkProperties(
    event.id,
    'HttpApi',
    given,
    'Path Method ApiId! Stage Auth TimeoutInMillis RouteSettings PayloadFormatVersion',
  );
  const properties =
    resource['Type'] === 'AWS::Serverless::HttpApi' ? obj(resource['Properties']) : undefined;
  const [path, method] = [String(given['Path']), methodName(given['Method'])];
  const body = properties?.['DefinitionBody'];
  if (properties) addRouteSettings(event, properties, path, method);
  if (isObj(body)) {
    const key =
      path === '$default' && !('$default' in pathsOf(body)) && '/$default' in pathsOf(body)
        ? '/$default'
        : path;
    if (!routed(work, event, body, key, method))
      addIntegration(work, event, obj(properties), body, key, method);
    authorize(work, event, obj(properties), body, key, method);
  }
  return path !== '$default' && hasDefaultRoute(event) ? [] : [invokePermission(event, path, method)];
}

/** The permission of a default route is one for every route of the API. */
const hasDefaultRoute = (event: Event): boolean =>
  Object.values(obj(event.source.properties['Events'])).some((one) => {
    const other = isObj(one) && one['Type'] === 'HttpApi' ? obj(one['Properties']) : {};
    return other['Path'] === '$default' && canonical(other['ApiId']) === canonical(event.properties['ApiId']);
  });

/** Whether the definition leads the route to the function already. */
function routed(work: Work, event: Event, body: Obj, path: string, method: string): boolean {
  if (!hasIntegration(body, path, method)) return false;
  const reference = event.properties['ApiId'];
  const api = resourceAt(work, isObj(reference) ? reference['Ref'] : reference);
  if (obj(api?.['Properties'])[MANAGED] !== true) {
    const version = event.properties['PayloadFormatVersion'];
    for (const { [INTEGRATION]: integration } of operationsAt(body, path, method))
      if (isObj(integration) && !isNothing(version)) integration['payloadFormatVersion'] = version;
    return true;
  }
  throw failedByName(event, `API method '${method}' defined multiple times for path '${path}'.`);
}

function addIntegration(work: Work, event: Event, api: Obj, body: Obj, path: string, method: string): void {
  addPath(body, path, method);
  const condition = event.source.passed['Condition'];
  const target = event.to.alias ? `\${${event.to.alias.id}}` : `\${${event.source.id}.Arn}`;
  const uri = sub(
    `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${target}/invocations`,
  );
  for (const operation of operationsAt(body, path, method)) {
    operation[INTEGRATION] = said({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: isNothing(condition) ? uri : onCondition(condition, uri),
      payloadFormatVersion: event.properties['PayloadFormatVersion'] ?? '2.0',
      timeoutInMillis: event.properties['TimeoutInMillis'],
    });
    operation['responses'] ??= {};
    const named = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
    }));
    if (named.length > 0) operation['parameters'] ??= named;
    if (path.endsWith('$default') && method === ANY) operation['isDefaultRoute'] = true;
  }
  conditioned(body, path, method, condition);
}

function authorize(work: Work, event: Event, api: Obj, body: Obj, path: string, method: string): void {
  const auth = known(work, event.properties['Auth']);
  if (!isObj(auth)) return;
  const authorizer = auth['Authorizer'];
  const settings = known(work, api['Auth']);
  if (!isNothing(settings) && !isObj(settings)) return;
  const apiAuth = obj(settings);
  const authorizers = obj(apiAuth['Authorizers']);
  const shown = String(event.properties['Method']).toLowerCase();
  const fail = (what: string, why: string): Error =>
    failedByName(event, `Unable to set ${what} on API method [${shown}] for path [${path}] because ${why}`);
  if (isText(authorizer)) {
    if (authorizer === 'NONE') {
      if (isNothing(apiAuth['DefaultAuthorizer']))
        throw fail(
          'Authorizer',
          "'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.",
        );
    } else if (authorizer !== 'AWS_IAM') {
      if (isNothing(apiAuth['Authorizers']))
        throw fail(`Authorizer [${authorizer}]`, 'the related API does not define any Authorizers.');
      if (!(authorizer in authorizers))
        throw fail(`Authorizer [${authorizer}]`, "it wasn't defined in the API's Authorizers.");
    }
  } else if (!isNothing(authorizer))
    throw fail(`Authorizer [${printed(authorizer)}]`, 'the Authorizer must be a string.');
  const name = isText(authorizer) ? authorizer : apiAuth['DefaultAuthorizer'];
  if (!isText(name)) return;
  const scopes = auth['AuthorizationScopes'] ?? obj(authorizers[name])['AuthorizationScopes'];
  for (const operation of operationsAt(body, path, method)) {
    const present = isList(operation['security']) ? operation['security'] : [];
    const rest = present.filter((one) => !(isObj(one) && name in one));
    operation['security'] = [
      ...rest,
      { [name]: name === 'NONE' || name === 'AWS_IAM' || !isList(scopes) ? [] : scopes },
    ];
  }
}

/** `RouteSettings` of an event go to the API's stage. */
function addRouteSettings(event: Event, api: Obj, path: string, method: string): void {
  if (!('RouteSettings' in event.properties)) {
    if ('RouteSettings' in api && !isObj(api['RouteSettings']))
      throw failedByName(event, "Property 'RouteSettings' should be a map.");
    return;
  }
  const settings = event.properties['RouteSettings'];
  const present = api['RouteSettings'] ?? {};
  if (!isObj(present) || !isObj(settings))
    throw failedByName(event, "Property 'RouteSettings' should be a map.");
  const verb = method === ANY ? 'ANY' : method.toUpperCase();
  const key = path === '$default' ? '$default' : `${verb} ${path}`;
  const whole = isIntrinsic(settings) ? settings : merged(present[key], settings);
  const condition = event.source.passed['Condition'];
  api['RouteSettings'] = {
    ...present,
    [key]: isNothing(condition) ? whole : onCondition(condition, whole),
  };
}

function invokePermission(event: Event, path: string, method: string): Made {
  const verb = method === ANY ? '*' : method.toUpperCase();
  const route = path === '$default' ? '' : `${verb}${path.replace(/\{[a-zA-Z0-9._-]+\+?\}/g, '*')}`;
  const resource = path === '$default' ? '*' : route.startsWith('*') ? `*${route.slice(1)}` : route;
  return permission(event, 'apigateway.amazonaws.com', {
    SourceArn: sub(
      `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${resource}`,
      {
        __ApiId__: event.properties['ApiId'],
        __Stage__: '*',
      },
    ),
  });
}
