import {
  AddPermissionCommand,
  CreateFunctionCommand,
  LambdaClient,
  RemovePermissionCommand,
  ResourceConflictException,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
  type AddPermissionRequest,
} from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { named } from './names.ts';
import { patiently } from './patience.ts';
import { deployRole, type Statement } from './role.ts';

const lambda = new LambdaClient({});

export interface FunctionSettings {
  readonly description: string;
  /** What the code reads from `process.env`. */
  readonly variables: Readonly<Record<string, string>>;
  /** What the function may do, besides writing its logs. */
  readonly permissions: readonly Statement[];
}

/** Makes the function `lab02-<name>` from `src/<name>.ts` with a role of its own, or updates both. */
export async function deployFunction(name: string, settings: FunctionSettings): Promise<void> {
  const FunctionName = named(name);
  const [zip, role] = await Promise.all([
    makePackage(`src/${name}.ts`),
    deployRole(name, 'lambda.amazonaws.com', settings.permissions),
  ]);
  const configuration = {
    FunctionName,
    Role: role,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Description: settings.description,
    MemorySize: 256, // MB
    Timeout: 5, // seconds
    Environment: { Variables: { ...settings.variables } },
  } as const;
  const wait = { client: lambda, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds
  try {
    await patiently(/cannot be assumed/, () =>
      lambda.send(new CreateFunctionCommand({ ...configuration, Code: { ZipFile: zip } })),
    );
    await waitUntilFunctionActiveV2(wait, { FunctionName });
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip }));
    await waitUntilFunctionUpdatedV2(wait, { FunctionName });
    await lambda.send(new UpdateFunctionConfigurationCommand(configuration));
    await waitUntilFunctionUpdatedV2(wait, { FunctionName });
  }
  console.log(`function   ${FunctionName}`);
}

/** Adds a statement to a function's resource-based policy, or replaces the one with the same id. */
export async function allow(permission: Omit<AddPermissionRequest, 'Action'>): Promise<void> {
  const { FunctionName, StatementId } = permission;
  const add = new AddPermissionCommand({ ...permission, Action: 'lambda:InvokeFunction' });
  try {
    await lambda.send(add);
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
    await lambda.send(add);
  }
}

/** Bundles a handler with everything that it imports, the SDK's clients too, and zips it. */
async function makePackage(source: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    outfile: 'index.mjs',
    write: false,
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no file');
  return zipSync({ 'index.mjs': bundle.contents }, { mtime: new Date(1980, 0, 1) });
}
