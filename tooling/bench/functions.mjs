// Cold, warm and concurrent invocations of a small function on any server that speaks Lambda's API.
import { performance } from 'node:perf_hooks';

const cold = 15;
const warm = 600;
const clients = 8;
const concurrentSeconds = 5;

/** @param {readonly number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Makes functions, calls them, and removes them again.
 * @param {{ endpoint: string, accessKeyId: string }} place
 * @returns {Promise<{ first: number, cold: number, warm50: number, warm99: number, throughput: number }>} ms, and calls a second
 */
export async function measureFunctions({ endpoint, accessKeyId }) {
  const {
    LambdaClient,
    CreateFunctionCommand,
    DeleteFunctionCommand,
    InvokeCommand,
    waitUntilFunctionActiveV2,
  } = await import('@aws-sdk/client-lambda');
  const { IAMClient, CreateRoleCommand, DeleteRoleCommand } = await import('@aws-sdk/client-iam');
  const { zipSync, strToU8 } = await import('fflate');
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey: 'bench' } };
  const iam = new IAMClient(config);
  const lambda = new LambdaClient(config);
  const trust = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  const run = String(process.pid);
  const RoleName = `bench-${run}`;
  const names = Array.from({ length: cold }, (_, index) => `bench-${run}-${String(index)}`);
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const zip = zipSync({ 'index.mjs': strToU8('export const handler = async (event) => ({ seen: event });') });
  const call = async (name) => {
    const begun = performance.now();
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: name, Payload: Buffer.from('{"n":1}') }),
    );
    const taken = performance.now() - begun;
    const answer = Buffer.from(Payload ?? []).toString();
    // The value, not its bytes: a peer may write its JSON with blanks, which Lambda does not.
    if (JSON.parse(answer)?.seen?.n !== 1) throw new Error(`${endpoint} answered ${answer}`);
    return taken;
  };
  try {
    for (const FunctionName of names) {
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: Role.Arn,
          Code: { ZipFile: zip },
          MemorySize: 256,
        }),
      );
      await waitUntilFunctionActiveV2(
        { client: lambda, maxWaitTime: 60, minDelay: 0.02, maxDelay: 0.1 },
        { FunctionName },
      );
    }
    const [first, ...others] = names;
    const firstTaken = await call(first);
    const colds = [];
    for (const name of others) colds.push(await call(name));
    const warms = [];
    for (let index = 0; index < warm; index += 1) warms.push(await call(first));
    warms.sort((a, b) => a - b);
    return {
      first: firstTaken,
      cold: median(colds),
      warm50: warms[Math.floor(warm * 0.5)],
      warm99: warms[Math.floor(warm * 0.99)],
      throughput: await concurrently(() => call(first)),
    };
  } finally {
    for (const FunctionName of names)
      await lambda.send(new DeleteFunctionCommand({ FunctionName })).catch(() => undefined);
    await iam.send(new DeleteRoleCommand({ RoleName })).catch(() => undefined);
    lambda.destroy();
    iam.destroy();
  }
}

/** Calls a second, with as many clients as the design says. The first second warms the environments up. */
async function concurrently(call) {
  const begun = performance.now();
  const counted = begun + 1_000;
  const end = counted + concurrentSeconds * 1_000;
  let done = 0;
  const client = async () => {
    while (performance.now() < end) {
      await call();
      const now = performance.now();
      if (now >= counted && now < end) done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return done / concurrentSeconds;
}
