import type { Cloud } from '../../../../cloud.ts';
import type { CloudWatchPort, MetricDimensions } from '../../../cloudwatch/port.ts';
import type { ServedStage } from '../../port.ts';
import type { HttpContext, HttpResponse } from '../passage.ts';

const NAMESPACE = 'AWS/ApiGateway';

/** A request that has its answer. */
export interface Answered {
  readonly served: ServedStage;
  readonly context: HttpContext;
  readonly response: HttpResponse;
  /** Undefined where the request found no route. */
  readonly routeKey: string | undefined;
  /** Bytes of the request's body and of the answer's. */
  readonly processed: number;
}

/**
 * Counts requests of HTTP APIs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export class HttpMetrics {
  readonly #cloud: Cloud;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /** @param latency ms from the request to its answer */
  async count(answered: Answered, latency: number): Promise<void> {
    const port = await this.#cloud.port('cloudwatch');
    const { served, context, response, processed } = answered;
    const { latency: integrationLatency } = context.integration ?? {};
    for (const dimensions of dimensionsOf(answered)) {
      const put = (metric: string, value: number, unit: Parameters<CloudWatchPort['record']>[5]): void =>
        port.record(served.scope, NAMESPACE, metric, dimensions, value, unit);
      put('Count', 1, 'Count');
      put('4xx', response.status >= 400 && response.status < 500 ? 1 : 0, 'Count');
      put('5xx', response.status >= 500 ? 1 : 0, 'Count');
      put('Latency', latency, 'Milliseconds');
      put('DataProcessed', processed, 'Bytes');
      if (typeof integrationLatency === 'number')
        put('IntegrationLatency', integrationLatency, 'Milliseconds');
    }
  }
}

function dimensionsOf({ served, context, routeKey }: Answered): MetricDimensions[] {
  const { apiId: ApiId, stage: Stage } = context;
  const all: MetricDimensions[] = [{ ApiId }, { ApiId, Stage }];
  if (routeKey === undefined) return all;
  const { DefaultRouteSettings, RouteSettings } = served.stage;
  const { DetailedMetricsEnabled } = { ...DefaultRouteSettings, ...RouteSettings[routeKey] };
  if (DetailedMetricsEnabled !== true) return all;
  const [Method = '', Resource = routeKey] = routeKey.split(' ');
  return [...all, { ApiId, Stage, Method: Resource === routeKey ? context.httpMethod : Method, Resource }];
}
