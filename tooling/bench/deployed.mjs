// Functions of a benchmark: made, and removed whatever happens.

/**
 * @template T
 * @param {{ endpoint: string, accessKeyId: string }} place
 * @param {readonly string[]} names
 * @param {string} code of `index.mjs`
 * @param {(made: { lambda: import('@aws-sdk/client-lambda').LambdaClient, config: object }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFunctions({ endpoint, accessKeyId }, names, code, work) {
  const { LambdaClient, CreateFunctionCommand, DeleteFunctionCommand, waitUntilFunctionActiveV2 } =
    await import('@aws-sdk/client-lambda');
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
  const RoleName = `role-of-${names[0]}`;
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const ZipFile = zipSync({ 'index.mjs': strToU8(code) });
  try {
    for (const FunctionName of names) {
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: Role.Arn,
          Code: { ZipFile },
          MemorySize: 256,
        }),
      );
      await waitUntilFunctionActiveV2(
        { client: lambda, maxWaitTime: 60, minDelay: 0.02, maxDelay: 0.1 },
        { FunctionName },
      );
    }
    return await work({ lambda, config });
  } finally {
    for (const FunctionName of names)
      await lambda.send(new DeleteFunctionCommand({ FunctionName })).catch(() => undefined);
    await iam.send(new DeleteRoleCommand({ RoleName })).catch(() => undefined);
    lambda.destroy();
    iam.destroy();
  }
}
