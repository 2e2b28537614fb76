import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../../service/call.ts';
import type { TestRequest } from '../../port.ts';
import type { ApiRequest } from '../exchange.ts';
import { RequestLog } from '../logs/request-log.ts';
import { Requested, type Passage } from '../passage.ts';
import { contextOf } from '../request/context.ts';
import { put } from '../request/headers.ts';
import { queryOf } from '../../../../gateway/request/query.ts';
import type { Gates } from '../pipeline.ts';
import { Routes, type Route } from '../routes/tree.ts';
import { compiledApi } from '../snapshot/api.ts';

/** A passage that belongs to no stage. */
export interface TestPassage {
  readonly passage: Passage;
  readonly log: RequestLog;
}

/** @param stage as AWS names it in tests */
export function testPassage(
  { cloud }: Pick<Gates, 'cloud'>,
  scope: Scope,
  test: Omit<TestRequest, 'resourceId'>,
  route: Route,
  stage: string,
): TestPassage {
  const now = cloud.clock.now();
  const cut = test.pathWithQueryString.indexOf('?');
  const path = cut === -1 ? test.pathWithQueryString : test.pathWithQueryString.slice(0, cut);
  const rawPath = path.startsWith('/') ? path : `/${path}`;
  const rawQuery = cut === -1 ? '' : test.pathWithQueryString.slice(cut + 1);
  const headers: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(test.headers)) put(headers, name, values);
  const request: ApiRequest = {
    method: test.httpMethod === 'ANY' ? 'GET' : test.httpMethod,
    rawPath,
    toldPath: rawPath,
    headers,
    query: queryOf(rawQuery),
    rawQuery,
    body: Buffer.from(test.body),
    sourceIp: 'test-invoke-source-ip',
    protocol: 'HTTP/1.1',
    domainName: 'testPrefix.testDomainName',
    domainPrefix: 'testPrefix',
  };
  const requestId = randomUUID();
  const { apiId } = test.definition;
  const at = { account: scope.account, apiId, stage, deploymentId: '' };
  const context = contextOf(
    at,
    request,
    { requestId, path: request.rawPath, userAgent: 'aws-internal/3' },
    now,
  );
  context.identity['apiKey'] = 'test-invoke-api-key';
  context.identity['apiKeyId'] = 'test-invoke-api-key-id';
  context.resourceId = route.resource.id;
  context.resourcePath = route.resource.path;
  const only = { ...route.resource, methods: { ANY: route.method } };
  const rawPathParameters =
    new Routes({ resources: { [only.id]: only } }).find('GET', request.rawPath)?.path ?? {};
  const requested = new Requested(request);
  requested.setPath(rawPathParameters);
  const log = new RequestLog(() => cloud.clock.now(), 'INFO', true);
  return {
    log,
    passage: {
      scope,
      api: compiledApi(test.definition),
      route,
      request,
      rawPathParameters,
      context,
      variables: { context, stageVariables: test.stageVariables, request: requested },
      log,
      cause: test.cause,
      visitor: () => Promise.resolve({ kind: 'anonymous' }),
      trace: `Root=1-${Math.floor(now / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`,
    },
  };
}

/** As the answers of tests have it: `Mon Nov 23 11:51:40 UTC 2026 : …`. */
export function logText({ passage, log }: TestPassage): string {
  const lines = log.lines.map(({ timestamp, message }) => {
    const [day = '', date = '', month = '', year = '', time = ''] = new Date(timestamp)
      .toUTCString()
      .split(/,? /);
    return `${day} ${month} ${date} ${time} UTC ${year} : ${message}`;
  });
  return [`Execution log for request ${passage.context.requestId}`, ...lines, ''].join('\n');
}
