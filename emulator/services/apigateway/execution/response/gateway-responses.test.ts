import { PutGatewayResponseCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, build, saying } from '../../testing/trial-api.ts';
import { TrialGateway } from '../../testing/trial-gateway.ts';

let gateway: TrialGateway;
beforeAll(async () => {
  gateway = await TrialGateway.start();
}, 60_000);
afterAll(async () => gateway.stop(), 60_000);

describe('gateway responses', () => {
  it('are the API’s to word, and pages of other origins may read them', async () => {
    const made = await gateway.api();
    const { restApiId } = made;
    await build(gateway, made, {
      'GET /notes': saying('{}'),
      'OPTIONS /notes': {
        integration: saying('').integration,
        responses: [
          {
            statusCode: '200',
            responseParameters: {
              'method.response.header.Access-Control-Allow-Origin': "'*'",
              'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'",
            },
          },
        ],
      },
    });
    await gateway.client.send(
      new PutGatewayResponseCommand({
        restApiId,
        responseType: 'DEFAULT_4XX',
        responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
        responseTemplates: {
          'application/json': '{"why":$context.error.messageString,"id":"$context.requestId"}',
        },
      }),
    );
    await gateway.deploy(restApiId, { stageName: 'dev' });
    const base = `/_aws/execute-api/${restApiId}/dev`;
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'GET' };
    const preflight = await ask(gateway, `${base}/notes`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([
      200,
      'GET,OPTIONS',
    ]);
    // MOCK is not traced (recorded).
    expect(preflight.headers['x-amzn-trace-id']).toBeUndefined();
    const missing = await ask(gateway, `${base}/none`, { headers: { origin: 'https://shop.example' } });
    expect([missing.status, missing.json, missing.headers['access-control-allow-origin']]).toEqual([
      403,
      { why: 'Missing Authentication Token', id: missing.headers['x-amzn-requestid'] },
      '*',
    ]);
  });
});
