import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { TrailId } from '../../../trail/trail.ts';
import { attemptFailed, AttemptFailed } from '../../events/delivery/attempt.ts';
import { sendDeadLetter } from '../../events/delivery/dead-letter.ts';
import type { Carrier, Exhausted } from '../../events/delivery/deliveries.ts';
import { isoSeconds } from '../../events/putting/event.ts';
import { targetKind, type TargetKind } from '../../events/targets/kind.ts';
import type { IamPort } from '../../iam/port.ts';
import { groupArn, type InvocationRow } from '../rows.ts';
import { inputFor } from './input.ts';

const SERVICE = 'scheduler.amazonaws.com';

const ACTIONS: Readonly<Record<TargetKind['kind'], string>> = {
  lambda: 'lambda:InvokeFunction',
  sqs: 'sqs:SendMessage',
  sns: 'sns:Publish',
  kinesis: 'kinesis:PutRecord',
  bus: 'events:PutEvents',
  logs: 'logs:PutLogEvents',
};

/** Carries the invocations of schedules to their targets, as their role. */
export class InvocationCarrier implements Carrier<InvocationRow> {
  readonly #cloud: Cloud;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  async deliver(scope: Scope, row: InvocationRow, done: () => void): Promise<void> {
    try {
      await this.#deliver(scope, row, done);
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      // Dead letters of schedules have the code that the target's own API gave.
      throw new AttemptFailed(error.code, error.message, attemptFailed(error).retry);
    }
  }

  async giveUp(
    scope: Scope,
    row: InvocationRow,
    failed: AttemptFailed,
    exhausted: Exhausted,
    done: () => void,
  ): Promise<void> {
    const after = `${failed.code}: ${failed.message}`;
    const { deadLetters, role } = row.target;
    if (deadLetters === undefined) {
      done();
      this.#tell(scope, row, 'dropped', `${after} The target has no dead-letter queue.`);
      return;
    }
    const iam = await this.#cloud.port('iam');
    const denied = refusal(iam, scope, row, role, 'sqs:SendMessage', deadLetters);
    if (denied !== undefined) {
      done();
      this.#tell(scope, row, 'dropped', `${after} Nor could it go to ${deadLetters}: ${denied}`);
      return;
    }
    const letter = {
      queueArn: deadLetters,
      body: inputFor(scope, row),
      attributes: {
        ERROR_CODE: failed.code,
        ERROR_MESSAGE: failed.message,
        EXECUTION_ID: row.id,
        EXHAUSTED_RETRY_CONDITION: exhausted,
        IS_PAYLOAD_TRUNCATED: 'false',
        RETRY_ATTEMPTS: row.failures - 1,
        SCHEDULED_TIME: isoSeconds(row.scheduledAt),
        SCHEDULE_ARN: row.scheduleArn,
        TARGET_ARN: row.target.arn,
      },
    };
    const became = await sendDeadLetter(this.#cloud, scope, letter, done, causeOf(row));
    this.#tell(scope, row, 'dead-lettered', `${after} ${became}`);
  }

  retried(scope: Scope, row: InvocationRow, failed: AttemptFailed): void {
    this.#tell(scope, row, 'retried', `${failed.code}: ${failed.message}`);
  }

  async #deliver(scope: Scope, row: InvocationRow, done: () => void): Promise<void> {
    const { arn, role } = row.target;
    const target = targetKind(arn);
    if (target === undefined || target.kind === 'unbuilt')
      throw new ServiceFailure('ResourceNotFoundException', `${arn} is no target.`);
    const denied = refusal(await this.#cloud.port('iam'), scope, row, role, ACTIONS[target.kind], arn);
    if (denied !== undefined) throw new ServiceFailure('AccessDeniedException', denied);
    const body = inputFor(scope, row);
    const cause = causeOf(row);
    switch (target.kind) {
      case 'sqs': {
        const sqs = await this.#cloud.port('sqs');
        const { groupId } = row.target;
        sqs.send(target.place, arn, { body, ...(groupId === undefined ? {} : { groupId }) }, cause);
        done();
        return;
      }
      case 'sns': {
        const sns = await this.#cloud.port('sns');
        sns.publish(target.place, arn, { message: body }, cause);
        done();
        return;
      }
      case 'lambda': {
        const lambda = await this.#cloud.port('lambda');
        await lambda.enqueue(target.place, {
          functionName: target.name,
          payload: Buffer.from(body),
          ...(target.qualifier === undefined ? {} : { qualifier: target.qualifier }),
          ...(cause === undefined ? {} : { cause }),
        });
        return;
      }
      case 'kinesis': {
        const kinesis = await this.#cloud.port('kinesis');
        const partitionKey = row.target.partitionKey ?? row.id;
        kinesis.put(target.place, arn, { data: Buffer.from(body), partitionKey }, cause);
        done();
        return;
      }
      case 'bus': {
        const events = await this.#cloud.port('events');
        const { detailType = '', source = '' } = row.target.event ?? {};
        events.put(target.place, arn, [{ source, detailType, detail: body }], cause);
        done();
        return;
      }
      case 'logs':
        throw new ServiceFailure('ValidationException', `${arn} is no templated target.`);
    }
  }

  #tell(scope: Scope, row: InvocationRow, outcome: string, why: string): void {
    const facts = { by: row.scheduleArn, outcome, why: `Invocation ${row.id} of ${row.target.arn}: ${why}` };
    this.#cloud.trail.record(scope, 'decision', facts, causeOf(row));
  }
}

/** Why a schedule's role may not; undefined where it may. */
function refusal(
  iam: IamPort,
  scope: Scope,
  row: InvocationRow,
  roleArn: string,
  action: string,
  resource: string,
): string | undefined {
  const role = iam.role(scope.account, roleArn);
  const conditions = { 'aws:SourceArn': groupArn(scope, row.group), 'aws:SourceAccount': scope.account };
  if (role === undefined || !iam.mayAssume(scope.account, role.name, SERVICE, conditions))
    return `The execution role ${roleArn} does not allow AWS EventBridge Scheduler to assume it.`;
  if (iam.roleAllows(scope.account, role.name, action, resource)) return undefined;
  const caller = `arn:aws:sts::${scope.account}:assumed-role/${role.name}/${row.id.replaceAll('-', '')}`;
  return `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}

/* Of an earlier run of the cloud the trail knows nothing, and minds no id of it. */
function causeOf({ cause }: InvocationRow): TrailId | undefined {
  return cause as TrailId | undefined;
}
