import type { CheckContext } from '../../grader/api.ts';

/** What is particular about a request. What is not there is null in the event. */
export interface Asked {
  /** `GET /hello`: path and resource are the same. */
  readonly route: string;
  readonly stage: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** What an authorizer has returned as its context. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

/** An event as API Gateway makes it for a function behind `AWS_PROXY` (payload format 1.0). */
export function proxyEvent(
  context: Pick<CheckContext<unknown>, 'nonce' | 'account'>,
  { route, stage, headers: own = {}, query, authorizer }: Asked,
) {
  const [httpMethod = '', path = ''] = route.split(' ');
  const id = context.nonce('id');
  const headers = { Accept: '*/*', Host: 'localhost', 'User-Agent': 'coldstart', ...own };
  return {
    resource: path,
    path,
    httpMethod,
    headers,
    multiValueHeaders: lists(headers),
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: query === undefined ? null : lists(query),
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      resourceId: id,
      resourcePath: path,
      httpMethod,
      path: `/${stage}${path}`,
      accountId: context.account,
      protocol: 'HTTP/1.1',
      stage,
      requestTimeEpoch: Date.now(),
      requestId: id,
      identity: { sourceIp: '127.0.0.1', userAgent: 'coldstart' },
      ...(authorizer !== undefined && { authorizer }),
      domainName: 'localhost',
      apiId: id,
    },
    body: null,
    isBase64Encoded: false,
  };
}

const lists = (values: Readonly<Record<string, string>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
