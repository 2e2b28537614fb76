import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';
import type { Values } from '../../../gateway/values.ts';

export type { Values };

/** A client's request to an API, parsed at the edge. */
export interface ApiRequest {
  /** Upper case. */
  readonly method: string;
  /** After the stage, still percent-encoded, beginning with `/`. */
  readonly rawPath: string;
  /** What functions are told the path is: with the base path of a custom domain name. */
  readonly toldPath: string;
  readonly headers: Values;
  /** Decoded. */
  readonly query: Values;
  /** Without `?`, as the client wrote it. */
  readonly rawQuery: string;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  readonly protocol: string;
  /** `abc123.execute-api.us-east-1.amazonaws.com`, or what stands for it here. */
  readonly domainName: string;
  /** `abc123` */
  readonly domainPrefix: string;
}

/** What goes back to the client. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Values;
  readonly body: Uint8Array;
}

/**
 * What `$context` holds while a request is answered: filled by one step after another, read by mapping templates,
 * parameter mappings, gateway responses and access logs. Dotted names of AWS are nested objects here, so that
 * `$context.authorizer.claims.sub` is `context.authorizer.claims.sub`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly deploymentId: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  /** With the stage: `/dev/notes/1`. */
  readonly path: string;
  readonly protocol: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  /** `23/Nov/2026:11:51:40 +0000` */
  readonly requestTime: string;
  /** ms since 1970 */
  readonly requestTimeEpoch: number;
  readonly identity: Readonly<Record<string, string | null>>;
  resourceId?: string;
  resourcePath?: string;
  operationName?: string;
  isCanaryRequest?: boolean;
  authorizer?: Record<string, unknown>;
  error?: {
    message?: string | null;
    messageString?: string;
    responseType?: GatewayResponseType;
    validationErrorString?: string;
  };
  integration?: Record<string, unknown>;
  responseOverride?: { status?: number; header?: Record<string, string> };
  requestOverride?: {
    header?: Record<string, string>;
    path?: Record<string, string>;
    querystring?: Record<string, string>;
  };
  /** Whatever else a step has to tell the access log: `status`, `responseLength`, `responseLatency`, `waf`, … */
  [name: string]: unknown;
}

/** Why the gateway itself answers: each becomes the gateway response of its type. */
export class GatewayFailure extends Error {
  readonly type: GatewayResponseType;
  /** Instead of the type's own status. */
  readonly status: number | undefined;
  /** `null` where AWS answers `{"message":null}`. */
  readonly said: string | null;
  readonly validationErrors: string | undefined;

  constructor(
    type: GatewayResponseType,
    said: string | null,
    options: { readonly status?: number; readonly validationErrors?: string; readonly cause?: unknown } = {},
  ) {
    super(said ?? type, { cause: options.cause });
    this.name = 'GatewayFailure';
    this.type = type;
    this.said = said;
    this.status = options.status;
    this.validationErrors = options.validationErrors;
  }
}
