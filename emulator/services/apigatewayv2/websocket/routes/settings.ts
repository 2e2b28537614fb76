import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { Limit } from '../../../../gateway/throttling/buckets.ts';
import type { Scope } from '../../../../service/call.ts';
import type { StageDefinition } from '../../definition/definition.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ACCOUNT = { rate: 10_000, burst: 5000 };

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

/** How often a route of a stage may be asked, and the account's APIs together. */
export function limitsOf(scope: Scope, apiId: string, stage: StageDefinition, routeKey: string): Limit[] {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settingsOf(stage, routeKey);
  const own =
    rate === undefined
      ? []
      : [
          {
            key: `${apiId}/${stage.StageName}/${routeKey}`,
            rate,
            burst: burst ?? Math.max(1, Math.ceil(rate)),
          },
        ];
  return [...own, { key: `account/${scope.account}/${scope.region}`, ...ACCOUNT }];
}
