import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectSound, visitOf } from '../../apigateway/testing/any-visit.ts';
import type { Plane } from '../site.ts';
import { createHttpPlane } from './http.ts';
import { Echo, TrialHttp } from './testing/trial-http.ts';

/** `COLDSTART_FUZZ_RUNS` makes it longer: a proof runs 10,000. */
const numRuns = Number(process.env['COLDSTART_FUZZ_RUNS'] ?? 300);

let http: TrialHttp;
let echo: Echo;
let apiId: string;
let site: Plane;
beforeAll(async () => {
  [http, echo] = await Promise.all([TrialHttp.start(), Echo.start()]);
  const proxied = {
    IntegrationType: 'HTTP_PROXY' as const,
    IntegrationMethod: 'POST',
    IntegrationUri: `${echo.origin}/{proxy}`,
    RequestParameters: {
      'append:header.x-a': '${request.header.x-b} and ${request.querystring.a}',
      'overwrite:querystring.b': '$request.body.a.b[0]',
      'overwrite:header.x-path': '$request.path.proxy',
    },
    ResponseParameters: { '200': { 'overwrite:header.x-c': '$request.header.x-b' } },
  };
  apiId = await http.api(
    {
      'ANY /open/{proxy+}': { integration: proxied },
      'GET /signed': { integration: proxied, route: { AuthorizationType: 'AWS_IAM' } },
      'GET /{one}/{two}': { integration: proxied },
    },
    { CorsConfiguration: { AllowOrigins: ['https://*.example'], AllowMethods: ['*'] } },
  );
  const { catalogue } = await http.gateway.running.cloud.port('apigatewayv2');
  ({ site } = createHttpPlane(http.gateway.running.cloud, catalogue));
});
afterAll(async () => {
  await http.stop();
  await echo.stop();
});

const path = fc.oneof(
  fc.constantFrom('/', '//', '/open/', '/open/%', '/open/%2e%2e/%2f', '/signed', '/%24default/', '/open/a?b'),
  fc.webPath().map((text) => `/open${text}`),
  fc.string({ unit: 'binary-ascii' }).map((text) => `/${encodeURI(text.replaceAll(/[^\x21-\x7e]/g, ''))}`),
);
const header = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      'x-b',
      'Origin',
      'Cookie',
      'Authorization',
      'Content-Type',
      'Access-Control-Request-Method',
    ),
    fc.stringMatching(/^[a-z-]{1,12}$/),
  ),
  fc.string({ unit: 'binary-ascii' }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
);

describe('whatever a client sends', () => {
  it('is answered, and never as a fault of the gateway', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'OPTIONS', 'HEAD', 'TRACE', 'get'),
        path,
        fc.webQueryParameters(),
        fc.array(header, { maxLength: 6 }),
        fc.uint8Array({ maxLength: 60 }),
        async (method, path, query, headers, body) => {
          const visit = visitOf({ id: apiId, label: 'execute-api', method, path, query, headers, body });
          expectSound(await site(visit, undefined));
        },
      ),
      { numRuns },
    );
  }, 120_000);
});
