// A REST API in front of a small function: an open method, and one behind a key, a usage plan and an authorizer whose
// decision is remembered. On any server that speaks API Gateway's API.
import { Agent, request } from 'node:http';
import { together } from './clients.mjs';
import { withFunctions } from './deployed.mjs';

const code = `
export const handler = async (event) =>
  event.type === 'TOKEN'
    ? {
        principalId: 'bench',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: '*' }],
        },
        context: { tier: 'gold' },
      }
    : { statusCode: 200, body: JSON.stringify({ at: event.path }) };`;

/**
 * Makes an API, asks it, and removes it again.
 * @param {{ endpoint: string, accessKeyId: string }} place
 * @param {() => number} [cpu] ms of processor time that the server has used
 * @returns {Promise<Record<'open' | 'open95' | 'openCpu' | 'guarded' | 'guarded95' | 'guardedCpu', number>>} requests a second, ms
 */
export async function measureRest(place, cpu) {
  const gateway = await import('@aws-sdk/client-api-gateway');
  const { AddPermissionCommand, GetFunctionCommand } = await import('@aws-sdk/client-lambda');
  const name = `bench-rest-${String(process.pid)}`;
  const agent = new Agent({ keepAlive: true });
  return await withFunctions(place, [name], code, async ({ lambda, config }) => {
    const client = new gateway.APIGatewayClient(config);
    const api = await client.send(new gateway.CreateRestApiCommand({ name }));
    const restApiId = api.id;
    let plan;
    let key;
    try {
      const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
      const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Configuration.FunctionArn}/invocations`;
      const account = Configuration.FunctionArn.split(':')[4];
      await lambda.send(
        new AddPermissionCommand({
          FunctionName: name,
          StatementId: 'bench',
          Action: 'lambda:InvokeFunction',
          Principal: 'apigateway.amazonaws.com',
          SourceArn: `arn:aws:execute-api:us-east-1:${account}:${restApiId}/*`,
        }),
      );
      const authorizer = await client.send(
        new gateway.CreateAuthorizerCommand({
          restApiId,
          name: 'bench',
          type: 'TOKEN',
          authorizerUri: uri,
          identitySource: 'method.request.header.Authorization',
          authorizerResultTtlInSeconds: 300,
        }),
      );
      const guards = { apiKeyRequired: true, authorizationType: 'CUSTOM', authorizerId: authorizer.id };
      for (const [pathPart, more] of [
        ['open', { authorizationType: 'NONE' }],
        ['guarded', guards],
      ]) {
        const { id: resourceId } = await client.send(
          new gateway.CreateResourceCommand({ restApiId, parentId: api.rootResourceId, pathPart }),
        );
        const method = { restApiId, resourceId, httpMethod: 'GET' };
        await client.send(new gateway.PutMethodCommand({ ...method, ...more }));
        await client.send(
          new gateway.PutIntegrationCommand({
            ...method,
            type: 'AWS_PROXY',
            integrationHttpMethod: 'POST',
            uri,
          }),
        );
      }
      await client.send(new gateway.CreateDeploymentCommand({ restApiId, stageName: 'bench' }));
      plan = await client.send(
        new gateway.CreateUsagePlanCommand({
          name,
          apiStages: [{ apiId: restApiId, stage: 'bench' }],
          throttle: { rateLimit: 10_000, burstLimit: 5_000 },
          quota: { limit: 10_000_000, period: 'DAY' },
        }),
      );
      key = await client.send(new gateway.CreateApiKeyCommand({ name, enabled: true }));
      await client.send(
        new gateway.CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }),
      );
      const ask = (path, headers) =>
        asked(agent, `${place.endpoint}/_aws/execute-api/${restApiId}/bench${path}`, headers, path);
      const open = await together(() => ask('/open', {}), cpu);
      const credentials = { Authorization: 'gold', 'x-api-key': key.value };
      const guarded = await together(() => ask('/guarded', credentials), cpu);
      return {
        open: open.throughput,
        open95: open.p95,
        openCpu: open.cpu,
        guarded: guarded.throughput,
        guarded95: guarded.p95,
        guardedCpu: guarded.cpu,
      };
    } finally {
      agent.destroy();
      await client.send(new gateway.DeleteRestApiCommand({ restApiId })).catch(() => undefined);
      await client.send(new gateway.DeleteUsagePlanCommand({ usagePlanId: plan?.id })).catch(() => undefined);
      await client.send(new gateway.DeleteApiKeyCommand({ apiKey: key?.id })).catch(() => undefined);
      client.destroy();
    }
  });
}

/** Asks once, and looks at the answer. */
function asked(agent, url, headers, path) {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => {
        if (response.statusCode === 200 && text.includes(path)) resolve(text);
        else reject(new Error(`${url} answered ${String(response.statusCode)} ${text}`));
      });
    })
      .on('error', reject)
      .end();
  });
}
