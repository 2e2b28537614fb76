import type { MethodSetting } from '@aws-sdk/client-api-gateway';
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
import type { CompiledStage, Side } from './snapshot/stage.ts';

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
  /** `X-Amzn-Trace-Id` */
  readonly trace: string;
}

/** A request at a stage: what a test of a method knows nothing of. */
export interface StagePassage extends Passage {
  /** What the stage sets for the method. */
  readonly settings: MethodSetting | undefined;
  /** Whether they are the method's own, not those of all methods. */
  readonly ownSettings: boolean;
  readonly stage: CompiledStage;
  readonly side: Side;
  /** What the stage's cache had, where it was asked. */
  cached?: 'hit' | 'miss';
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
