import type { Cloud } from '../../../../cloud.ts';
import { streamOf, writeAccessLog } from '../../../../gateway/access-log/write.ts';
import { RequestLog, writtenLine } from '../../../apigateway/execution/logs/request-log.ts';
import { GATEWAY_RESPONSES } from '../../../apigateway/responses/types.ts';
import type { ServedStage } from '../../port.ts';
import type { Taken } from '../turn/take.ts';
import type { Turn } from '../turn/turn.ts';
import { countMessage, countTurn } from './metrics.ts';

/** Writes down what a stage wants to know of its connections: logs and metrics. */
export class Observer {
  readonly #cloud: Cloud;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /** Notes a turn that has ended. */
  async taken(taken: Taken): Promise<void> {
    const { turn, outcome } = taken;
    const { context, served } = turn;
    const failure = 'failure' in outcome ? outcome.failure : undefined;
    context['status'] =
      'response' in outcome
        ? outcome.response.status
        : (outcome.failure.status ?? GATEWAY_RESPONSES[outcome.failure.type].status ?? 500);
    context['responseLength'] = 'response' in outcome ? outcome.response.body.length : 0;
    context['responseLatency'] = this.#cloud.clock.now() - context.requestTimeEpoch;
    if (failure !== undefined) {
      const message = failure.said ?? 'Internal server error';
      context.error = { message, messageString: JSON.stringify(message), responseType: failure.type };
    }
    countTurn(await this.#cloud.port('cloudwatch'), taken);
    await this.#writeLog(turn);
    const { DestinationArn, Format } = served.stage.AccessLogSettings ?? {};
    await writeAccessLog(this.#cloud, { destinationArn: DestinationArn, format: Format }, context);
  }

  /** Notes a message that went to a client, or one from a client that no route is there for. */
  async message(served: ServedStage, apiId: string, refused: boolean): Promise<void> {
    countMessage(await this.#cloud.port('cloudwatch'), served, apiId, refused);
  }

  async #writeLog({ log, context, served }: Turn): Promise<void> {
    if (!(log instanceof RequestLog) || log.lines.length === 0) return;
    const events = log.lines.map(({ timestamp, message }) => ({
      timestamp,
      message: writtenLine(message, context),
    }));
    const logs = await this.#cloud.port('logs');
    logs.write(served.scope, `/aws/apigateway/${context.apiId}/${context.stage}`, streamOf(context), events);
  }
}
