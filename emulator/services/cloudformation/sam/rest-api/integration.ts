import { type Event, failedByName } from '../events/event.ts';
import { type Obj, getAtt, isNothing, said, sub } from '../json.ts';
import {
  INTEGRATION,
  addPath,
  hasIntegration,
  onCondition,
  operationsAt,
  pathItems,
  methodName,
} from '../openapi/editor.ts';
import type { Work } from '../work.ts';

/** Where API Gateway finds the function. */
export function invocationUri(work: Work, event: Event): Obj {
  const arn = event.to.alias ? `\${${event.to.alias.id}}` : `\${${event.source.id}.Arn}`;
  return sub(
    `arn:${work.given.partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
  );
}

/** Puts the function behind a route. */
export function addIntegration(work: Work, event: Event, body: Obj, path: string, method: string): void {
  const shown = methodName(event.properties['Method']);
  if (hasIntegration(body, path, method))
    throw failedByName(
      event,
      `API method "${shown === method ? String(event.properties['Method']).toLowerCase() : method}" defined multiple times for path "${path}".`,
    );
  addPath(body, path, method);
  const condition = event.source.passed['Condition'];
  const uri = invocationUri(work, event);
  for (const operation of operationsAt(body, path, method)) {
    operation[INTEGRATION] = said({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: isNothing(condition) ? uri : onCondition(condition, uri),
      timeoutInMillis: event.properties['TimeoutInMillis'],
      responseTransferMode: event.properties['ResponseTransferMode'],
    });
    operation['responses'] ??= {};
  }
  conditioned(body, path, method, condition);
}

/** Puts a route on the condition of what it calls. */
export function conditioned(body: Obj, path: string, method: string, condition: unknown): void {
  if (isNothing(condition)) return;
  for (const item of pathItems(body, path)) {
    const key = Object.keys(item).find((one) => methodName(one) === method);
    if (key !== undefined) item[key] = onCondition(condition, item[key]);
  }
}

const START = sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution');

/** The integration that starts a state machine. */
export function startIntegration(role: string, machine: string, given: Obj, condition: unknown): Obj {
  const input =
    given['UnescapeMappingTemplate'] === true
      ? `$util.escapeJavaScript($input.json('$')).replaceAll("\\\\'","'")`
      : "$util.escapeJavaScript($input.json('$'))";
  return said({
    type: 'aws',
    httpMethod: 'POST',
    uri: isNothing(condition) ? START : onCondition(condition, START),
    responses: { '200': { statusCode: '200' }, '400': { statusCode: '400' } },
    credentials: getAtt(role, 'Arn'),
    requestTemplates: {
      'application/json': sub(`{"input": "${input}", "stateMachineArn": "\${${machine}}"}`),
    },
    timeoutInMillis: given['TimeoutInMillis'],
  });
}
