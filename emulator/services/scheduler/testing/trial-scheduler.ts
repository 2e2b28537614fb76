import {
  CreateScheduleCommand,
  SchedulerClient,
  type CreateScheduleCommandInput,
  type Target,
} from '@aws-sdk/client-scheduler';
import { TrialEvents, queueArn } from '../../events/testing/trial-events.ts';

/** A running cloud with clients of the scheduler and its neighbours, for tests. */
export class TrialScheduler {
  readonly near: TrialEvents;
  readonly scheduler: SchedulerClient;

  private constructor(near: TrialEvents) {
    this.near = near;
    this.scheduler = new SchedulerClient(near.settings());
  }

  /** @param home a folder that keeps the state; nothing is kept without one */
  static async start(home?: string): Promise<TrialScheduler> {
    return new TrialScheduler(await TrialEvents.start(home));
  }

  /** A role that the scheduler may assume. */
  async role(name: string, action: string): Promise<string> {
    return this.near.role(name, 'scheduler.amazonaws.com', action);
  }

  /** Makes a schedule. @param RoleArn of its target, which is the queue of its name where none is given */
  async schedule(
    Name: string,
    RoleArn: string,
    ScheduleExpression: string,
    more: Partial<Omit<CreateScheduleCommandInput, 'Target'>> & { Target?: Partial<Target> } = {},
  ): Promise<string> {
    const { ScheduleArn = '' } = await this.scheduler.send(
      new CreateScheduleCommand({
        Name,
        ScheduleExpression,
        FlexibleTimeWindow: { Mode: 'OFF' },
        ...more,
        Target: { Arn: queueArn(Name), RoleArn, ...more.Target },
      }),
    );
    return ScheduleArn;
  }

  async stop(): Promise<void> {
    this.scheduler.destroy();
    await this.near.stop();
  }
}
