import { setTimeout as pause } from 'node:timers/promises';
import { GetFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { unzipSync } from 'fflate';

/** The deployed package, as Lambda hands it out. */
export interface Package {
  readonly zip: Uint8Array;
  /** Contents by path; folders are left out. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Lambda's own limit on an unzipped package; a server that took more is not believed. */
const mostBytes = 250 * 1024 * 1024;
const patienceMs = 60_000;
/** How long to wait before each further try, where the address is too busy: Amazon S3 asks for it by 503. ms */
const pausesMs = [250, 500, 1000, 2000, 4000];

/**
 * Downloads the package of a function and opens it.
 * @throws where the target hands out no package: the grader then says that it could not do its work
 */
export async function downloadPackage(lambda: LambdaClient, functionName: string): Promise<Package> {
  const zip = await downloadZip(lambda, functionName);
  let total = 0;
  const entries = unzipSync(zip, {
    filter({ originalSize, name }) {
      total += originalSize;
      if (total > mostBytes) throw new Error(`The package unpacks to more than ${mostBytes} bytes.`);
      return !name.endsWith('/');
    },
  });
  return { zip, files: new Map(Object.entries(entries)) };
}

/**
 * Downloads the package of a function from `Code.Location` of `GetFunction`, as it is.
 * @throws where the target hands out no package
 */
export async function downloadZip(lambda: LambdaClient, functionName: string): Promise<Uint8Array> {
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
  const signal = AbortSignal.timeout(patienceMs);
  let answer = await fetch(location, { signal });
  for (const pauseMs of pausesMs) {
    // No SDK asks here, which would try again by itself.
    if (answer.status !== 429 && answer.status < 500) break;
    await answer.body?.cancel();
    await pause(pauseMs);
    answer = await fetch(location, { signal });
  }
  if (!answer.ok) throw new Error(`The package's address answered ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}
