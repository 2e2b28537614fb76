import { join } from 'node:path';
import { removeRunning, writeRunning } from './running.ts';

/** What the starting command tells this process, and what it tells back: over the IPC channel. */
export interface ServeOrder {
  readonly home: string;
  readonly work: string;
  readonly build: string;
  readonly cloudPort: number;
  /** Undefined: the cloud alone. */
  readonly pagePort: number | undefined;
  readonly ephemeral: boolean;
}
export type ServeReport =
  | { readonly ready: true; readonly cloud: string; readonly page: string | undefined }
  | { readonly ready: false; readonly what: string; readonly code: string | undefined };

/** Embedded cloud and page in this process, until {@link Serving.stop}. */
export interface Serving {
  readonly cloud: string;
  readonly page: string | undefined;
  /** Resolves when the cloud's own stop route was called (`npm run stop`). */
  readonly stopAsked: Promise<void>;
  stop(): Promise<void>;
}

/** Starts both; if the page cannot start, the cloud does not stay behind. */
export async function serve(order: ServeOrder): Promise<Serving> {
  let askToStop: () => void = () => undefined;
  const stopAsked = new Promise<void>((resolve) => (askToStop = resolve));
  const { startCloud } = await import('../../emulator/start.ts');
  const pageOrigins =
    order.pagePort === undefined
      ? []
      : [`http://127.0.0.1:${String(order.pagePort)}`, `http://localhost:${String(order.pagePort)}`];
  const cloud = await startCloud({
    port: order.cloudPort,
    home: join(order.home, 'cloud'),
    ephemeral: order.ephemeral,
    runtimes: join(order.home, 'runtimes'),
    allowedOrigins: pageOrigins,
    onStopRequest: askToStop,
  });
  try {
    let page: { origin: string; stop(): Promise<void> } | undefined;
    if (order.pagePort !== undefined) {
      const { startPage } = await import('../../workbook/server/start.ts');
      page = await startPage({ port: order.pagePort, work: order.work });
    }
    writeRunning(order.home, {
      pid: process.pid,
      build: order.build,
      cloud: cloud.origin,
      page: page?.origin,
      token: cloud.token,
    });
    return {
      cloud: cloud.origin,
      page: page?.origin,
      stopAsked,
      async stop() {
        await page?.stop();
        await cloud.stop();
        // Last, because whoever waits for the end looks for this file.
        removeRunning(order.home);
      },
    };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

/** Ends cloud and page when a signal comes or the stop route is called, and resolves when both have ended. */
export async function untilEnded(serving: Serving): Promise<void> {
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await Promise.race([signalled, serving.stopAsked]);
  await serving.stop();
}

/** This module is also the background process itself: then an IPC channel is there and the order comes over it. */
if (process.env.COLDSTART_BACKGROUND === '1' && process.send !== undefined) {
  const report = (message: ServeReport) => process.send?.(message);
  process.once('message', (order: ServeOrder) => {
    serve(order).then(
      (serving) => {
        void untilEnded(serving).finally(() => process.exit(0));
        report({ ready: true, cloud: serving.cloud, page: serving.page });
      },
      (error: unknown) => {
        const failure = error as { message?: string; code?: string };
        report({ ready: false, what: failure.message ?? String(error), code: failure.code });
        console.error(error);
        process.exitCode = 1;
        process.disconnect();
      },
    );
  });
}
