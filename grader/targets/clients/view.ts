import type { Clients } from '../../api.ts';
import type { Pool, ServiceName } from './pool.ts';

/** How one check sees the clients: it may wait for each answer by name, and be stopped. */
export interface Watch {
  /** Tells what is waited for while a promise is open. */
  during<T>(what: string, work: Promise<T>): Promise<T>;
  readonly signal: AbortSignal;
}

interface Sendable {
  readonly schema?: readonly unknown[];
}

const shown: Readonly<Record<ServiceName, string>> = {
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  iam: 'IAM',
  sts: 'STS',
  s3: 'S3',
  sqs: 'SQS',
  sns: 'SNS',
  dynamodb: 'DynamoDB',
  kinesis: 'Kinesis',
  events: 'EventBridge',
  scheduler: 'EventBridge Scheduler',
  cloudwatch: 'CloudWatch',
  apigateway: 'API Gateway',
  cloudformation: 'CloudFormation',
};

/** `Lambda GetFunction`: from the schema, because a bundler may rename classes. */
function operationOf(service: ServiceName, command: Sendable): string {
  const name = command.schema?.[2];
  return `${shown[service]} ${typeof name === 'string' ? name : command.constructor.name.replace(/Command\d*$/, '')}`;
}

/**
 * Clients for one check. Each stands for a client that is loaded at its first `send`; after that it is that client
 * in every respect, so that paginators and waiters of the SDK take it.
 */
export function viewOf(pool: Pool, watch: Watch): Clients {
  return {
    lambda: stand(pool, 'lambda', watch),
    logs: stand(pool, 'logs', watch),
    iam: stand(pool, 'iam', watch),
    sts: stand(pool, 'sts', watch),
    s3: stand(pool, 's3', watch),
    sqs: stand(pool, 'sqs', watch),
    sns: stand(pool, 'sns', watch),
    dynamodb: stand(pool, 'dynamodb', watch),
    kinesis: stand(pool, 'kinesis', watch),
    events: stand(pool, 'events', watch),
    scheduler: stand(pool, 'scheduler', watch),
    cloudwatch: stand(pool, 'cloudwatch', watch),
    apigateway: stand(pool, 'apigateway', watch),
    cloudformation: stand(pool, 'cloudformation', watch),
  };
}

function stand<Name extends ServiceName>(pool: Pool, name: Name, watch: Watch): Clients[Name] {
  const send = (command: Sendable, options?: object) => {
    const sent = pool.load(name).then((client) => {
      // Every client has this method; their overloads have no common type.
      const all = client as { send(command: Sendable, options: object): Promise<unknown> };
      return all.send(command, { abortSignal: watch.signal, ...options });
    });
    return watch.during(operationOf(name, command), sent);
  };
  const absent = new Proxy(
    {},
    {
      get(_, property) {
        if (property === 'send') return send;
        // The pool's owner closes the connections, which other checks use too.
        if (property === 'destroy') return () => undefined;
        const client: object | undefined = pool.loaded(name);
        return client && (Reflect.get(client, property, client) as unknown);
      },
      has: (_, property) => property === 'send' || property in (pool.loaded(name) ?? {}),
      getPrototypeOf: () => Reflect.getPrototypeOf(pool.loaded(name) ?? {}),
    },
  );
  return absent as Clients[Name];
}
