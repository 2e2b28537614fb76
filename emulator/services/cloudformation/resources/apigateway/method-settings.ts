import type { MethodSetting, PatchOperation } from '@aws-sdk/client-api-gateway';
import type { Json } from '../../../../state/state.ts';
import { escaped, unescaped } from '../../../apigateway/patch/pointer.ts';
import { isObject, itemsOf, membersIn, narrowed } from '../gateway/narrowed.ts';
import { isSame } from '../gateway/same.ts';
import { shown } from '../gateway/shown.ts';
import type { Properties } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';
import type { Difference } from './differences.ts';

/**
 * What CloudFormation calls a setting of methods, and the end of the path by which it is patched.
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 */
const paths: Readonly<Record<string, string>> = {
  MetricsEnabled: 'metrics/enabled',
  DataTraceEnabled: 'logging/dataTrace',
  LoggingLevel: 'logging/loglevel',
  ThrottlingBurstLimit: 'throttling/burstLimit',
  ThrottlingRateLimit: 'throttling/rateLimit',
  CachingEnabled: 'caching/enabled',
  CacheTtlInSeconds: 'caching/ttlInSeconds',
  CacheDataEncrypted: 'caching/dataEncrypted',
};

/** The names of settings that hold for methods. */
export const settingNames = Object.keys(paths);

/**
 * Where a setting holds, as patches name it: resource and method. Templates write a slash within a resource's path as
 * `~1`, `/~1notes~1{id}`, or as it is; `/*` is every resource.
 */
export function placeOf(setting: Json): string {
  const [path = '/*', verb = '*'] = isObject(setting)
    ? [text(setting['ResourcePath']), text(setting['HttpMethod'])]
    : [];
  if (path === '/*') return `*/${verb}`;
  const resource = path.includes('~1') ? unescaped(path.replace(/^\//, '')) : path;
  return `${escaped(`/${resource.replace(/^\//, '')}`)}/${verb}`;
}

/** `MethodSettings`: places whose settings differ get them anew, since what is not said there is as usual. */
export const methodSettings: Difference = (now, wanted) => {
  const before = byPlace(now);
  const after = byPlace(wanted);
  const differing = [...after].filter(([place, setting]) => !saysSame(before.get(place), setting));
  const gone = [...before.keys()].filter(
    (place) => !after.has(place) || differing.some(([other]) => other === place),
  );
  // A place's settings begin as those of all methods: these come first.
  const ordered = differing.sort(([one], [other]) => Number(other === '*/*') - Number(one === '*/*'));
  return [
    ...gone.map((place): PatchOperation => ({ op: 'remove', path: `/${place}` })),
    ...ordered.flatMap(([place, setting]) => setAt(place, setting)),
  ];
};

const byPlace = (settings: Json | undefined): Map<string, Json> =>
  new Map(itemsOf(settings).map((setting) => [placeOf(setting), setting]));

const said = (setting: Json | undefined): Properties =>
  Object.fromEntries(membersIn(setting).filter(([name]) => Object.hasOwn(paths, name)));

const saysSame = (before: Json | undefined, wanted: Json): boolean =>
  before !== undefined && isSame(said(before), said(wanted));

function setAt(place: string, setting: Json): PatchOperation[] {
  return Object.entries(said(setting)).map(([name, value]) => ({
    op: 'replace',
    path: `/${place}/${paths[name] ?? ''}`,
    value: text(value),
  }));
}

/**
 * The settings of a stage as a template has them: of places that the template speaks of, the settings that it speaks
 * of; of other places all.
 */
export function shownSettings(
  now: Readonly<Record<string, MethodSetting>> | undefined,
  ...spokenOf: readonly (Json | undefined)[]
): Json {
  const known = byPlace(spokenOf.flatMap((settings) => itemsOf(settings)));
  return Object.entries(now ?? {}).map(([place, setting]) => {
    const all = shown(setting);
    const given = known.get(place);
    const [resource = '*', verb = '*'] = place.split('/');
    if (given === undefined) return { ...all, ResourcePath: `/${resource}`, HttpMethod: verb };
    const named = Object.fromEntries(membersIn(given));
    return { ...narrowed(all, named), ...pickPlace(named) };
  });
}

const pickPlace = ({ ResourcePath = '/*', HttpMethod = '*' }: Properties): Properties => ({
  ResourcePath,
  HttpMethod,
});
