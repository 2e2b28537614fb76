import type { ProtocolType, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import { hasRequestId } from '../../../gateway/access-log/format.ts';
import { badRequest, notFound } from '../../../gateway/failures.ts';
import { checkVariables } from '../../../gateway/variables.ts';
import type { RouteDefinition, StageDefinition } from '../definition/definition.ts';

/** @throws BadRequestException */
export function checkStageName(protocol: ProtocolType, name: string): void {
  if (protocol === 'HTTP' && name === '$default') return;
  if (!/^[\w-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
}

/**
 * Checks what a stage would be after its making or a change.
 * @throws BadRequestException, NotFoundException in AWS's words where they are known
 */
export function checkStage(
  protocol: ProtocolType,
  stage: StageDefinition,
  routes: readonly RouteDefinition[],
): void {
  checkVariables(stage.StageVariables);
  const keys = new Set(routes.map(({ RouteKey }) => RouteKey));
  for (const key of Object.keys(stage.RouteSettings))
    if (!keys.has(key))
      throw notFound(`Unable to find Route by key ${key} within the provided RouteSettings`);
  for (const settings of [stage.DefaultRouteSettings, ...Object.values(stage.RouteSettings)])
    checkSettings(protocol, settings);
  const { DestinationArn, Format } = stage.AccessLogSettings ?? {};
  if (DestinationArn !== undefined && !/^arn:aws[\w-]*:(logs|firehose):/.test(DestinationArn))
    throw badRequest(
      'The ARN must be a valid CloudWatch Logs log group or Kinesis Data Firehose delivery stream',
    );
  if (Format !== undefined && !hasRequestId(Format))
    throw badRequest(
      'Access Log format must include either $context.requestId or $context.extendedRequestId',
    );
}

function checkSettings(protocol: ProtocolType, settings: RouteSettings): void {
  const { LoggingLevel, DataTraceEnabled, ThrottlingBurstLimit, ThrottlingRateLimit } = settings;
  if (protocol === 'HTTP' && (LoggingLevel !== undefined || DataTraceEnabled === true))
    throw badRequest('Execution logs are not supported on protocolType HTTP');
  if ((ThrottlingBurstLimit ?? 0) < 0 || (ThrottlingRateLimit ?? 0) < 0)
    throw badRequest('Throttling limits must not be negative');
}

/** Whether a stage writes execution logs. */
export const logs = ({ DefaultRouteSettings, RouteSettings }: StageDefinition): boolean =>
  [DefaultRouteSettings, ...Object.values(RouteSettings)].some(
    ({ LoggingLevel }) => LoggingLevel === 'INFO' || LoggingLevel === 'ERROR',
  );
