/*
 * Puts the function where it runs: package, role, function. You know all of this from lab 1; nothing here is to be
 * changed.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  IAMClient,
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
  type UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const iam = new IAMClient({});
const lambda = new LambdaClient({});

/** Everything about the function but its code. */
export type Settings = Omit<UpdateFunctionConfigurationRequest, 'FunctionName' | 'Role'>;

/** Creates the function, or updates the one that is there, and waits until it can be called. */
export async function deployFunction(
  functionName: string,
  roleName: string,
  settings: Settings,
): Promise<void> {
  const [role, zip] = [await deployRole(roleName), await makePackage()];
  const wait = { client: lambda, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds
  const create = new CreateFunctionCommand({
    FunctionName: functionName,
    Role: role,
    Code: { ZipFile: zip },
    ...settings,
  });
  try {
    await whenRoleIsKnown(() => lambda.send(create));
    await waitUntilFunctionActiveV2(wait, { FunctionName: functionName });
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
  }
  console.log(`function   ${functionName}`);
}

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
  return zipSync({ 'index.mjs': bundle.contents }, { mtime: new Date(1980, 0, 1) });
}

/** Makes the execution role: Lambda may assume it, and it may write logs. @returns its ARN */
async function deployRole(roleName: string): Promise<string> {
  try {
    const trust = await readFile('trust-policy.json', 'utf8');
    await iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: trust }));
  } catch (error) {
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  }
  const policy = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: policy }));
  // What was made is not to be seen everywhere at once: on a real account a read may come a moment too soon.
  const wait = { client: iam, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds
  await waitUntilRoleExists(wait, { RoleName: roleName });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
  if (Role?.Arn === undefined) throw new Error(`the role ${roleName} has no ARN`);
  return Role.Arn;
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
