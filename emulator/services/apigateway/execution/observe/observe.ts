import type { Cloud } from '../../../../cloud.ts';
import { streamOf, writeAccessLog } from '../../../../gateway/access-log/write.ts';
import type { ApiResponse } from '../exchange.ts';
import type { ExecutionLog } from '../logs/execution-log.ts';
import { RequestLog, writtenLine } from '../logs/request-log.ts';
import type { StagePassage } from '../passage.ts';
import type { OwnContext } from '../request/context.ts';
import type { CompiledStage, Side } from '../snapshot/stage.ts';
import { GatewayMetrics } from './metrics.ts';

/** A request that has its answer. */
export interface Answered {
  readonly stage: CompiledStage;
  readonly side: Side;
  readonly context: OwnContext;
  readonly response: ApiResponse;
  /** Undefined where the request found no method. */
  readonly passage: StagePassage | undefined;
}

/** Writes down what a stage wants to know of its requests: logs and metrics. */
export class Observer {
  readonly #cloud: Cloud;
  readonly #metrics: GatewayMetrics;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#metrics = new GatewayMetrics(cloud);
  }

  async answered(answered: Answered): Promise<void> {
    const { stage, context, response, passage } = answered;
    const latency = this.#cloud.clock.now() - context.requestTimeEpoch;
    context['status'] = response.status;
    context['responseLength'] = response.body.length;
    context['responseLatency'] = latency;
    this.#metrics.count(answered, latency);
    if (passage !== undefined) await this.#writeLog(answered, passage.log);
    const { accessLogSettings } = stage.served.stage;
    if (accessLogSettings !== undefined) {
      const { destinationArn, format } = accessLogSettings;
      await writeAccessLog(this.#cloud, { destinationArn, format }, context);
    }
  }

  async #writeLog({ stage, context, response, side }: Answered, log: ExecutionLog): Promise<void> {
    log.info(() => `Method completed with status: ${response.status}`);
    if (!(log instanceof RequestLog) || log.lines.length === 0) return;
    const events = log.lines.map(({ timestamp, message }) => ({
      timestamp,
      message: writtenLine(message, context),
    }));
    const group = `API-Gateway-Execution-Logs_${context.apiId}/${context.stage}${side.isCanary ? '/Canary' : ''}`;
    const logs = await this.#cloud.port('logs');
    logs.write(stage.served.scope, group, streamOf(context), events);
  }
}
