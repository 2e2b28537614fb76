import type { Cloud } from '../../../../cloud.ts';
import type { CloudWatchPort, MetricDimensions } from '../../../cloudwatch/port.ts';
import type { Answered } from './observe.ts';

const NAMESPACE = 'AWS/ApiGateway';

/**
 * Counts requests.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export class GatewayMetrics {
  readonly #cloud: Cloud;
  #port: CloudWatchPort | undefined;
  #waiting: (() => void)[] | undefined;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /** @param latency ms from the request to its answer */
  count(answered: Answered, latency: number): void {
    if (this.#port !== undefined) this.#record(this.#port, answered, latency);
    else this.#whenLoaded((port) => this.#record(port, answered, latency));
  }

  #record(
    port: CloudWatchPort,
    { stage, side, context, response, passage }: Answered,
    latency: number,
  ): void {
    const { scope } = stage.served;
    const { status } = response;
    const { latency: integrationLatency } = context.integration ?? {};
    const ApiName = side.api.definition.name;
    const all: MetricDimensions[] = [{ ApiName }, { ApiName, Stage: context.stage }];
    if (passage?.settings?.metricsEnabled === true)
      all.push({
        ApiName,
        Stage: context.stage,
        Method: context.httpMethod,
        Resource: passage.route.resource.path,
      });
    for (const dimensions of all) {
      const put = (metric: string, value: number, unit: 'Count' | 'Milliseconds'): void =>
        port.record(scope, NAMESPACE, metric, dimensions, value, unit);
      put('Count', 1, 'Count');
      put('4XXError', status >= 400 && status < 500 ? 1 : 0, 'Count');
      put('5XXError', status >= 500 ? 1 : 0, 'Count');
      put('Latency', latency, 'Milliseconds');
      if (typeof integrationLatency === 'number')
        put('IntegrationLatency', integrationLatency, 'Milliseconds');
      if (passage?.cached === 'hit') put('CacheHitCount', 1, 'Count');
      if (passage?.cached === 'miss') put('CacheMissCount', 1, 'Count');
    }
  }

  /* Requests do not wait until CloudWatch is there. */
  #whenLoaded(work: (port: CloudWatchPort) => void): void {
    const later = (): void => {
      if (this.#port !== undefined) work(this.#port);
    };
    if (this.#waiting !== undefined) {
      this.#waiting.push(later);
      return;
    }
    this.#waiting = [later];
    this.#cloud.port('cloudwatch').then(
      (port) => {
        this.#port = port;
        for (const one of this.#waiting ?? []) one();
        this.#waiting = undefined;
      },
      // Tried again at the next request; metrics are not promised.
      () => (this.#waiting = undefined),
    );
  }
}
