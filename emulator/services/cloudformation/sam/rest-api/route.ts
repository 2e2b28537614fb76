import { type Event, failedByName } from '../events/event.ts';
import type { LinkedApi } from '../events/rest-api.ts';
import { type Obj, isIntrinsic, isList, isNothing, isObj, isText, obj, printed, truthy } from '../json.ts';
import { INTEGRATION, isOpenApi3, operationsAt } from '../openapi/editor.ts';
import { type Work, known } from '../work.ts';
import { API_KEY, addSchemes, iamScheme } from './auth.ts';
import { addResourcePolicy } from './resource-policy.ts';

/** What an event says of its route besides where it leads: authorizer, key, model, parameters. */
export function addRouteSettings(
  work: Work,
  event: Event,
  api: LinkedApi,
  body: Obj,
  path: string,
  method: string,
): void {
  const operations = operationsAt(body, path, method);
  const fail = (what: string, why: string): Error =>
    failedByName(
      event,
      `Unable to set ${what} on API method [${String(event.properties['Method']).toLowerCase()}] for path [${path}] because ${why}`,
    );
  const auth = known(work, event.properties['Auth']);
  if (isObj(auth)) {
    authorize(work, event, api, operations, auth, fail);
    if (!isNothing(auth['ApiKeyRequired'])) requireKey(api, operations, auth['ApiKeyRequired'], fail);
    if (!isNothing(auth['ResourcePolicy'])) addResourcePolicy(body, auth['ResourcePolicy'], path, event);
  } else invokeRole(operations, {}, obj(known(work, api.properties['Auth'])), undefined);
  declareSchemes(body, operations);
  if (!isNothing(event.properties['RequestModel'])) model(event, api, body, operations, fail);
  parameters(event, body, operations);
}

/** What a route asks is declared, whatever the API says of it. */
function declareSchemes(body: Obj, operations: Obj[]): void {
  const asked = operations.flatMap((one) => (isList(one['security']) ? one['security'] : [])).filter(isObj);
  if (asked.some((one) => 'AWS_IAM' in one)) addSchemes(body, { AWS_IAM: iamScheme() });
  if (asked.some((one) => 'api_key' in one)) addSchemes(body, { api_key: API_KEY });
}

type Fail = (what: string, why: string) => Error;

function authorize(work: Work, event: Event, api: LinkedApi, operations: Obj[], auth: Obj, fail: Fail): void {
  const authorizer = auth['Authorizer'];
  const settings = known(work, api.properties['Auth']);
  if (!isNothing(settings) && !isObj(settings)) return;
  const apiAuth = obj(settings);
  if (!isNothing(authorizer)) {
    const shown = isText(authorizer) ? authorizer : printed(authorizer);
    if (authorizer !== 'AWS_IAM' && authorizer !== 'NONE') {
      const authorizers = apiAuth['Authorizers'];
      if (isNothing(authorizers))
        throw fail(`Authorizer [${shown}]`, 'the related API does not define any Authorizers.');
      // the API itself is told of that
      if (!isObj(authorizers)) return;
      if (!isText(authorizer))
        throw failedByName(
          event,
          `Unable to set Authorizer [${printed(authorizer)}] on API method [${String(event.properties['Method']).toLowerCase()}] for path [${String(event.properties['Path'])}]. The method authorizer must be a string with a corresponding dict entry in the api authorizer.`,
        );
      if (!(authorizer in authorizers))
        throw fail(`Authorizer [${shown}]`, "it wasn't defined in the API's Authorizers.");
    }
    if (authorizer === 'NONE' && isNothing(apiAuth['DefaultAuthorizer']))
      throw fail(
        'Authorizer',
        "'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.",
      );
    secure(operations, authorizer, auth, apiAuth);
  } else if (isList(auth['AuthorizationScopes']) && isText(apiAuth['DefaultAuthorizer'])) {
    secure(operations, apiAuth['DefaultAuthorizer'], auth, apiAuth);
  }
  if ('InvokeRole' in auth || authorizer === 'AWS_IAM' || apiAuth['DefaultAuthorizer'] === 'AWS_IAM')
    invokeRole(operations, auth, apiAuth, authorizer);
}

function secure(operations: Obj[], authorizer: unknown, auth: Obj, apiAuth: Obj): void {
  const name = String(authorizer);
  const own = auth['AuthorizationScopes'];
  const common = obj(obj(apiAuth['Authorizers'])[name])['AuthorizationScopes'];
  const scopes = isList(own) ? own : isList(common) ? common : [];
  for (const operation of operations) {
    const present = isList(operation['security']) ? operation['security'] : [];
    operation['security'] = [...present, { [name]: name === 'NONE' ? [] : scopes }];
  }
}

/** With IAM, the caller's own credentials go to the function unless something else is said. */
function invokeRole(operations: Obj[], auth: Obj, apiAuth: Obj, authorizer: unknown): void {
  if (authorizer !== 'AWS_IAM' && !(isNothing(authorizer) && apiAuth['DefaultAuthorizer'] === 'AWS_IAM'))
    return;
  if ('InvokeRole' in auth && isNothing(auth['InvokeRole'])) return;
  const role = auth['InvokeRole'] ?? apiAuth['InvokeRole'] ?? 'CALLER_CREDENTIALS';
  if (role === 'NONE') return;
  for (const operation of operations) {
    const integration = operation['x-amazon-apigateway-integration'];
    if (isObj(integration))
      integration['credentials'] = role === 'CALLER_CREDENTIALS' ? 'arn:aws:iam::*:user/*' : role;
  }
}

function requireKey(api: LinkedApi, operations: Obj[], required: unknown, fail: Fail): void {
  const settings = obj(api.properties['Auth']);
  if (required === false && isNothing(settings['ApiKeyRequired']))
    throw fail(
      `ApiKeyRequired [${printed(required)}]`,
      'the related API does not specify any ApiKeyRequired.',
    );
  for (const operation of operations) {
    const present = isList(operation['security']) ? operation['security'] : [];
    if (truthy(required)) operation['security'] = [...present, { api_key: [] }];
    else operation['security'] = [...present, { api_key_false: [] }];
  }
}

function model(event: Event, api: LinkedApi, body: Obj, operations: Obj[], fail: Fail): void {
  const request = obj(event.properties['RequestModel']);
  const name = request['Model'];
  const models = api.properties['Models'];
  const shown = isText(name) ? name : printed(name);
  if (isNothing(models)) throw fail(`RequestModel [${shown}]`, 'the related API does not define any Models.');
  if (!isObj(models))
    throw fail(`RequestModel [${shown}]`, 'the related API Models defined is of invalid type.');
  if (!isText(name)) throw fail(`RequestModel [${shown}]`, 'the related API does not contain valid Models.');
  if (!(name in models)) throw fail(`RequestModel [${shown}]`, "it wasn't defined in the API's Models.");
  const required = request['Required'];
  for (const operation of operations) {
    if (isOpenApi3(body) || /^'?3/.test(printed(api.properties['OpenApiVersion']))) {
      operation['requestBody'] = {
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${name.toLowerCase()}` } } },
        ...(isNothing(required) ? {} : { required }),
      };
    } else {
      const parameter: Obj = {
        in: 'body',
        name: name.toLowerCase(),
        schema: { $ref: `#/definitions/${name.toLowerCase()}` },
      };
      if (!isNothing(required)) parameter['required'] = required;
      operation['parameters'] = [
        ...(isList(operation['parameters']) ? operation['parameters'] : []),
        parameter,
      ];
    }
  }
  validators(request, body, operations);
}

/** A validator is named after what it validates. */
function validators(request: Obj, body: Obj, operations: Obj[]): void {
  const [checkBody, checkParameters] = [request['ValidateBody'], request['ValidateParameters']];
  if (isNothing(checkBody) && isNothing(checkParameters)) return;
  const one = {
    validateRequestBody: checkBody ?? false,
    validateRequestParameters: checkParameters ?? false,
  };
  const name = truthy(checkBody)
    ? truthy(checkParameters)
      ? 'body-and-params'
      : 'body-only'
    : truthy(checkParameters)
      ? 'params-only'
      : 'no-validation';
  const all = obj(body['x-amazon-apigateway-request-validators']);
  all[name] ??= one;
  body['x-amazon-apigateway-request-validators'] = all;
  for (const operation of operations) operation['x-amazon-apigateway-request-validator'] = name;
}

const WRONG_PARAMETER =
  "Invalid value for 'RequestParameters' property. Keys must be in the format 'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'.";
const PLACES: Readonly<Record<string, string>> = { querystring: 'query', path: 'path', header: 'header' };

function parameters(event: Event, body: Obj, operations: Obj[]): void {
  const requested = event.properties['RequestParameters'];
  if (isNothing(requested)) return;
  if (!isList(requested))
    throw failedByName(
      event,
      "Invalid value for 'RequestParameters' property. Property must be a list of strings or dictionaries",
    );
  const own = requested.map((one) => parameter(event, body, one));
  const cached = requested.filter(isObj).flatMap((one) =>
    Object.entries(one)
      .filter(([, settings]) => truthy(obj(settings)['Caching']))
      .map(([name]) => name),
  );
  for (const operation of operations) {
    const present = isList(operation['parameters']) ? operation['parameters'] : [];
    operation['parameters'] = [...present, ...own];
    const integration = operation[INTEGRATION];
    if (cached.length === 0 || !isObj(integration)) continue;
    const before = integration['cacheKeyParameters'];
    integration['cacheKeyParameters'] = [...(isList(before) ? before : []), ...cached];
  }
}

function parameter(event: Event, body: Obj, written: unknown): Obj {
  const [key, settings] = isText(written)
    ? [written, {}]
    : isObj(written) && Object.keys(written).length === 1
      ? [Object.keys(written)[0] ?? '', Object.values(written)[0]]
      : ['', {}];
  if (
    isObj(written) &&
    (Object.keys(written).length !== 1 ||
      isIntrinsic(written) ||
      !isObj(settings) ||
      Object.keys(settings).some((one) => one !== 'Required' && one !== 'Caching'))
  )
    throw failedByName(
      event,
      "Invalid value for 'RequestParameters' property. Values must be an object, e.g { Required: true, Caching: false }",
    );
  if (!isText(written) && !isObj(written))
    throw failedByName(
      event,
      "Invalid value for 'RequestParameters' property. Property must be either a string or an object",
    );
  const found = /^method\.request\.(querystring|path|header)\.(.+)$/.exec(key);
  if (!found) throw failedByName(event, WRONG_PARAMETER);
  const [, place = '', name = ''] = found;
  const schema = isOpenApi3(body) ? { schema: { type: 'string' } } : { type: 'string' };
  const required = obj(settings)['Required'];
  return {
    in: PLACES[place],
    name,
    ...schema,
    ...(place === 'path' || truthy(required)
      ? { required: true }
      : isNothing(required)
        ? { required: false }
        : { required }),
  };
}
