import { type Obj, copy, isNothing, isObj, isText, obj, said, sub, truthy } from '../json.ts';
import type { Made } from '../made.ts';
import { MANAGED } from '../implicit.ts';
import { addIntegration } from '../rest-api/integration.ts';
import { addRouteSettings } from '../rest-api/route.ts';
import { methodName } from '../openapi/editor.ts';
import { type Work, known, resourceAt } from '../work.ts';
import { type Event, checkProperties, failedByName } from './event.ts';
import { permission } from './permission.ts';

/** The API that an event routes to, as far as the template holds it. */
export interface LinkedApi {
  readonly id: string;
  readonly resource: Obj | undefined;
  readonly properties: Obj;
}

export const API_PROPERTIES =
  'Path! Method! RestApiId! Stage Auth:map RequestModel:map RequestParameters TimeoutInMillis ResponseTransferMode UnescapeMappingTemplate:switch';

/** The API that `RestApiId` names. */
export function linkedApi(work: Work, event: Event): LinkedApi {
  const written = event.properties['RestApiId'];
  const id = isObj(written) ? written['Ref'] : written;
  if (!isText(id)) throw failedByName(event, "Property 'RestApiId' should be a string.");
  const resource = resourceAt(work, id);
  const type = resource?.['Type'];
  if (resource && type !== 'AWS::Serverless::Api' && type !== 'AWS::ApiGateway::RestApi')
    throw failedByName(
      event,
      "RestApiId must be a valid reference to an 'AWS::Serverless::Api' resource in same template.",
    );
  return { id, resource, properties: type === 'AWS::Serverless::Api' ? obj(resource?.['Properties']) : {} };
}

/** A route of a REST API that calls the function. */
export function restRoute(work: Work, event: Event): Made[] {
  const given = event.properties;
  const api = linkedApi(work, event);
  checkProperties(event.id, 'Api', given, API_PROPERTIES);
  const stage = api.properties['StageName'];
  const suffix = isText(stage) ? stage : isNothing(stage) ? 'AllStages' : 'Stage';
  const path = String(given['Path']);
  const method = methodName(given['Method']);
  const made = [invokePermission(work, event, path, method, suffix)];
  const body = api.properties['DefinitionBody'];
  const merges = truthy(known(work, api.properties['MergeDefinitions']));
  if (isObj(body) && (api.properties[MANAGED] === true || merges)) {
    const target = merges ? generatedBody(api, body) : body;
    const before = copy(target);
    try {
      addIntegration(work, event, target, path, method);
      addRouteSettings(work, event, api, target, path, method);
    } catch (failure) {
      // an event that fails leaves no route behind
      api.properties[merges ? '__GENERATED' : 'DefinitionBody'] = before;
      throw failure;
    }
  }
  return made;
}

/** With `MergeDefinitions`, routes are written apart from the definition and merged into it afterwards. */
function generatedBody(api: LinkedApi, body: Obj): Obj {
  const generated = api.properties['__GENERATED'];
  if (isObj(generated)) return generated;
  const fresh = said({ swagger: body['swagger'], openapi: body['openapi'], paths: {} });
  api.properties['__GENERATED'] = fresh;
  return fresh;
}

function invokePermission(work: Work, event: Event, path: string, method: string, suffix: string): Made {
  const verb = method.startsWith('x-') ? '*' : method.toUpperCase();
  const route = path.replace(/\{[a-zA-Z0-9._-]+\+?\}/g, '*').replace(/^\/?/, '/');
  const reference = event.properties['RestApiId'];
  return permission(
    event,
    'apigateway.amazonaws.com',
    {
      SourceArn: sub(
        `arn:${work.given.partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${verb}${route}`,
        { __ApiId__: reference, __Stage__: '*' },
      ),
    },
    event.id,
    suffix,
  );
}
