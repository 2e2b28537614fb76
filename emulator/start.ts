import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { version } from '../package.json';
import type { Cloud } from './cloud.ts';
import { createClock, type ClockPosition } from './clock/moved-clock.ts';
import { trackMoves } from './clock/moves.ts';
import { createIdentity } from './identity/sealed-identity.ts';
import { readSecret } from './identity/secret.ts';
import type { Scope } from './service/call.ts';
import type { WireIdentity } from './service/service.ts';
import { ControlPlane } from './server/control/control-plane.ts';
import { innerCalls } from './server/control/inner-calls.ts';
import { createServiceHost, type ServiceLoaders } from './server/control/service-host.ts';
import { deferred } from './server/deferred.ts';
import { frontHandler, type Front } from './server/front.ts';
import { listen, type Listener } from './server/http/listener.ts';
import { portHolder, PortTaken } from './server/admin/port-holder.ts';
import { identities } from './services/identities.ts';
import { services } from './services/registry.ts';
import { openBlobs } from './state/blob-files.ts';
import { makeEphemeralHome, sweepEphemeralHomes } from './state/ephemeral-home.ts';
import { lockHome } from './state/lock.ts';
import { openState } from './state/open-state.ts';
import type { State } from './state/state.ts';
import { createTrail } from './trail/ring-trail.ts';

export interface StartOptions {
  /** 4566 where none is given; 0 takes any free one. */
  readonly port?: number;
  /** The folder that state is kept in; made where it is missing. */
  readonly home: string;
  /** Keeps nothing: `home` is not touched, and what is needed on disk goes to a temporary folder. */
  readonly ephemeral?: boolean;
  /** What `/_coldstart/…` asks for. Drawn where none is given. */
  readonly token?: string;
  /** Origins of web pages that may call, for example `http://localhost:4600`. */
  readonly allowedOrigins?: readonly string[];
  /** Folder with Node.js binaries by major version. */
  readonly runtimes?: string;
  /** `shape` (the default): a signature must be there and well formed. `verified`: it must be right. */
  readonly signatures?: 'shape' | 'verified';
  /** Called when `/_coldstart/stop` was asked for. Where none is given the cloud stops itself. */
  readonly onStopRequest?: () => void;
  /** Told one line of what a person should know: defects of the cloud, a damaged journal. Standard error by default. */
  readonly log?: (line: string) => void;
  /** The services of the cloud: those of the registry, unless a test brings its own. */
  readonly services?: {
    readonly identities: readonly WireIdentity[];
    readonly loaders: ServiceLoaders;
  };
}

export interface RunningCloud {
  /** For example `http://127.0.0.1:4566`. */
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  readonly cloud: Cloud;
  /** Ends everything: no process, port, timer or open file of the cloud is left when it resolves. */
  stop(): Promise<void>;
  /** Resolves when the cloud has been stopped, by whomever. */
  readonly stopped: Promise<void>;
}

/** Closes one of the parts that a cloud is made of. */
type Close = () => void | Promise<void>;

/** How long requests that are at work may take to end once the cloud ends, in ms. */
const GRACE = 2_000;
/** When blobs that nothing refers to are looked for: not while the first requests wait. In ms after the start. */
const COLLECT_AFTER = 5_000;
/** The cloud's own rows belong to no account. */
const OWN: Scope = { account: '', region: '' };

/**
 * Starts an embedded cloud in this process.
 * @throws PortTaken, HomeTaken, or what the system says of the folder or the port
 */
export async function startCloud(options: StartOptions): Promise<RunningCloud> {
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const opening = deferred<Front>();
  const front = frontHandler(opening.promise);
  const listener = await listenOrSayWho(options.port ?? 4566, front.handlers);
  // The port is had before the home is touched: the lock can then say where its holder answers.
  const closing: Close[] = [async () => await listener.close()];
  const closeAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    // What was opened last is closed first. One that fails keeps no other open.
    for (const close of closing.reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    const running = await openCloud(options, listener, log, closing);
    const stopped = deferred<undefined>();
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      stopping ??= (async () => {
        front.refuse();
        await running.stopServices();
        await front.underway.idle(GRACE);
        await closeAll();
        stopped.resolve(undefined);
      })();
      await stopping;
    };
    const token = options.token ?? randomBytes(24).toString('hex');
    const { cloud } = running;
    const started = Date.now();
    opening.resolve({
      control: running.control,
      allowedOrigins: new Set(options.allowedOrigins),
      log,
      admin: {
        clock: cloud.clock,
        trail: cloud.trail,
        token,
        commit: () => cloud.state.commit(),
        stop: options.onStopRequest ?? (() => void stop()),
        health: () => ({
          name: 'coldstart',
          version,
          pid: process.pid,
          uptime: (Date.now() - started) / 1000,
          home: cloud.settings.home,
          ephemeral: cloud.settings.ephemeral,
        }),
      },
    });
    return {
      origin: cloud.settings.origin,
      port: listener.port,
      token,
      cloud,
      stop,
      stopped: stopped.promise,
    };
  } catch (error) {
    opening.promise.catch(() => undefined);
    opening.reject(error);
    await closeAll();
    throw error;
  }
}

async function listenOrSayWho(port: number, handlers: Parameters<typeof listen>[1]): Promise<Listener> {
  try {
    return await listen(port, handlers);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PortTaken(port, await portHolder(port));
  }
}

/* Opens what a cloud is made of. Each part that must be closed is added to `closing` as it is opened. */
async function openCloud(
  options: StartOptions,
  listener: Listener,
  log: (line: string) => void,
  closing: Close[],
): Promise<{ cloud: Cloud; control: ControlPlane; stopServices(): Promise<void> }> {
  const origin = `http://127.0.0.1:${String(listener.port)}`;
  const ephemeral = options.ephemeral ?? false;
  let home = resolve(options.home);
  if (ephemeral) {
    const temporary = makeEphemeralHome();
    closing.push(() => temporary.remove());
    home = temporary.path;
  }
  const lock = await lockHome(home, origin);
  closing.push(() => lock.release());
  if (ephemeral) void sweepEphemeralHomes();
  const state = openState({ home: ephemeral ? undefined : home, notice: log });
  closing.push(() => state.close());
  const blobs = openBlobs({ home, durable: !ephemeral });

  const positions = state.table<ClockPosition>('cloud.clock').in(OWN);
  const position = positions.get('position');
  const moves = trackMoves(position?.offset ?? 0);
  const clock = createClock({
    ...(position === undefined ? {} : { position }),
    keep: (moved) => {
      positions.set('position', moved);
      moves.moved(Date.now(), moved.offset);
    },
    failed: (error) => log(`A task of the cloud's clock failed: ${String(error)}`),
  });
  closing.push(() => clock.stop());
  const now = (): number => clock.now();
  const trail = createTrail({ now });
  const identity = createIdentity({ secret: readSecret(home), now });

  const cloud: Cloud = {
    settings: {
      home,
      ephemeral,
      origin,
      runtimes: resolve(options.runtimes ?? join(options.home, 'runtimes')),
    },
    clock,
    state,
    blobs,
    trail,
    identity,
    port: async (name) => await host.port(name),
    call: innerCalls({ origin, host: () => host, state, trail }),
  };
  const served: NonNullable<StartOptions['services']> = options.services ?? {
    identities: Object.values(identities),
    loaders: services,
  };
  const host = createServiceHost(cloud, served.loaders, async (service) => {
    const { serviceWire } = await import('./wire/service-wire.ts');
    return serviceWire(service);
  });
  const control = new ControlPlane({
    origin,
    host,
    identities: served.identities,
    identity,
    state,
    trail,
    since: (hostTime) => clock.now() - moves.cloudTime(hostTime),
    signatures: options.signatures ?? 'shape',
    log,
  });

  const waking = setImmediate(() => {
    for (const { id, waiting = [] } of served.identities) {
      if (!waiting.some((name) => hasRows(state, name))) continue;
      host
        .service(id)
        .catch((error: unknown) => log(`${id} could not go on with its work: ${String(error)}`));
    }
  });
  closing.push(() => clearImmediate(waking));
  const collecting = setTimeout(() => {
    try {
      blobs.collect(state.values());
    } catch (error) {
      log(`Files that are not used any more could not be removed: ${String(error)}`);
    }
  }, COLLECT_AFTER).unref();
  closing.push(() => clearTimeout(collecting));
  return { cloud, control, stopServices: async () => await host.stop() };
}

function hasRows(state: State, name: string): boolean {
  const table = state.table<Record<string, never>>(name);
  return [...table.scopes()].some((scope) => table.in(scope).size > 0);
}
