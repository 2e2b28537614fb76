import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { StageDefinition } from '../../definition/definition.ts';

/** What a stage sets for a route: what it says of the route itself counts before what it says of all. */
export function settingsOf(
  { DefaultRouteSettings, RouteSettings }: StageDefinition,
  routeKey: string,
): RouteSettings {
  return {
    ...DefaultRouteSettings,
    ...(Object.hasOwn(RouteSettings, routeKey) ? RouteSettings[routeKey] : {}),
  };
}

/** The same, as REST APIs name it. */
export function methodSettingsOf(stage: StageDefinition, routeKey: string): MethodSetting {
  const { LoggingLevel, DataTraceEnabled, ThrottlingRateLimit, ThrottlingBurstLimit } = settingsOf(
    stage,
    routeKey,
  );
  return {
    ...(LoggingLevel !== undefined && { loggingLevel: LoggingLevel }),
    ...(DataTraceEnabled !== undefined && { dataTraceEnabled: DataTraceEnabled }),
    ...(ThrottlingRateLimit !== undefined && { throttlingRateLimit: ThrottlingRateLimit }),
    ...(ThrottlingBurstLimit !== undefined && { throttlingBurstLimit: ThrottlingBurstLimit }),
  };
}
