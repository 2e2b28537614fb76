import type { ApiGatewayOperations } from '../client.ts';
import { noSuch } from '../../../gateway/failures.ts';
import { findMethod } from '../methods/find.ts';
import type { ApiGatewayExecution } from '../port.ts';
import type { ApiStore } from '../store/store.ts';
import { checkVariables } from '../../../gateway/variables.ts';

interface Headers {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** `TestInvokeMethod`, `TestInvokeAuthorizer`: the API as it is being edited, by the data plane's own steps. */
export function testOperations(store: ApiStore, execution: ApiGatewayExecution) {
  return {
    async TestInvokeMethod(input, call) {
      const { resource, method } = findMethod(store, call, input);
      checkVariables(input.stageVariables);
      const { status, body, headers, log, latency } = await execution.testMethod(call, {
        definition: store.definition(call, store.named(call, input.restApiId)),
        resourceId: resource.id,
        httpMethod: method.httpMethod,
        // Recorded: without a path, that of the resource with its variables as they are written.
        pathWithQueryString: pathOr(input.pathWithQueryString, resource.path),
        body: input.body ?? '',
        headers: headersOf(input),
        stageVariables: input.stageVariables ?? {},
        cause: call.trail,
      });
      return {
        status,
        body,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, values]) => [name, values.at(-1) ?? '']),
        ),
        multiValueHeaders: copied(headers),
        log,
        latency: Math.round(latency),
      };
    },
    async TestInvokeAuthorizer(input, call) {
      const row = store.named(call, input.restApiId);
      const authorizer = row.api.authorizers[input.authorizerId ?? ''];
      if (authorizer === undefined) throw noSuch('Authorizer');
      checkVariables(input.stageVariables);
      const answer = await execution.testAuthorizer(call, {
        definition: store.definition(call, row),
        authorizerId: authorizer.id,
        pathWithQueryString: pathOr(input.pathWithQueryString, '/'),
        body: input.body ?? '',
        headers: headersOf(input),
        stageVariables: input.stageVariables ?? {},
        additionalContext: input.additionalContext ?? {},
        cause: call.trail,
      });
      const { authorization, claims } = answer;
      return {
        ...answer,
        latency: Math.round(answer.latency),
        authorization: authorization && copied(authorization),
        claims: claims && { ...claims },
      };
    },
  } satisfies ApiGatewayOperations;
}

const pathOr = (given: string | undefined, usual: string): string =>
  given === undefined || given === '' ? usual : given;

function headersOf({ headers = {}, multiValueHeaders = {} }: Headers): Record<string, readonly string[]> {
  const single = Object.entries(headers).map(([name, value]) => [name, [value]] as const);
  return { ...Object.fromEntries(single), ...multiValueHeaders };
}

const copied = (values: Readonly<Record<string, readonly string[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));
