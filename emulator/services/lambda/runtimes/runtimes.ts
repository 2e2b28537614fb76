import { createHash } from 'node:crypto';
import { invalidParameter } from '../failures.ts';

/** What AWS's table of runtimes says of one. Dates are `YYYY-MM-DD`, UTC. */
export interface Runtime {
  /** From this day without patches and support; functions can still be made and changed. */
  readonly deprecated?: string;
  /** From this day no function can be created with it. */
  readonly createBlocked?: string;
  /** From this day no function can be changed to it. */
  readonly updateBlocked?: string;
}

/* AWS postponed the blocks of these runtimes to the same days. */
const lastBlock = { createBlocked: '2027-02-01', updateBlocked: '2027-03-03' } as const;

/**
 * Runtimes that functions can have. Source: AWS Lambda Developer Guide, "Lambda runtimes", as of 2026-11-23.
 * In the order in which AWS lists them in its error (recorded), newer ones at the end.
 */
export const runtimes: Readonly<Record<string, Runtime>> = {
  'nodejs20.x': { deprecated: '2026-04-30', ...lastBlock },
  'python3.14': {},
  'provided.al2023': {},
  'python3.12': {},
  'python3.13': {},
  'nodejs24.x': { deprecated: '2028-04-30' },
  'nodejs22.x': { deprecated: '2027-04-30' },
  java25: {},
  'python3.10': { deprecated: '2026-10-31', ...lastBlock },
  'python3.11': {},
  java21: {},
  'ruby3.3': {},
  'ruby3.4': {},
  'ruby3.2': { deprecated: '2026-03-31', ...lastBlock },
  'python3.8': { deprecated: '2024-10-14', ...lastBlock },
  'python3.9': { deprecated: '2025-12-15', ...lastBlock },
  java17: {},
  'nodejs16.x': { deprecated: '2024-06-12', ...lastBlock },
  dotnet10: {},
  dotnet8: { deprecated: '2026-11-10', ...lastBlock },
  java11: {},
  dotnet6: { deprecated: '2024-12-20', ...lastBlock },
  'nodejs18.x': { deprecated: '2025-09-01', ...lastBlock },
  'provided.al2': { deprecated: '2026-07-31', ...lastBlock },
  'java8.al2': {},
  'ruby4.0': {},
  'java8.al2023': {},
  'java11.al2023': {},
  'java17.al2023': {},
  /* Public preview since 2026-07: AWS takes them, without support. */
  'nodejs26.x': {},
  'python3.15': {},
};

/** Runtimes that were: nothing can be made with them or changed to them any more. */
export const retired: ReadonlySet<string> = new Set([
  'dotnetcore1.0',
  'dotnetcore2.0',
  'dotnetcore2.1',
  'dotnetcore3.1',
  'go1.x',
  'java8',
  'nodejs',
  'nodejs4.3',
  'nodejs4.3-edge',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'nodejs12.x',
  'nodejs14.x',
  'provided',
  'python2.7',
  'python3.6',
  'python3.7',
  'ruby2.5',
  'ruby2.7',
]);

/**
 * Refuses a runtime that cannot be used for what is done, with AWS's words.
 *
 * @param now ms since 1970: the cloud's day decides what is blocked
 * @throws ServiceFailure `InvalidParameterValueException`
 */
export function checkRuntime(runtime: string, use: 'create' | 'update', now: number): void {
  const known = Object.hasOwn(runtimes, runtime) ? runtimes[runtime] : undefined;
  if (known === undefined && !retired.has(runtime)) {
    const usable = Object.keys(runtimes).filter((name) => !isBlocked(runtimes[name], use, now));
    throw invalidParameter(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${usable.join(', ')}] or be a valid ARN`,
    );
  }
  if (known === undefined || isBlocked(known, use, now)) {
    throw invalidParameter(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
}

function isBlocked(runtime: Runtime | undefined, use: 'create' | 'update', now: number): boolean {
  const from = use === 'create' ? runtime?.createBlocked : runtime?.updateBlocked;
  return from !== undefined && now >= Date.parse(`${from}T00:00:00Z`);
}

/** The ARN of a runtime's version, as in `RuntimeVersionConfig` and `INIT_START`: always the same for a runtime. */
export function runtimeVersionArn(region: string, runtime: string): string {
  return `arn:aws:lambda:${region}::runtime:${createHash('sha256').update(runtime).digest('hex')}`;
}
