/*
 * Deploys the lab: `npm run deploy 4`. It says what should be there, and may run as often as you like.
 * No endpoint and no key stand here. Coldstart sets AWS_ENDPOINT_URL, AWS_REGION and a key before it runs
 * this script, and the SDK reads them by itself; without them the same script deploys to your AWS account.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  waitUntilRoleExists,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvalidParameterValueException,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  ResourceConflictException,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const iam = new IAMClient({});
const lambda = new LambdaClient({});
const dynamodb = new DynamoDBClient({});
const patience = { maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds

/** LAB_PREFIX keeps students apart who share one account; on your own machine it is empty. */
const prefix = process.env.LAB_PREFIX ?? '';
const functionName = `${prefix}lab04-lifecycle`;
const killName = `${prefix}lab04-kill`;
const roleName = `${prefix}lab04-lifecycle-role`;
const tableName = `${prefix}lab04-visits`;
const aliasName = 'live';

/** Everything about the functions but their code. */
const settings = {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler', // the file index.mjs, its export `handler`
  MemorySize: 512, // MB; CPU grows with it
  Timeout: 10, // seconds
  Environment: { Variables: { TABLE: tableName } },
} as const;

/** Who may take on the execution role: Lambda, and nobody else. */
const trustPolicy = await readFile('trust-policy.json', 'utf8');
/** What the functions may do once they run: write their own logs, … */
const writeLogs = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

const tableArn = await deployTable();
const roleArn = await deployRole(tableArn);
const zip = await makePackage();
await deployFunction(functionName, roleArn, zip);
await pointAlias(await publish());
await provision();
await deployFunction(killName, roleArn, zip);
await switchOff();

/** Makes the table where the truth is kept. @returns its ARN */
async function deployTable(): Promise<string> {
  try {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: tableName,
        AttributeDefinitions: [{ AttributeName: 'visitor', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'visitor', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error; // it is there already
  }
  await waitUntilTableExists({ client: dynamodb, ...patience }, { TableName: tableName });
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
  if (Table?.TableArn === undefined) throw new Error(`the table ${tableName} has no ARN`);
  console.log(`table      ${tableName}`);
  return Table.TableArn;
}

/** Makes the execution role, or brings the one that is there into line. @returns its ARN */
async function deployRole(table: string): Promise<string> {
  try {
    await iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: trustPolicy }));
  } catch (error) {
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: trustPolicy }));
  }
  await iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: writeLogs }));
  // … and count in this one table.
  const countVisits = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'dynamodb:UpdateItem', Resource: table }],
  };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: roleName,
      PolicyName: 'count-visits',
      PolicyDocument: JSON.stringify(countVisits),
    }),
  );
  // What was made is not to be seen everywhere at once: on a real account a read may come a moment too soon.
  const wait = { client: iam, maxWaitTime: 60, minDelay: 0.2, maxDelay: 2 }; // seconds
  await waitUntilRoleExists(wait, { RoleName: roleName });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
  if (Role?.Arn === undefined) throw new Error(`the role ${roleName} has no ARN`);
  console.log(`role       ${Role.Arn}`);
  return Role.Arn;
}

/** Lambda runs JavaScript, not TypeScript: bundle the handler and all it imports into one file, and zip it. */
async function makePackage(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: ['src/handler.ts'],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Of packages that bring both kinds, take the modules: esbuild then leaves out what is not used.
    mainFields: ['module', 'main'],
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

/** Creates a function, or updates the one that is there, and waits until it can be called. */
async function deployFunction(name: string, role: string, code: Uint8Array): Promise<void> {
  const wait = { client: lambda, ...patience };
  try {
    await whenRoleIsKnown(() =>
      lambda.send(
        new CreateFunctionCommand({ FunctionName: name, Role: role, Code: { ZipFile: code }, ...settings }),
      ),
    );
    await waitUntilFunctionActiveV2(wait, { FunctionName: name });
    console.log(`function   ${name} created and Active`);
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    // Code and configuration are two updates. Lambda refuses the second while the first is in progress.
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: code }));
    await waitUntilFunctionUpdatedV2(wait, { FunctionName: name });
    await whenRoleIsKnown(() =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Role: role, ...settings })),
    );
    await waitUntilFunctionUpdatedV2(wait, { FunctionName: name });
    console.log(`function   ${name} updated`);
  }
}

/** Freezes code and configuration as they are now. Where nothing has changed, Lambda answers the version that is there. */
async function publish(): Promise<string> {
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: functionName }));
  if (Version === undefined) throw new Error('Lambda published no version');
  console.log(`version    ${Version}`);
  return Version;
}

/** Lets the alias stand for a version. Callers keep the alias's name; what it stands for changes. */
async function pointAlias(version: string): Promise<void> {
  const alias = { FunctionName: functionName, Name: aliasName, FunctionVersion: version };
  try {
    await lambda.send(new CreateAliasCommand(alias));
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
    await lambda.send(new UpdateAliasCommand(alias));
  }
  console.log(`alias      ${aliasName} → ${version}`);
}

/** Keeps one environment of the alias initialised. From now on it costs money, called or not. */
async function provision(): Promise<void> {
  const alias = { FunctionName: functionName, Qualifier: aliasName };
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({ ...alias, ProvisionedConcurrentExecutions: 1 }),
  );
  // The SDK has no waiter for this. On AWS it takes a minute or two.
  const end = Date.now() + 300_000;
  for (;;) {
    const { Status, StatusReason } = await lambda.send(new GetProvisionedConcurrencyConfigCommand(alias));
    if (Status === 'READY') break;
    if (Status === 'FAILED' || Date.now() > end)
      throw new Error(`provisioned concurrency: ${StatusReason ?? Status ?? 'no status'}`);
    await setTimeout(200);
  }
  console.log(`provision  ${aliasName}: 1 environment, initialised`);
}

/** No environment at all may work for this function: every call is refused. */
async function switchOff(): Promise<void> {
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: killName, ReservedConcurrentExecutions: 0 }),
  );
  console.log(`switch     ${killName}: reserved concurrency 0`);
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
