/*
 * Deploys the function: `npm run deploy 1`. It says what should be there, and may run as often as you like.
 * No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a key before it runs
 * this script, and the SDK reads them by itself; without them the same script deploys to your AWS account.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import {
  CreateRoleCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
  waitUntilRoleExists,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvalidParameterValueException,
  LambdaClient,
  ResourceConflictException,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const iam = new IAMClient({});
const lambda = new LambdaClient({});

/** LAB_PREFIX keeps students apart who share one account; on your own machine it is empty. */
const prefix = process.env.LAB_PREFIX ?? '';
const functionName = `${prefix}lab01-greeter`;
const roleName = `${prefix}lab01-greeter-role`;

/** Everything about the function but its code. */
const settings = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler', // the file index.mjs, its export `handler`
  // Gap 5: a description, 256 MB of memory, a timeout of 5 seconds, and the greeting words.
} as const;

/** Who may take on the execution role: Lambda, and nobody else. */
const trustPolicy = await readFile('trust-policy.json', 'utf8');

const roleArn = await deployRole();
await deployFunction(roleArn, await makePackage());

/** Lambda runs JavaScript, not TypeScript: bundle the handler and all it imports into one file, and zip it. */
async function makePackage(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: ['src/handler.ts'],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outfile: 'index.mjs',
    write: false,
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no file');
  // A fixed date: the same source gives the same zip, and the same CodeSha256, whenever it is made.
  const zip = zipSync({ 'index.mjs': bundle.contents }, { mtime: new Date(1980, 0, 1) });
  console.log(`package    index.mjs, ${zip.length} bytes zipped`);
  return zip;
}

/** Makes the execution role, or brings the one that is there into line. @returns its ARN */
async function deployRole(): Promise<string> {
  try {
    await iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: trustPolicy }));
  } catch (error) {
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: trustPolicy }));
  }
  // Gap 6: so far the role allows nothing. The function needs to write its logs, and nothing more.
  // What was made is not to be seen everywhere at once: on a real account a read may come a moment too soon.
  const wait = { client: iam, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds
  await waitUntilRoleExists(wait, { RoleName: roleName });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
  if (Role?.Arn === undefined) throw new Error(`the role ${roleName} has no ARN`);
  console.log(`role       ${Role.Arn}`);
  return Role.Arn;
}

/** Creates the function, or updates the one that is there, and waits until it can be called. */
async function deployFunction(role: string, zip: Uint8Array): Promise<void> {
  const wait = { client: lambda, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds
  try {
    await whenRoleIsKnown(() =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName: functionName,
          Role: role,
          Code: { ZipFile: zip },
          ...settings,
        }),
      ),
    );
    await waitUntilFunctionActiveV2(wait, { FunctionName: functionName });
    console.log(`function   ${functionName} created and Active`);
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    // Code and configuration are two updates. Lambda refuses the second while the first is in progress.
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: functionName, ZipFile: zip }));
    await waitUntilFunctionUpdatedV2(wait, { FunctionName: functionName });
    await whenRoleIsKnown(() =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: functionName, Role: role, ...settings }),
      ),
    );
    await waitUntilFunctionUpdatedV2(wait, { FunctionName: functionName });
    console.log(`function   ${functionName} updated`);
  }
}

/** On a real account a new role takes up to some ten seconds to reach Lambda: until then, try again. */
async function whenRoleIsKnown<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const unknown =
        error instanceof InvalidParameterValueException && /cannot be assumed/.test(error.message);
      if (!unknown || attempt === 15) throw error;
      await setTimeout(2000);
    }
  }
}
