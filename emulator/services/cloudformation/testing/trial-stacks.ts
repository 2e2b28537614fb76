import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { startCloud, type RunningCloud } from '../../../start.ts';
import { identities } from '../../identities.ts';
import { services } from '../../registry.ts';
import { serviceWith } from '../service.ts';
import { types } from '../resources/types.ts';
import { THING, Things } from './things.ts';

export const account = '111111111111';

/** A running cloud with a client of CloudFormation, whose queues are no more than entries of a map. */
export class TrialStacks {
  readonly running: RunningCloud;
  readonly things: Things;
  readonly cfn: CloudFormationClient;

  private constructor(running: RunningCloud, things: Things) {
    this.running = running;
    this.things = things;
    this.cfn = new CloudFormationClient(this.settings());
  }

  /** @param home a folder that keeps the state; nothing is kept without one */
  static async start(home?: string, things = new Things()): Promise<TrialStacks> {
    const service = serviceWith((type) =>
      type === THING ? things.type : Object.hasOwn(types, type) ? types[type] : undefined,
    );
    const running = await startCloud({
      port: 0,
      home: home ?? 'unused',
      ephemeral: home === undefined,
      services: {
        identities: Object.values(identities),
        loaders: { ...services, cloudformation: () => Promise.resolve({ default: service as never }) },
      },
    });
    return new TrialStacks(running, things);
  }

  /** What a further client is made with. */
  settings() {
    return {
      endpoint: this.running.origin,
      region: 'us-east-1',
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
      maxAttempts: 1,
    };
  }

  async stack(StackName: string): Promise<Stack | undefined> {
    return (await this.cfn.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  }

  /** The stack once nothing is under way on it. */
  async settled(name: string): Promise<Stack> {
    for (;;) {
      const stack = await this.stack(name);
      if (stack !== undefined && stack.StackStatus?.endsWith('_IN_PROGRESS') === false) return stack;
      await new Promise(setImmediate);
    }
  }

  /** `logical id, status: reason` of every event, oldest first. */
  async events(StackName: string): Promise<string[]> {
    return (await this.rawEvents(StackName)).map(
      ({ LogicalResourceId: id, ResourceStatus: status, ResourceStatusReason: reason }) =>
        `${String(id)} ${String(status)}${reason === undefined ? '' : `: ${reason}`}`,
    );
  }

  async rawEvents(StackName: string): Promise<StackEvent[]> {
    const all: StackEvent[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.cfn.send(new DescribeStackEventsCommand({ StackName, NextToken }));
      all.push(...(page.StackEvents ?? []));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return all.reverse();
  }

  async stop(): Promise<void> {
    this.cfn.destroy();
    await this.running.stop();
  }
}

/** What the SDK throws where a call is refused, as `Name: message`. */
export async function refusal(sent: Promise<unknown>): Promise<string> {
  try {
    await sent;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'not refused';
}

/** A template of queues by their logical ids. */
export const queues = (
  resources: Readonly<Record<string, object>>,
  rest: Readonly<Record<string, unknown>> = {},
): string =>
  JSON.stringify({
    ...rest,
    Resources: Object.fromEntries(
      Object.entries(resources).map(([id, { ...own }]) => {
        const { needs, attributes, ...Properties } = own as { needs?: string; attributes?: object };
        return [
          id,
          { Type: THING, ...attributes, Properties, ...(needs !== undefined && { DependsOn: needs }) },
        ];
      }),
    ),
  });
