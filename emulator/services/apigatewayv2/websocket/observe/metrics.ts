import type { CloudWatchPort, MetricDimensions } from '../../../cloudwatch/port.ts';
import type { ServedStage } from '../../port.ts';
import { settingsOf } from '../routes/settings.ts';
import type { Taken } from '../turn/take.ts';

const NAMESPACE = 'AWS/ApiGateway';
type Metric =
  | 'ConnectCount'
  | 'MessageCount'
  | 'IntegrationError'
  | 'ClientError'
  | 'ExecutionError'
  | 'IntegrationLatency';

/**
 * Counts a turn. A back end that answered with an error is an integration's; one that could not be asked, or not in
 * time, is the execution's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export function countTurn(port: CloudWatchPort, { turn, backend, outcome }: Taken): void {
  const { served, facts, compiled, happening, context } = turn;
  const dimensions = dimensionsOf(served, facts.apiId);
  if (settingsOf(served.stage, compiled.key).DetailedMetricsEnabled === true)
    dimensions.push({
      ApiId: facts.apiId,
      Stage: facts.stageName,
      Resource: compiled.key,
      Method: compiled.route.RouteId,
    });
  const status = 'response' in outcome ? outcome.response.status : outcome.failure.status;
  const answered = 'response' in outcome || status === 502;
  const put = (metric: Metric, value: number): void => record(port, served, dimensions, metric, value);
  if (happening.eventType === 'CONNECT' && backend) put('ConnectCount', 1);
  if (happening.eventType === 'MESSAGE') put('MessageCount', 1);
  put('ClientError', backend ? 0 : 1);
  put('IntegrationError', backend && answered && status !== undefined && status >= 400 ? 1 : 0);
  put('ExecutionError', backend && !answered ? 1 : 0);
  const { latency } = context.integration ?? {};
  if (typeof latency === 'number') put('IntegrationLatency', latency);
}

/** Counts a message without a turn. @param refused whether it was refused before any back end */
export function countMessage(
  port: CloudWatchPort,
  served: ServedStage,
  apiId: string,
  refused: boolean,
): void {
  const dimensions = dimensionsOf(served, apiId);
  record(port, served, dimensions, 'MessageCount', 1);
  if (refused) record(port, served, dimensions, 'ClientError', 1);
}

const dimensionsOf = ({ stage }: ServedStage, ApiId: string): MetricDimensions[] => [
  { ApiId },
  { ApiId, Stage: stage.StageName },
];

function record(
  port: CloudWatchPort,
  { scope }: ServedStage,
  dimensions: readonly MetricDimensions[],
  metric: Metric,
  value: number,
): void {
  const unit = metric === 'IntegrationLatency' ? 'Milliseconds' : 'Count';
  for (const each of dimensions) port.record(scope, NAMESPACE, metric, each, value, unit);
}
