import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { IamPort } from '../../iam/port.ts';
import type { DeliveryRow } from '../rows.ts';
import type { BusEvent } from '../putting/event.ts';
import { targetKind, type TargetKind } from '../targets/kind.ts';
import { noPermissions, noResource, type AttemptFailed } from './attempt.ts';
import { sendDeadLetter } from './dead-letter.ts';
import type { Carrier, Exhausted } from './deliveries.ts';

const SERVICE = 'events.amazonaws.com';

/** Gives an event to another bus; answers false where there is none, or it does not take events of the account. */
export type Forward = (
  from: Scope,
  to: Scope & { readonly name: string },
  event: BusEvent,
  hops: number,
  cause?: TrailId,
) => 'taken' | 'no bus' | 'not permitted';

/** Carries events to the targets of rules. */
export class TargetCarrier implements Carrier<DeliveryRow> {
  readonly #cloud: Cloud;
  readonly #forward: Forward;

  constructor(cloud: Cloud, forward: Forward) {
    this.#cloud = cloud;
    this.#forward = forward;
  }

  async deliver(scope: Scope, row: DeliveryRow, done: () => void): Promise<void> {
    const target = targetKind(row.targetArn);
    if (target === undefined || target.kind === 'unbuilt') throw noResource(`${row.targetArn} is no target.`);
    const caller = { service: SERVICE, sourceArn: row.ruleArn, sourceAccount: scope.account };
    const cause = causeOf(row);
    if (row.role !== undefined) checkRole(await this.#cloud.port('iam'), scope, row.role, target, row);
    switch (target.kind) {
      case 'sqs': {
        const sqs = await this.#cloud.port('sqs');
        const message = { body: row.body, ...(row.groupId === undefined ? {} : { groupId: row.groupId }) };
        sqs.send(target.place, row.targetArn, message, cause, row.role === undefined ? caller : undefined);
        done();
        return;
      }
      case 'sns': {
        const sns = await this.#cloud.port('sns');
        const message = { message: row.body };
        sns.publish(target.place, row.targetArn, message, cause, row.role === undefined ? caller : undefined);
        done();
        return;
      }
      case 'lambda': {
        const lambda = await this.#cloud.port('lambda');
        if (!lambda.permits(target.place, target.name, caller, target.qualifier))
          throw noPermissions(
            `${row.targetArn} is not there, or no statement of its resource-based policy lets ${SERVICE} invoke it for ${row.ruleArn}.`,
          );
        await lambda.enqueue(target.place, {
          functionName: target.name,
          payload: Buffer.from(row.body),
          ...(target.qualifier === undefined ? {} : { qualifier: target.qualifier }),
          ...(cause === undefined ? {} : { cause }),
        });
        return;
      }
      case 'kinesis': {
        const kinesis = await this.#cloud.port('kinesis');
        const record = { data: Buffer.from(row.body), partitionKey: row.partitionKey ?? row.id };
        kinesis.put(target.place, row.targetArn, record, cause);
        done();
        return;
      }
      case 'logs': {
        const logs = await this.#cloud.port('logs');
        const event = { timestamp: this.#cloud.clock.now(), message: row.body };
        logs.write(target.place, target.group, randomUUID(), [event], cause);
        done();
        return;
      }
      case 'bus': {
        // The body of such a delivery is the event itself, as the rule had it.
        const event = JSON.parse(row.body) as BusEvent;
        const to = { ...target.place, name: target.name };
        const answer = this.#forward(scope, to, event, row.hops + 1, cause);
        if (answer === 'no bus') throw noResource(`${row.targetArn} is not there.`);
        if (answer === 'not permitted')
          throw noPermissions(
            `The policy of ${row.targetArn} does not let account ${scope.account} put events.`,
          );
        done();
      }
    }
  }

  async giveUp(
    scope: Scope,
    row: DeliveryRow,
    failed: AttemptFailed,
    exhausted: Exhausted,
    done: () => void,
  ): Promise<void> {
    const after = `${failed.code}: ${failed.message}`;
    if (row.deadLetters === undefined) {
      done();
      this.#tell(scope, row, 'dropped', `${after} The target has no dead-letter queue.`);
      return;
    }
    const letter = {
      queueArn: row.deadLetters,
      body: row.body,
      caller: { service: SERVICE, sourceArn: row.ruleArn, sourceAccount: scope.account },
      attributes: {
        RULE_ARN: row.ruleArn,
        TARGET_ARN: row.targetArn,
        ERROR_CODE: failed.code,
        ERROR_MESSAGE: failed.message,
        EXHAUSTED_RETRY_CONDITION: exhausted,
        RETRY_ATTEMPTS: exhausted === undefined ? undefined : row.failures - 1,
      },
    };
    const became = await sendDeadLetter(this.#cloud, scope, letter, done, causeOf(row));
    this.#tell(scope, row, 'dead-lettered', `${after} ${became}`);
  }

  retried(scope: Scope, row: DeliveryRow, failed: AttemptFailed): void {
    this.#tell(scope, row, 'retried', `${failed.code}: ${failed.message}`);
  }

  #tell(scope: Scope, row: DeliveryRow, outcome: string, why: string): void {
    const facts = { by: row.ruleArn, outcome, why: `Event for ${row.targetArn}: ${why}` };
    this.#cloud.trail.record(scope, 'decision', facts, causeOf(row));
  }
}

const ACTIONS: Readonly<Record<TargetKind['kind'], string>> = {
  lambda: 'lambda:InvokeFunction',
  sqs: 'sqs:SendMessage',
  sns: 'sns:Publish',
  kinesis: 'kinesis:PutRecord',
  bus: 'events:PutEvents',
  logs: 'logs:PutLogEvents',
};

/** A target's role must let EventBridge take it, and must allow what is done. @throws AttemptFailed */
function checkRole(iam: IamPort, scope: Scope, roleArn: string, target: TargetKind, row: DeliveryRow): void {
  const role = iam.role(scope.account, roleArn);
  const conditions = { 'aws:SourceArn': row.ruleArn, 'aws:SourceAccount': scope.account };
  if (role === undefined || !iam.mayAssume(scope.account, role.name, SERVICE, conditions))
    throw noPermissions(
      `The role ${roleArn} is not there, or its trust policy does not let ${SERVICE} assume it.`,
    );
  const action = ACTIONS[target.kind];
  if (!iam.roleAllows(scope.account, role.name, action, row.targetArn))
    throw noPermissions(`No policy of the role ${roleArn} allows ${action} on ${row.targetArn}.`);
}

/* Of an earlier run of the cloud the trail knows nothing, and minds no id of it. */
function causeOf({ cause }: DeliveryRow): TrailId | undefined {
  return cause as TrailId | undefined;
}
