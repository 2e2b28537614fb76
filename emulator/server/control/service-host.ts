import type { Cloud } from '../../cloud.ts';
import type { Forms, PageAccess, ResourceAccess } from '../../service/access.ts';
import type { Call, Scope } from '../../service/call.ts';
import type { ServiceModule, WireIdentity } from '../../service/service.ts';
import type { Door, Site } from '../../service/site.ts';
import type { Ports } from '../../services/registry.ts';
import type { ServiceWire, WireAnswer, WireRequest, WireService } from '../../wire/wire.ts';

/** How to load each service that a cloud has. */
export type ServiceLoaders = {
  readonly [Name in keyof Ports]: () => Promise<{ default: ServiceModule<never, Ports[Name]> }>;
};

/** A running service as the pipeline uses it: the wire layer has checked what its operations are given. */
export interface HostedService {
  readonly wire: WireIdentity;
  readonly codec: ServiceWire;
  readonly operations: Readonly<Record<string, ((input: unknown, call: Call) => unknown) | undefined>>;
  readonly resources: Readonly<Record<string, ((input: unknown, scope: Scope) => string) | undefined>>;
  readonly unsigned: readonly string[];
  /** Answers at the addresses that the service gives out itself. */
  readonly visit: ((request: WireRequest) => Promise<WireAnswer>) | undefined;
  readonly site: Site | undefined;
  readonly door: Door | undefined;
  readonly access: ResourceAccess | undefined;
  readonly pages: PageAccess | undefined;
  readonly forms: Forms | undefined;
}

/** Loads each service at its first use, once. */
export interface ServiceHost {
  service(name: string): Promise<HostedService | undefined>;
  port<Name extends keyof Ports>(name: Name): Promise<Ports[Name]>;
  /** Ends every service that was started. */
  stop(): Promise<void>;
}

interface Started {
  readonly hosted: HostedService;
  readonly port: Ports[keyof Ports];
  readonly stop: () => Promise<void>;
}

/**
 * @param wireFor loads the wire layer with the first service, so that it does not delay the start
 */
export function createServiceHost(
  cloud: Cloud,
  loaders: ServiceLoaders,
  wireFor: (service: WireService) => Promise<ServiceWire>,
): ServiceHost {
  const started = new Map<keyof Ports, Promise<Started>>();
  let stopped = false;

  const start = async (name: keyof Ports): Promise<Started> => {
    const { default: module } = await loaders[name]();
    const codec = await wireFor(module);
    const running = module.create(cloud);
    return {
      hosted: {
        wire: module.wire,
        codec,
        // The loaders say nothing of the clients' types; the wire layer keeps to the very schemas those come from.
        operations: running.operations,
        resources: running.resources ?? {},
        unsigned: running.unsigned ?? [],
        visit: running.visit,
        site: running.site,
        door: running.door,
        access: running.access,
        pages: running.pages,
        forms: running.forms,
      },
      port: running.port,
      stop: async () => await running.stop?.(),
    };
  };
  const ensure = async (name: keyof Ports): Promise<Started> => {
    let starting = started.get(name);
    if (starting === undefined) {
      if (stopped) throw new Error('The cloud is ending.');
      starting = start(name);
      started.set(name, starting);
      // A service that could not start is tried again at its next use.
      starting.catch(() => started.delete(name));
    }
    return await starting;
  };

  return {
    service: async (name) =>
      Object.hasOwn(loaders, name) ? (await ensure(name as keyof Ports)).hosted : undefined,
    port: async <Name extends keyof Ports>(name: Name) => (await ensure(name)).port as Ports[Name],
    stop: async () => {
      stopped = true;
      // Latest first: what was started later may use what was there before.
      for (const starting of [...started.values()].reverse()) {
        const service = await starting.catch(() => undefined);
        await service?.stop();
      }
    },
  };
}
