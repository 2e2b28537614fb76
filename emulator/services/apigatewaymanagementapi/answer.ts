import type { Cloud } from '../../cloud.ts';
import { forbidden, LARGEST_BODY } from '../../gateway/forbidden.ts';
import type { Call } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import type { ServiceWire, WireRequest } from '../../wire/wire.ts';
import { authorisedCaller } from './authorise.ts';
import { connectionOperations } from './operations.ts';
import type { ManagementPort, StagePlace } from './port.ts';

const SERVICE = 'apigatewaymanagementapi';

/**
 * Answers requests for `@connections` at the addresses of stages, in the protocol that the SDK's client speaks.
 * @param codec is loaded with the first of them
 */
export function answerAtStage(cloud: Cloud, codec: () => Promise<ServiceWire>): ManagementPort['answer'] {
  return async (visit, place) => {
    // The SDK writes the sign as it is, other clients may encode it.
    const path = place.rawPath.replace(/^\/%40/, '/@');
    const request: WireRequest = { ...visit.head, path, body: new Uint8Array() };
    const wire = await codec();
    const operation = wire.operationOf(request);
    if (operation === undefined) return await forbidden(visit);
    const body = await visit.body(LARGEST_BODY);
    const entry = cloud.trail.record(place.scope, 'api.call', {
      service: SERVICE,
      operation,
      requestId: visit.requestId,
      principal: 'anonymous',
    });
    try {
      if (body === undefined) throw new ServiceFailure('PayloadTooLargeException', 'Message too long');
      const principal = await authorisedCaller(cloud, visit, place, decodeURIComponent(path.slice(1)));
      cloud.trail.complete(entry, { principal: principal.arn });
      const call: Call = {
        ...place.scope,
        requestId: visit.requestId,
        principal,
        service: SERVICE,
        operation,
        signal: visit.signal,
        trail: entry,
        origin: cloud.settings.origin,
      };
      const output = await perform(wire, { ...request, body }, place, call);
      const answer = await wire.answer(request, operation, output, visit.requestId);
      cloud.trail.complete(entry, { status: answer.status });
      return answer;
    } catch (error) {
      const answer = wire.failure(request, operation, error, visit.requestId);
      const code = error instanceof ServiceFailure ? error.code : 'InternalFailure';
      cloud.trail.complete(entry, { status: answer.status, error: code });
      return answer;
    }
  };
}

async function perform(
  wire: ServiceWire,
  request: WireRequest,
  place: StagePlace,
  call: Call,
): Promise<unknown> {
  const { input } = await wire.read(request, call.operation);
  // The wire layer has checked the input against the very schemas that the operations' types come from.
  const operations = connectionOperations(place) as Readonly<
    Record<string, ((input: unknown, call: Call) => unknown) | undefined>
  >;
  return await operations[call.operation]?.(input, call);
}
