import { EventFailure } from '../failures.ts';
import { type Obj, getAtt, isNothing, isObj, isText, obj, ref, truthy } from '../json.ts';
import type { Made, Source } from '../made.ts';
import { type Event, checkProperties } from '../events/event.ts';
import { API_PROPERTIES, linkedApi } from '../events/rest-api.ts';
import { type Invoked, allowDeadLetters, ruleOf, scheduleOf, startRole } from '../events/rules.ts';
import { MANAGED } from '../implicit.ts';
import { INTEGRATION, addPath, methodName, operationsAt } from '../openapi/editor.ts';
import { conditioned, startIntegration } from '../rest-api/integration.ts';
import { addRouteSettings } from '../rest-api/route.ts';
import type { Work } from '../work.ts';

/** What starts a state machine. */
export function machineEvents(work: Work, source: Source, alias: Made | undefined): Made[] {
  return Object.entries(obj(source.properties['Events'])).flatMap(([name, written]) => {
    if (!isObj(written) || !isText(written['Type']))
      throw new EventFailure(name, 'Event is missing property: Type.');
    const given = obj(written['Properties']);
    const id = source.id + name;
    const target = ref(alias?.id ?? source.id);
    if (written['Type'] === 'Api') return apiStart(work, source, name, given, target);
    return ruleStart(source, id, written['Type'], given, target);
  });
}

function ruleStart(source: Source, id: string, type: string, given: Obj, target: Obj): Made[] {
  const scheduler = type === 'ScheduleV2';
  const role = startRole(
    `${id}Role`,
    scheduler ? 'scheduler.amazonaws.com' : 'events.amazonaws.com',
    'states:StartExecution',
    target,
    scheduler ? `${id}StartExecutionPolicy` : `${id}RoleStartExecutionPolicy`,
    { PermissionsBoundary: given['PermissionsBoundary'] ?? source.properties['PermissionsBoundary'] },
    source.passed,
  );
  if (scheduler) allowDeadLetters(role, id, given['DeadLetterConfig']);
  const own = given['RoleArn'];
  const invoked: Invoked = {
    id,
    passed: source.passed,
    arn: target,
    role: isNothing(own) ? getAtt(role.id, 'Arn') : own,
    suffix: 'StepFunctionsTarget',
  };
  const name = id.slice(source.id.length);
  const byName = (reason: string): Error =>
    new EventFailure(reason.startsWith('State and') ? name : id, reason);
  const started = scheduler ? scheduleOf(invoked, given, byName) : ruleOf(invoked, type, given, byName);
  return isNothing(own) ? [role, ...started] : started;
}

function apiStart(work: Work, source: Source, name: string, given: Obj, target: Obj): Made[] {
  const id = source.id + name;
  const event: Event = {
    name,
    id,
    type: 'Api',
    properties: given,
    source,
    // only read for functions
    to: { target: placeholder(source), lambda: placeholder(source), alias: undefined, role: undefined },
  };
  checkProperties(id, 'Api', given, API_PROPERTIES);
  const api = linkedApi(work, event);
  const role = startRole(
    `${id}Role`,
    'apigateway.amazonaws.com',
    'states:StartExecution',
    target,
    `${id}RoleStartExecutionPolicy`,
    { PermissionsBoundary: given['PermissionsBoundary'] ?? source.properties['PermissionsBoundary'] },
    source.passed,
  );
  const body = api.properties['DefinitionBody'];
  const path = String(given['Path']);
  const method = methodName(given['Method']);
  if (isObj(body) && truthy(api.properties[MANAGED])) {
    addPath(body, path, method);
    for (const operation of operationsAt(body, path, method)) {
      operation[INTEGRATION] = startIntegration(
        role.id,
        String(target['Ref']),
        given,
        source.passed['Condition'],
      );
      operation['responses'] ??= { '200': { description: 'OK' }, '400': { description: 'Bad Request' } };
    }
    conditioned(body, path, method, source.passed['Condition']);
    addRouteSettings(work, event, api, body, path, method);
  }
  return [role];
}

const placeholder = (source: Source): Made => ({
  id: source.id,
  type: source.type,
  properties: {},
  attributes: {},
});
