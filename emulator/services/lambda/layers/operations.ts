import type { Architecture, LayerVersionsListItem, Runtime } from '@aws-sdk/client-lambda';
import type { Call, Scope } from '../../../service/call.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { constraintBroken, invalidParameter, notFound } from '../failures.ts';
import { lambdaDate } from '../functions/configuration.ts';
import { scopeOf } from '../names/name.ts';
import { takePackage } from '../package/source.ts';
import { pageOf } from '../paging.ts';
import { mayUse } from './access.ts';
import { layerArn, readLayerVersionArn } from './layers.ts';
import type { LayerVersionRecord } from './layers.ts';

type Layering =
  | 'PublishLayerVersion'
  | 'GetLayerVersion'
  | 'GetLayerVersionByArn'
  | 'ListLayers'
  | 'ListLayerVersions'
  | 'DeleteLayerVersion';

/** `PublishLayerVersion`, `GetLayerVersion`, `GetLayerVersionByArn`, `ListLayers`, `ListLayerVersions`, `DeleteLayerVersion`. */
export function layerOperations(context: LambdaContext): Required<Pick<LambdaOperations, Layering>> {
  const { cloud, layers, downloads } = context;

  const whole = (call: Call, scope: Scope, layer: LayerVersionRecord) => ({
    Content: {
      Location: downloads.address(scope, call.origin, layer.name, layer.code),
      CodeSha256: layer.code.sha256,
      CodeSize: layer.code.size,
    },
    LayerArn: layerArn(scope, layer.name),
    ...listed(scope, layer),
  });

  return {
    async PublishLayerVersion(input, call) {
      const name = readLayerName(input.LayerName, call);
      const code = await takePackage(cloud, call, input.Content ?? {});
      const made = layers.publish(scopeOf(call), {
        name,
        description: input.Description ?? '',
        code,
        runtimes: input.CompatibleRuntimes,
        architectures: input.CompatibleArchitectures,
        license: input.LicenseInfo,
      });
      return whole(call, call, made);
    },
    GetLayerVersion(input, call) {
      const name = readLayerName(input.LayerName, call);
      const found = layers.find(call, name, checkVersion(input.VersionNumber));
      if (found === undefined) throw notFound('The resource you requested does not exist.');
      return whole(call, call, found);
    },
    GetLayerVersionByArn(input, call) {
      const named = readLayerVersionArn(input.Arn ?? '');
      if (named === undefined) {
        throw constraintBroken(
          input.Arn ?? '',
          'arn',
          'Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)',
        );
      }
      const { scope, name, version } = named;
      const found = layers.find(scope, name, checkVersion(version));
      if (found === undefined || !mayUse(call, scope, found)) {
        throw notFound('The resource you requested does not exist.');
      }
      return whole(call, scope, found);
    },
    ListLayers(input, call) {
      const names = [...new Set(layers.all(call).map(({ name }) => name))].sort();
      const all = names.flatMap((name) => {
        const latest = layers
          .list(call, name)
          .find((layer) => fits(layer, input.CompatibleRuntime, input.CompatibleArchitecture));
        if (latest === undefined) return [];
        return [
          { LayerName: name, LayerArn: layerArn(call, name), LatestMatchingVersion: listed(call, latest) },
        ];
      });
      const { items, next } = pageOf(all, ({ LayerName }) => LayerName, input);
      return { Layers: items, ...next };
    },
    ListLayerVersions(input, call) {
      const name = readLayerName(input.LayerName, call);
      const all = layers
        .list(call, name)
        .filter((layer) => fits(layer, input.CompatibleRuntime, input.CompatibleArchitecture));
      // Newest first: keys that grow as versions get older.
      const key = ({ version }: LayerVersionRecord): string => String(10 ** 12 - version);
      const { items, next } = pageOf(all, key, input);
      return { LayerVersions: items.map((layer) => listed(call, layer)), ...next };
    },
    DeleteLayerVersion(input, call) {
      const name = readLayerName(input.LayerName, call);
      // Nothing is said of one that is not there.
      layers.delete(scopeOf(call), name, checkVersion(input.VersionNumber));
      return {};
    },
  };
}

/** A layer's name, given as such or as its ARN. */
export function readLayerName(value: string | undefined, call: Call): string {
  const [, region, account, name] =
    /^arn:aws[a-zA-Z-]*:lambda:([a-z0-9-]+):(\d{12}):layer:([a-zA-Z0-9_-]+)$/.exec(value ?? '') ?? [];
  if (name === undefined) {
    if (/^[a-zA-Z0-9_-]{1,140}$/.test(value ?? '')) return value ?? '';
    throw constraintBroken(
      value ?? '',
      'layerName',
      'Member must satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+',
    );
  }
  if (region !== call.region || account !== call.account) {
    throw notFound('The resource you requested does not exist.');
  }
  return name;
}

/** @throws ServiceFailure for what is no number of a version */
export function checkVersion(version: number | undefined): number {
  if (version === undefined || version < 1) throw invalidParameter('Layer Version Cannot be less than 1');
  return version;
}

/* Without a list of its own a layer says nothing of where it fits, and is found by no filter. */
function fits(
  layer: LayerVersionRecord,
  runtime: string | undefined,
  architecture: string | undefined,
): boolean {
  if (runtime !== undefined && layer.runtimes?.includes(runtime) !== true) return false;
  return architecture === undefined || layer.architectures?.includes(architecture) === true;
}

function listed(scope: Scope, layer: LayerVersionRecord): LayerVersionsListItem {
  return {
    LayerVersionArn: layerArn(scope, layer.name, layer.version),
    Version: layer.version,
    Description: layer.description,
    CreatedDate: lambdaDate(layer.created),
    ...(layer.runtimes === undefined ? {} : { CompatibleRuntimes: layer.runtimes as Runtime[] }),
    ...(layer.architectures === undefined
      ? {}
      : { CompatibleArchitectures: layer.architectures as Architecture[] }),
    ...(layer.license === undefined ? {} : { LicenseInfo: layer.license }),
  };
}
