import type { Limit } from '../../../gateway/throttling/buckets.ts';
import { HttpFailure } from './failure.ts';
import type { Gates, Passage } from './passage.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ACCOUNT = { rate: 10_000, burst: 5000 };

/**
 * Holds a request back where its route or the account has had too many.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 * @throws HttpFailure 429
 */
export function throttle({ buckets }: Gates, { served, route, context }: Passage): void {
  const { scope, stage } = served;
  const { RouteKey } = route.route;
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = {
    ...stage.DefaultRouteSettings,
    ...stage.RouteSettings[RouteKey],
  };
  const limits: Limit[] = [{ key: `account/${scope.account}/${scope.region}`, ...ACCOUNT }];
  if (rate !== undefined || burst !== undefined)
    limits.push({
      key: `${context.apiId}/${context.stage}/${RouteKey}`,
      rate: rate ?? ACCOUNT.rate,
      burst: burst ?? Math.max(1, Math.ceil(rate ?? ACCOUNT.burst)),
    });
  if (!buckets.take(limits)) throw new HttpFailure(429, 'Too Many Requests');
}
