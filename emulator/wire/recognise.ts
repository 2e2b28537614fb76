import type { WireIdentity } from '../service/service.ts';
import { formParameter, rpcService, targetOf } from './route/protocol.ts';
import { restPaths } from './route/rest-paths.ts';
import type { WireRequest } from './wire.ts';

/**
 * The service that a request is for, told from its address alone: nothing of any service is loaded yet.
 *
 * @param signingName the service in the request's SigV4 credential scope; undefined for unsigned requests
 * @returns undefined where no service here is meant
 */
export function recognise(
  request: WireRequest,
  signingName: string | undefined,
  services: readonly WireIdentity[],
): WireIdentity | undefined {
  if (signingName !== undefined) {
    const signed = services.filter((service) => service.signingName === signingName);
    // API Gateway v1 and v2 sign with one name; the rest of the address tells them apart.
    return signed.length > 1 ? (byAddress(request, signed) ?? signed[0]) : signed[0];
  }
  return byAddress(request, services);
}

function byAddress(request: WireRequest, services: readonly WireIdentity[]): WireIdentity | undefined {
  const target = targetOf(request) ?? rpcService(request);
  if (target !== undefined) {
    const named = services.find((service) => service.target === target);
    if (named !== undefined) return named;
  }
  const query = services.filter((service) => service.protocols.includes('awsQuery'));
  if (query.length > 0 && formParameter(request, 'Action') !== undefined) {
    const version = formParameter(request, 'Version');
    const named = query.find((service) => service.version === version);
    if (named !== undefined) return named;
  }
  // The narrower paths first: S3's take anything.
  const rest = services.filter((service) => isRest(service) && restPaths[service.id]?.test(request.path));
  return rest.find((service) => service.id !== 's3') ?? rest[0];
}

function isRest(service: WireIdentity): boolean {
  return service.protocols.some((protocol) => protocol === 'restJson1' || protocol === 'restXml');
}
