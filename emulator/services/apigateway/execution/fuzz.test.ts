import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound, visitOf } from '../testing/any-visit.ts';
import { build, saying } from '../testing/trial-api.ts';
import { TrialGateway } from '../testing/trial-gateway.ts';
import { createDataPlane, type DataPlane } from './execution.ts';

/** `COLDSTART_FUZZ_RUNS` makes it longer: a proof runs 10,000. */
const numRuns = Number(process.env['COLDSTART_FUZZ_RUNS'] ?? 1000);

let gateway: TrialGateway;
let server: Server;
let plane: DataPlane;
let restApiId: string;
beforeAll(async () => {
  gateway = await TrialGateway.start();
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      response.setHeader('x-seen', encodeURIComponent(request.url ?? ''));
      response.end(Buffer.concat(parts));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const backend = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made = await gateway.api();
  ({ restApiId } = made);
  const reading = `{"p":"$input.params('id')","h":"$util.escapeJavaScript($input.params('x'))","b":$input.json('$.a'),"q":"$input.params().querystring"}`;
  await build(gateway, made, {
    'GET /': saying('{}'),
    'ANY /read/{id}': saying(reading),
    'ANY /read/{id}/{rest+}': saying(reading),
    // A back end that answers with all that it got.
    'ANY /hand/{rest+}': {
      method: { requestParameters: { 'method.request.path.rest': true } },
      integration: {
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'ANY',
        uri: `${backend}/{rest}`,
        requestParameters: { 'integration.request.path.rest': 'method.request.path.rest' },
      },
    },
    'POST /map': {
      integration: {
        type: 'MOCK',
        passthroughBehavior: 'NEVER',
        requestTemplates: {
          'application/json': `#set($all = $input.path('$'))#foreach($k in $all.keySet())#end{"statusCode": 200}`,
        },
      },
      responses: [{ statusCode: '200' }],
    },
  });
  const patchOperations = [{ op: 'add' as const, path: '/binaryMediaTypes/image~1*' }];
  await gateway.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
  await gateway.deploy(restApiId, { stageName: 'dev' });
  const domainName = 'any.example.com';
  await gateway.client.send(new CreateDomainNameCommand({ domainName, certificateArn: 'arn:aws:acm:::c' }));
  for (const mapping of [{ basePath: 'read' }, { stage: 'dev' }])
    await gateway.client.send(new CreateBasePathMappingCommand({ domainName, restApiId, ...mapping }));
  plane = createDataPlane(gateway.running.cloud, await gateway.catalogue);
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await gateway.stop();
}, 60_000);

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
const value = fc.stringMatching(/^[\t\u0020-\u007e\u0080-\u00ff]{0,40}$/);
const segment = fc.oneof(
  fc.constantFrom('', 'read', 'map', '%', '%zz', '%00', '..', '.', '__proto__', '{id}', '%2F', 'constructor'),
  fc.stringMatching(/^[\u0021-\u007e]{0,12}$/).filter((text) => !/[/?#]/.test(text)),
);
const anywhere = fc.array(segment, { maxLength: 6 }).map((all) => `/${all.join('/')}`);
const below = (place: string) =>
  fc
    .tuple(
      segment.filter((text) => text !== ''),
      fc.array(segment, { maxLength: 3 }),
    )
    .map(([first, rest]) => `/${[place, first, ...rest].join('/')}`);
// What leads somewhere comes more often than what is refused at the door.
const path = fc.oneof(
  { weight: 2, arbitrary: anywhere },
  { weight: 2, arbitrary: fc.constant('/map') },
  { weight: 4, arbitrary: below('read') },
  { weight: 2, arbitrary: below('hand') },
);
const visits = fc.record({
  /** Whether the client asks at a custom domain name. */
  named: fc.boolean(),
  method: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'OPTIONS', 'HEAD', 'DELETE') },
    { weight: 1, arbitrary: fc.stringMatching(/^[A-Z]{1,8}$/) },
  ),
  path,
  query: fc.oneof(fc.stringMatching(/^[\u0021-\u007e]{0,40}$/), fc.constant('__proto__=1&a=%&constructor=2')),
  headers: fc.array(
    fc.tuple(
      fc.oneof(
        token,
        fc.constantFrom('Content-Type', 'accept', '__proto__', 'x', 'X-Amzn-Trace-Id', 'constructor'),
      ),
      fc.oneof(value, fc.constantFrom('application/json', 'image/png', '*/*')),
    ),
    { maxLength: 8 },
  ),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text)),
  ),
});

describe('anything that a client may send', () => {
  it('is answered, and never with a failure of the gateway’s own', { timeout: 600_000 }, async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(visits, async ({ named, method, path, query, headers, body }) => {
        const visit = visitOf({
          ...(named ? { id: 'any.example.com', label: 'domain' } : { id: restApiId, label: 'execute-api' }),
          method,
          path: named ? path : `/dev${path}`,
          query,
          headers,
          body,
        });
        const status = expectSound(await plane.site(visit));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }),
      { numRuns },
    );
    console.log(`fuzz: ${String(numRuns)} requests, ${JSON.stringify([...statuses].sort())}`);
    // So that it cannot become empty without notice.
    for (const status of [200, 400, 403, 415]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0);
  });
});
