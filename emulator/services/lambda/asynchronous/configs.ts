import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Changes } from '../changes.ts';
import type { FunctionReference } from '../names/name.ts';
import { standardRule } from './retry.ts';
import type { RetryRule } from './retry.ts';

/** What `PutFunctionEventInvokeConfig` sets for a function, a version or an alias. */
export interface EventConfig {
  readonly functionName: string;
  /** `$LATEST`, a number or an alias. */
  readonly qualifier: string;
  readonly retries?: number;
  readonly ageSeconds?: number;
  /** ARN. */
  readonly onSuccess?: string;
  readonly onFailure?: string;
  /** ms since 1970 */
  readonly lastModified: number;
}

/** How events are retried and where their results go, by function and qualifier. */
export class EventConfigs {
  readonly #table;

  constructor(cloud: Cloud, changes: Changes) {
    this.#table = cloud.state.table<EventConfig>('lambda.event-invoke-configs');
    changes.follow((change) => {
      if (change.is === 'alias moved') return;
      for (const config of this.list(change.scope, change.name)) {
        if (change.is !== 'function deleted' && change.qualifier !== config.qualifier) continue;
        this.delete(change.scope, change.name, config.qualifier);
      }
    });
  }

  find(scope: Scope, { name, qualifier = '$LATEST' }: FunctionReference): EventConfig | undefined {
    return this.#table.in(scope).get(`${name}:${qualifier}`);
  }

  set(scope: Scope, config: EventConfig): EventConfig {
    this.#table.in(scope).set(`${config.functionName}:${config.qualifier}`, config);
    return config;
  }

  delete(scope: Scope, name: string, qualifier: string): void {
    this.#table.in(scope).delete(`${name}:${qualifier}`);
  }

  /** Those of a function by qualifier. */
  list(scope: Scope, name: string): EventConfig[] {
    const own = [...this.#table.in(scope).values()].filter(({ functionName }) => functionName === name);
    return own.sort((a, b) => (a.qualifier < b.qualifier ? -1 : 1));
  }

  ruleOf(config: EventConfig | undefined): RetryRule {
    return {
      mostRetries: config?.retries ?? standardRule.mostRetries,
      mostAgeMs: config?.ageSeconds === undefined ? standardRule.mostAgeMs : config.ageSeconds * 1000,
    };
  }
}
