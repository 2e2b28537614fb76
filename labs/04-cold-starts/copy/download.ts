import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import type { Platform } from './function.ts';

const patienceMs = 60_000;

/**
 * The package of a function, from `Code.Location` of `GetFunction`.
 * @throws where the target hands out no package
 */
export async function downloadPackage({ clients }: Platform, functionName: string): Promise<Uint8Array> {
  const { lambda } = clients;
  const { Code: code } = await lambda.send(new GetFunctionCommand({ FunctionName: functionName }));
  if (code?.Location === undefined) throw new Error('GetFunction answered without Code.Location.');
  const location = new URL(code.Location);
  try {
    return await fetchBytes(location);
  } catch (error) {
    // Some local servers name themselves by a host that only their own container or DNS knows.
    const endpoint = await lambda.config.endpoint?.();
    if (endpoint === undefined) throw error;
    const here = new URL(location);
    here.protocol = endpoint.protocol;
    here.hostname = endpoint.hostname;
    here.port = String(endpoint.port ?? '');
    if (here.href === location.href) throw error;
    return fetchBytes(here);
  }
}

async function fetchBytes(location: URL): Promise<Uint8Array> {
  const answer = await fetch(location, { signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok) throw new Error(`The package's address answered ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}
