import type { TrailId } from '../../../trail/trail.ts';
import type { Scope } from '../../../service/call.ts';
import type { Visit } from '../../../service/site.ts';
import type { RequestValues, Variables } from '../mapping/variables.ts';
import type { ApiRequest, Values } from './exchange.ts';
import type { ExecutionLog } from './logs/execution-log.ts';
import type { OwnContext } from './request/context.ts';
import type { Route } from './routes/tree.ts';
import { decoded } from './routes/tree.ts';
import type { CompiledApi } from './snapshot/api.ts';

/** One request on its way through the gateway, from the moment that its method is known. */
export interface Passage {
  readonly scope: Scope;
  readonly api: CompiledApi;
  readonly route: Route;
  readonly request: ApiRequest;
  /** What stood where the resource's path has `{name}`, percent-encoded as the client sent it. */
  readonly rawPathParameters: Readonly<Record<string, string>>;
  readonly context: OwnContext;
  readonly variables: Variables;
  readonly log: ExecutionLog;
  readonly cause: TrailId;
  readonly visitor: Visit['visitor'];
}

/** What templates and mappings may read of a request; its text is made when one reads it. */
export class Requested implements RequestValues {
  readonly headers: Values;
  readonly query: Values;
  path: Readonly<Record<string, string>> = {};
  readonly #bytes: Uint8Array;
  #text: string | undefined;

  constructor({ headers, query, body }: Pick<ApiRequest, 'headers' | 'query' | 'body'>) {
    this.headers = headers;
    this.query = query;
    this.#bytes = body;
  }

  get body(): string {
    return (this.#text ??= Buffer.from(this.#bytes).toString('utf8'));
  }

  /** @param raw percent-encoded */
  setPath(raw: Readonly<Record<string, string>>): void {
    this.path = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, decoded(value)]));
  }
}

/**
 * The ARN of what is asked for, as authorizers and policies name it.
 * @param path without the slash at its beginning
 */
export function invocationArn(
  { account, region }: Scope,
  {
    apiId,
    stage,
    httpMethod,
  }: { readonly apiId: string; readonly stage: string; readonly httpMethod: string },
  path: string,
): string {
  return `arn:aws:execute-api:${region}:${account}:${apiId}/${stage}/${httpMethod}/${path}`;
}
