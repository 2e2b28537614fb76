import type { Clients } from '../../api.ts';
import { mark } from '../marks/mark.ts';
import type { ClientSettings, MadeWith } from './settings.ts';
import { settles } from './settles.ts';

export type ServiceName = keyof Clients;

/** Each service's client is read from disk when it is first needed: one that a lab never calls costs nothing. */
const makers: {
  readonly [Name in ServiceName]: () => Promise<{ make(settings: MadeWith): Clients[Name] }>;
} = {
  lambda: () => import('./lambda.ts'),
  logs: () => import('./logs.ts'),
  iam: () => import('./iam.ts'),
  sts: () => import('./sts.ts'),
  s3: () => import('./s3.ts'),
  sqs: () => import('./sqs.ts'),
  sns: () => import('./sns.ts'),
  dynamodb: () => import('./dynamodb.ts'),
  kinesis: () => import('./kinesis.ts'),
  events: () => import('./events.ts'),
  scheduler: () => import('./scheduler.ts'),
  cloudwatch: () => import('./cloudwatch.ts'),
  apigateway: () => import('./apigateway.ts'),
  cloudformation: () => import('./cloudformation.ts'),
};

/** One client for each service of a target. */
export interface Pool {
  load<Name extends ServiceName>(name: Name): Promise<Clients[Name]>;
  /** The client if it has been loaded. */
  loaded<Name extends ServiceName>(name: Name): Clients[Name] | undefined;
  /** Closes the connections. */
  close(): void;
}

export function openPool({ lags, marks, ...settings }: ClientSettings): Pool {
  // The SDK's notice on Node.js versions is for us, not for a student's screen.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const loading: { [Name in ServiceName]?: Promise<Clients[Name]> } = {};
  const ready: { [Name in ServiceName]?: Clients[Name] } = {};
  const make = async <Name extends ServiceName>(name: Name): Promise<Clients[Name]> => {
    const maker = await makers[name]();
    const client = maker.make(settings);
    if (lags) settles(client);
    if (marks !== undefined) mark(client, marks);
    ready[name] = client;
    return client;
  };
  return {
    load<Name extends ServiceName>(name: Name): Promise<Clients[Name]> {
      const under: Promise<Clients[Name]> | undefined = loading[name];
      if (under !== undefined) return under;
      const begun = make(name);
      // Typed by name above; TypeScript cannot follow a write by a generic key.
      (loading as Record<ServiceName, Promise<unknown>>)[name] = begun;
      return begun;
    },
    loaded: (name) => ready[name],
    close() {
      for (const client of Object.values(ready)) client.destroy();
    },
  };
}
