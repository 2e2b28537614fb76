import type { Scope } from '../../service/call.ts';
import type { Visit } from '../../service/site.ts';
import type { WireAnswer } from '../../wire/wire.ts';
import type { Connections } from '../apigatewayv2/connections/connections.ts';

/** The stage of a WebSocket API whose connections are asked about. */
export interface StagePlace {
  readonly scope: Scope;
  readonly apiId: string;
  readonly stageName: string;
  readonly connections: Connections;
  /** Told of a message that went to a client. */
  readonly sent: () => Promise<void>;
}

/** What API Gateway v2 asks of the API that manages connections. */
export interface ManagementPort {
  /**
   * Answers a request at a stage's address.
   * @param place `rawPath` is what follows the stage: `/@connections/…`
   */
  answer(visit: Visit, place: StagePlace & { readonly rawPath: string }): Promise<WireAnswer>;
}
