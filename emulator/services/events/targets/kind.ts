import type { Scope } from '../../../service/call.ts';

/** A target by its ARN, with where it is. */
export type TargetKind =
  | { readonly kind: 'lambda'; readonly place: Scope; readonly name: string; readonly qualifier?: string }
  | { readonly kind: 'sqs'; readonly place: Scope; readonly fifo: boolean }
  | { readonly kind: 'sns'; readonly place: Scope }
  | { readonly kind: 'kinesis'; readonly place: Scope }
  | { readonly kind: 'bus'; readonly place: Scope; readonly name: string }
  | { readonly kind: 'logs'; readonly place: Scope; readonly group: string };

/** A target of a kind that AWS has and this cloud has not, by the service's name. */
export interface UnbuiltTarget {
  readonly kind: 'unbuilt';
  readonly service: string;
}

/** What an ARN names, or undefined where it is none. */
export function targetKind(arn: string): TargetKind | UnbuiltTarget | undefined {
  const parts = /^arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):(\d{12})?:(.+)$/.exec(arn);
  if (parts === null) return undefined;
  const [, service = '', region = '', account = '', resource = ''] = parts;
  const place = { account, region };
  const here = account !== '' && region !== '';
  switch (service) {
    case 'lambda': {
      const found = /^function:([A-Za-z0-9_-]{1,64})(?::(\$LATEST|[A-Za-z0-9_-]+))?$/.exec(resource);
      if (found === null || !here) return undefined;
      const [, name = '', qualifier] = found;
      return { kind: 'lambda', place, name, ...(qualifier === undefined ? {} : { qualifier }) };
    }
    case 'sqs':
      return here && /^[A-Za-z0-9_-]{1,80}(\.fifo)?$/.test(resource)
        ? { kind: 'sqs', place, fifo: resource.endsWith('.fifo') }
        : undefined;
    case 'sns':
      return here && /^[A-Za-z0-9_-]{1,256}(\.fifo)?$/.test(resource) ? { kind: 'sns', place } : undefined;
    case 'kinesis':
      return here && /^stream\/[A-Za-z0-9_.-]{1,128}$/.test(resource)
        ? { kind: 'kinesis', place }
        : undefined;
    case 'events': {
      const name = /^event-bus\/([/.\-_A-Za-z0-9]+)$/.exec(resource)?.[1];
      if (name !== undefined && here) return { kind: 'bus', place, name };
      return /^(api-destination|endpoint|connection)\//.test(resource)
        ? { kind: 'unbuilt', service: 'API destinations' }
        : undefined;
    }
    case 'logs': {
      const group = /^log-group:([^:*]{1,512})(:\*)?$/.exec(resource)?.[1];
      return group !== undefined && here ? { kind: 'logs', place, group } : undefined;
    }
    default:
      return { kind: 'unbuilt', service };
  }
}
