import type { CheckContext } from '../../grader/api.ts';

/** What is particular about a request. What is not there is null in the event. */
export interface Asked {
  /** `GET /hello`: path and resource are the same, unless the path has parameters. */
  readonly route: string;
  /** `/books/{id}`, and what stands for it in the path, as it stands there. */
  readonly matched?: { readonly resource: string; readonly parameters: Readonly<Record<string, string>> };
  /** Of the caller, beside the address: `apiKey`. */
  readonly identity?: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** What an authorizer has returned as its context. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

/** An event as API Gateway makes it for a function behind `AWS_PROXY` (payload format 1.0). */
export function proxyEvent(
  context: Pick<CheckContext<unknown>, 'nonce' | 'account'>,
  { route, stage, matched, headers: own = {}, query, identity, authorizer }: Asked,
) {
  const [httpMethod = '', path = ''] = route.split(' ');
  const resource = matched?.resource ?? path;
  const id = context.nonce('id');
  const headers = { Accept: '*/*', Host: 'localhost', 'User-Agent': 'coldstart', ...own };
  return {
    resource,
    path,
    httpMethod,
    headers,
    multiValueHeaders: lists(headers),
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: query === undefined ? null : lists(query),
    pathParameters: matched?.parameters ?? null,
    stageVariables: null,
    requestContext: {
      resourceId: id,
      resourcePath: resource,
      httpMethod,
      path: `/${stage}${path}`,
      accountId: context.account,
      protocol: 'HTTP/1.1',
      stage,
      requestTimeEpoch: Date.now(),
      requestId: id,
      identity: { sourceIp: '127.0.0.1', userAgent: 'coldstart', ...identity },
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
