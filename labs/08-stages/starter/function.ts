/*
 * Publishes versions of the function and points aliases at them. Nothing here is to be changed; role and package are
 * those of lab 1, versions and aliases those of lab 4.
 */
import { createHash } from 'node:crypto';
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
  CreateAliasCommand,
  CreateFunctionCommand,
  InvalidParameterValueException,
  LambdaClient,
  PublishVersionCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  paginateListVersionsByFunction,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
  type Runtime,
} from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const iam = new IAMClient({});
const lambda = new LambdaClient({});
const patience = { client: lambda, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds

/** Everything about a function but its code. */
export interface Plan {
  readonly functionName: string;
  readonly roleName: string;
  readonly settings: {
    readonly Runtime: Runtime;
    readonly Handler: string;
    readonly Description: string;
    readonly MemorySize: number;
    readonly Timeout: number;
  };
}

/**
 * Publishes a release: code and configuration, kept under a number that nobody can change any more. A release that
 * was published before is found by its code.
 * @param entry the source of its handler
 * @returns the number of the version
 */
export async function publish(plan: Plan, entry: string): Promise<string> {
  const zip = await makePackage(entry);
  const found = await versionOf(plan, createHash('sha256').update(zip).digest('base64'));
  if (found !== undefined) return found;
  await upload(plan, zip);
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: plan.functionName }));
  if (Version === undefined) throw new Error('Lambda published no version');
  console.log(`version    ${Version}: ${entry}`);
  return Version;
}

/** Lets the alias stand for a version. Callers keep the alias's name; what it stands for changes. @returns its ARN */
export async function pointAlias({ functionName }: Plan, name: string, version: string): Promise<string> {
  const alias = { FunctionName: functionName, Name: name, FunctionVersion: version };
  let arn: string | undefined;
  try {
    ({ AliasArn: arn } = await lambda.send(new CreateAliasCommand(alias)));
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    ({ AliasArn: arn } = await lambda.send(new UpdateAliasCommand(alias)));
  }
  if (arn === undefined) throw new Error(`the alias ${name} has no ARN`);
  console.log(`alias      ${name} → version ${version}`);
  return arn;
}

/** The newest version that has this code and these settings. */
async function versionOf({ functionName, settings }: Plan, sha256: string): Promise<string | undefined> {
  let newest: string | undefined;
  try {
    const pages = paginateListVersionsByFunction({ client: lambda }, { FunctionName: functionName });
    for await (const { Versions = [] } of pages)
      for (const version of Versions) {
        const { Runtime, Handler, Description, MemorySize, Timeout } = version;
        const same = JSON.stringify({ Runtime, Handler, Description, MemorySize, Timeout });
        if (version.Version === '$LATEST' || version.CodeSha256 !== sha256) continue;
        if (same === JSON.stringify(settings)) newest = version.Version;
      }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return newest;
}

/** Creates the function, or updates the one that is there, and waits until it can be published. */
async function upload({ functionName, roleName, settings }: Plan, zip: Uint8Array): Promise<void> {
  const role = await deployRole(roleName);
  const create = new CreateFunctionCommand({
    FunctionName: functionName,
    Role: role,
    Code: { ZipFile: zip },
    ...settings,
  });
  try {
    await whenRoleIsKnown(() => lambda.send(create));
    await waitUntilFunctionActiveV2(patience, { FunctionName: functionName });
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    // Code and configuration are two updates. Lambda refuses the second while the first is in progress.
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: functionName, ZipFile: zip }));
    await waitUntilFunctionUpdatedV2(patience, { FunctionName: functionName });
    await whenRoleIsKnown(() =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: functionName, Role: role, ...settings }),
      ),
    );
    await waitUntilFunctionUpdatedV2(patience, { FunctionName: functionName });
  }
}

/** Lambda runs JavaScript, not TypeScript: bundle the handler and all it imports into one file, and zip it. */
async function makePackage(entry: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [entry],
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
