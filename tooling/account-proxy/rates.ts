import type { Call } from './call.ts';

/**
 * What an account may ask of API Gateway's control plane: one call in so many seconds.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const secondsApart: Readonly<Record<string, number>> = {
  'apigateway CreateDeployment': 5,
  'apigateway CreateRestApi': 3,
  'apigateway ImportRestApi': 3,
  'apigateway DeleteRestApi': 30,
  'apigateway UpdateUsagePlan': 20,
  'apigateway UpdateAccount': 20,
};

/** The rates of an account's control plane. */
export class Rates {
  readonly #now: () => number;
  readonly #next = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether a call comes sooner than its operation allows; one that does not uses up the turn. */
  exceeded({ account, service, operation }: Pick<Call, 'account' | 'service' | 'operation'>): boolean {
    const apart = secondsApart[`${service} ${operation}`];
    if (apart === undefined) return false;
    const key = `${account} ${service} ${operation}`;
    const now = this.#now();
    if ((this.#next.get(key) ?? 0) > now) return true;
    this.#next.set(key, now + apart * 1000);
    return false;
  }
}
