import type { Cloud } from '../../../cloud.ts';
import type { IssuerKeys } from '../../../gateway/tokens/issuer-keys.ts';
import type { StageCache } from '../../../gateway/authorizers/stage-cache.ts';
import type { Buckets } from '../../../gateway/throttling/buckets.ts';
import type { Visit } from '../../../service/site.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { OwnContext } from '../../apigateway/execution/request/context.ts';
import type { ApiGatewayV2Catalogue, ServedStage } from '../port.ts';
import type { Verdict } from './access/verdict.ts';
import type { HttpMetrics } from './observe/metrics.ts';
import type { HttpRequest } from './request/request.ts';
import type { CompiledRoute } from './routes/routes.ts';

/** What requests at stages of HTTP APIs pass by. */
export interface Gates {
  readonly cloud: Cloud;
  readonly catalogue: ApiGatewayV2Catalogue;
  readonly buckets: Buckets;
  readonly verdicts: StageCache<Verdict>;
  readonly issuers: IssuerKeys;
  readonly metrics: HttpMetrics;
}

/** `$context`, filled by one step after another. */
export type HttpContext = OwnContext;

/** What let a client in. */
export type Authorized =
  | {
      readonly kind: 'jwt';
      readonly told: {
        readonly claims: Readonly<Record<string, string>>;
        readonly scopes: readonly string[] | null;
      };
    }
  | { readonly kind: 'lambda'; readonly told: Readonly<Record<string, unknown>> }
  | { readonly kind: 'iam'; readonly told: Readonly<Record<string, unknown>> };

/** One request on its way through the gateway, from the moment that its route is known. */
export interface Passage {
  readonly served: ServedStage;
  readonly route: CompiledRoute;
  readonly request: HttpRequest;
  /** What stood where the route's path has `{name}`, decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: HttpContext;
  readonly cause: TrailId;
  readonly visitor: Visit['visitor'];
  /** Who was let in, and by what; functions are told. */
  authorized?: Authorized;
}

/** What goes back to the client. Names of headers in lower case. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
}

/** The ARN of what is asked for, as policies and authorizers name it. @param path `/pets/1`; `$default` for that route */
export function routeArn({ served, context }: Passage, path: string): string {
  const { account, region } = served.scope;
  return `arn:aws:execute-api:${region}:${account}:${context.apiId}/${context.stage}/${path}`;
}
