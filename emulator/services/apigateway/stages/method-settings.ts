import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../../../gateway/failures.ts';
import { flag, numeric, type Read } from '../patch/fields.ts';
import { escaped } from '../patch/pointer.ts';
import { noMethodSetting } from '../patch/refusals.ts';
import type { Apply, Change, PathRule } from '../patch/rules.ts';
import type { StageDefinition } from '../definition/definition.ts';

/** What a method has where neither it nor the stage says otherwise; recorded. */
export const usualSettings: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

/**
 * The settings that hold for a method in a stage: its own, else those of all methods.
 * @param resourcePath `/notes/{id}`
 * @returns undefined where neither was set: then nothing is throttled but by the account, logged, measured or cached
 */
export function settingsOf(
  stage: Pick<StageDefinition, 'methodSettings'>,
  resourcePath: string,
  httpMethod: string,
): MethodSetting | undefined {
  const all = stage.methodSettings ?? {};
  const bare = resourcePath.replace(/^\//, '');
  // The same method is named in three ways: `~1notes/GET` as AWS's examples do, `notes/GET` as Terraform does.
  return (
    all[`${escaped(resourcePath)}/${httpMethod}`] ??
    all[`${escaped(bare)}/${httpMethod}`] ??
    all[`${bare}/${httpMethod}`] ??
    all['*/*']
  );
}

const invalid = (name: string) => (value: string | undefined) =>
  badRequest(`Invalid ${name} value specified: ${value ?? 'null'}`);
const within = (read: Read<number>, name: string, least: number, most: number): Read<number> => {
  return (value, change) => {
    const number = read(value, change);
    if (number < least || number > most) throw invalid(name)(value);
    return number;
  };
};
const ttl = numeric(invalid('cache TTL'));
const burst = numeric(invalid('throttling burst limit'));
const rate = numeric(invalid('throttling rate limit'), false);
const oneOf =
  (name: string, words: readonly string[]): Read<string> =>
  (value) => {
    if (value === undefined || !words.includes(value)) throw invalid(name)(value);
    return value;
  };

/** The part of a patch's path behind resource and method → the setting. */
const settings: Readonly<Record<string, readonly [keyof MethodSetting, Read<unknown>]>> = {
  'metrics/enabled': ['metricsEnabled', flag],
  'logging/dataTrace': ['dataTraceEnabled', flag],
  'logging/loglevel': ['loggingLevel', oneOf('logging level', ['OFF', 'ERROR', 'INFO'])],
  'throttling/burstLimit': ['throttlingBurstLimit', within(burst, 'throttling burst limit', -1, 2 ** 31 - 1)],
  'throttling/rateLimit': ['throttlingRateLimit', within(rate, 'throttling rate limit', -1, 2 ** 31 - 1)],
  'caching/enabled': ['cachingEnabled', flag],
  'caching/ttlInSeconds': ['cacheTtlInSeconds', within(ttl, 'cache TTL', 0, 3600)],
  'caching/dataEncrypted': ['cacheDataEncrypted', flag],
  'caching/requireAuthorizationForCacheControl': ['requireAuthorizationForCacheControl', flag],
  'caching/unauthorizedCacheControlHeaderStrategy': [
    'unauthorizedCacheControlHeaderStrategy',
    oneOf('unauthorized cache control header strategy', [
      'FAIL_WITH_403',
      'SUCCEED_WITH_RESPONSE_HEADER',
      'SUCCEED_WITHOUT_RESPONSE_HEADER',
    ]),
  ],
};

/** As the client wrote it: `~1notes~1{id}/GET`. */
const keyOf = ({ path }: Change): string => path.split('/').slice(1, 3).join('/');

/** `/{resource}/{method}/logging/loglevel` and its like, and `/{resource}/{method}` to take all of a method's away. */
export const methodSettingRules: readonly PathRule<StageDefinition>[] = [
  ...Object.entries(settings).map(([path, [name, read]]): PathRule<StageDefinition> => {
    const set: Apply<StageDefinition> = (stage, change) => {
      const all = stage.methodSettings ?? {};
      const key = keyOf(change);
      // Recorded: a method's settings begin as a copy of those of all methods.
      const before = all[key] ?? all['*/*'] ?? usualSettings;
      const setting = { ...before, [name]: read(change.value, change) };
      return { ...stage, methodSettings: { ...all, [key]: setting } };
    };
    return { path: `/{resource}/{method}/${path}`, add: set, replace: set };
  }),
  {
    path: '/{resource}/{method}',
    remove: (stage, change) => {
      const key = keyOf(change);
      const { [key]: gone, ...left } = stage.methodSettings ?? {};
      if (gone === undefined) throw noMethodSetting(change.path);
      return { ...stage, methodSettings: left };
    },
  },
];
