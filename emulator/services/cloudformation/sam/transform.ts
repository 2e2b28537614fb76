import { application, capacityProvider, layerVersion, simpleTable } from './small-resources.ts';
import { connector } from './connector/connector.ts';
import { takeConnectors } from './connector/embedded.ts';
import { deployments } from './function/deployment.ts';
import { functionResources } from './function/function.ts';
import { documentMessage, duplicateId, invalidResource, invalidTemplate, SamFailure } from './failures.ts';
import { mergeGlobals } from './globals.ts';
import { httpApi } from './http-api/http-api.ts';
import { implyApis, tagImplied } from './implicit.ts';
import { renamed } from './intrinsics.ts';
import { type Obj, copy, isNothing, isObj, isText, obj } from './json.ts';
import { type Made, type Source, sourceOf, written } from './made.ts';
import { restApi } from './rest-api/rest-api.ts';
import { sharedUsagePlan } from './rest-api/usage-plan.ts';
import { stateMachine } from './state-machine/state-machine.ts';
import { webSocketApi } from './web-socket-api/web-socket-api.ts';
import type { Given, Work } from './work.ts';

export type Transformed =
  | { readonly ok: true; readonly template: Obj }
  | { readonly ok: false; readonly message: string; readonly failures: readonly SamFailure[] };

type Handler = (work: Work, source: Source) => Made[];

const HANDLERS: Readonly<Record<string, Handler>> = {
  'AWS::Serverless::Function': functionResources,
  'AWS::Serverless::StateMachine': stateMachine,
  'AWS::Serverless::Api': restApi,
  'AWS::Serverless::HttpApi': httpApi,
  'AWS::Serverless::WebSocketApi': webSocketApi,
  'AWS::Serverless::SimpleTable': (_, source) => simpleTable(source),
  'AWS::Serverless::LayerVersion': layerVersion,
  'AWS::Serverless::Application': application,
  'AWS::Serverless::CapacityProvider': capacityProvider,
  'AWS::Serverless::Connector': connector,
};

/** Functions and state machines route into APIs, which have to come after them. */
const ORDER = [
  'AWS::Serverless::Function',
  'AWS::Serverless::StateMachine',
  'AWS::Serverless::Api',
  'AWS::Serverless::HttpApi',
  'AWS::Serverless::WebSocketApi',
];

/** Makes a CloudFormation template of a SAM template, or says all that is wrong with it. */
export function transform(input: unknown, given: Given): Transformed {
  const failures: SamFailure[] = [];
  try {
    const template = transformed(copy(input), given, failures);
    if (failures.length === 0) return { ok: true, template };
  } catch (failure) {
    if (!(failure instanceof SamFailure)) throw failure;
    // what is wrong with the whole template is told alone
    failures.splice(0, failure.about === '' ? failures.length : 0, failure);
  }
  return { ok: false, message: documentMessage(failures), failures };
}

function transformed(template: unknown, given: Given, failures: SamFailure[]): Obj {
  const resources = checked(template);
  const whole = obj(template);
  implyApis(whole, resources, failures);
  if (failures.length > 0) return whole;
  takeConnectors(resources, failures);
  mergeGlobals(whole, resources);
  tagImplied(resources);
  const work = begun(whole, resources, given, failures);
  for (const id of ordered(resources)) attempt(work, id);
  const late = [...deployments(work), ...sharedUsagePlan(work)];
  for (const one of late) resources[one.id] = written(one);
  delete whole['Transform'];
  return obj(renamed(whole, work));
}

/** The template's resources. @throws SamFailure where they are none */
function checked(template: unknown): Obj {
  const resources = isObj(template) ? template['Resources'] : undefined;
  if (!isObj(resources) || Object.keys(resources).length === 0)
    throw invalidTemplate("'Resources' section is required");
  for (const [id, resource] of Object.entries(resources)) {
    if (!isObj(resource)) continue;
    if ('Properties' in resource && !isObj(resource['Properties']) && isSam(resource))
      throw invalidResource(id, "Attribute 'Properties' should be a map.");
    if (isSam(resource) && !isNothing(resource['Condition']) && !isText(resource['Condition']))
      throw invalidTemplate('Every Condition member must be a string.');
  }
  return resources;
}

const isSam = (resource: Obj): boolean => Object.hasOwn(HANDLERS, String(resource['Type']));

function begun(template: Obj, resources: Obj, given: Given, failures: SamFailure[]): Work {
  const defaults: Obj = {};
  for (const [name, parameter] of Object.entries(obj(template['Parameters'])))
    if (isObj(parameter) && !isNothing(parameter['Default'])) defaults[name] = parameter['Default'];
  const parameters = {
    ...defaults,
    'AWS::Region': given.region,
    'AWS::Partition': given.partition,
    ...given.parameters,
  };
  return {
    given,
    template,
    resources,
    original: { ...resources },
    names: { parameters, mappings: obj(template['Mappings']) },
    failures,
    properties: new Map(),
    ids: new Map(),
    preferences: new Map(),
    sharedPlan: { apis: [], settings: {} },
  };
}

function ordered(resources: Obj): string[] {
  const rank = (id: string): number => {
    const type = String(obj(resources[id])['Type']);
    const at = ORDER.indexOf(type);
    // connectors read the roles that the others got
    if (type === 'AWS::Serverless::Connector') return 60;
    if (at < 0) return 50;
    return at < 2 ? at : 2;
  };
  return Object.keys(resources).sort((a, b) => rank(a) - rank(b));
}

function attempt(work: Work, id: string): void {
  const resource = work.resources[id];
  const handler = isObj(resource) ? HANDLERS[String(resource['Type'])] : undefined;
  if (!isObj(resource) || !handler) return;
  try {
    if (!/^[A-Za-z0-9]+$/.test(id)) throw invalidResource(id, 'Logical ids must be alphanumeric.');
    const all = handler(work, sourceOf(id, resource));
    Reflect.deleteProperty(work.resources, id);
    for (const one of all) add(work, id, one);
  } catch (failure) {
    if (!(failure instanceof SamFailure) || failure.about === '') throw failure;
    work.failures.push(failure);
  }
}

/** Types whose generated ids may stand for what the template has too. */
const MAY_STAND = ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'];

function add(work: Work, source: string, one: Made): void {
  if (one.id !== source && Object.hasOwn(work.original, one.id) && !MAY_STAND.includes(one.type))
    throw duplicateId(source, one.id, one.type);
  work.resources[one.id] = written(one);
}
