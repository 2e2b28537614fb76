import { PutGatewayResponseCommand } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { gatewayForTests } from '../../testing/for-tests.ts';
import { ask, build, saying } from '../../testing/trial-api.ts';

const trial = gatewayForTests();

describe('gateway responses', () => {
  it('are the API’s to word, and pages of other origins may read them', async () => {
    const made = await trial.gateway.api();
    const { restApiId } = made;
    await build(trial.gateway, made, {
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
    await trial.gateway.client.send(
      new PutGatewayResponseCommand({
        restApiId,
        responseType: 'DEFAULT_4XX',
        responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
        responseTemplates: {
          'application/json': '{"why":$context.error.messageString,"id":"$context.requestId"}',
        },
      }),
    );
    await trial.gateway.deploy(restApiId, { stageName: 'dev' });
    const base = `/_aws/execute-api/${restApiId}/dev`;
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'GET' };
    const preflight = await ask(trial.gateway, `${base}/notes`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([
      200,
      'GET,OPTIONS',
    ]);
    // MOCK is not traced (recorded).
    expect(preflight.headers['x-amzn-trace-id']).toBeUndefined();
    const missing = await ask(trial.gateway, `${base}/none`, { headers: { origin: 'https://shop.example' } });
    expect([missing.status, missing.json, missing.headers['access-control-allow-origin']]).toEqual([
      403,
      { why: 'Missing Authentication Token', id: missing.headers['x-amzn-requestid'] },
      '*',
    ]);
  });
});
