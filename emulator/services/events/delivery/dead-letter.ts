import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { TrailId } from '../../../trail/trail.ts';
import type { QueueCaller } from '../../sqs/port.ts';

/** What goes to a dead-letter queue. */
export interface DeadLetter {
  readonly queueArn: string;
  readonly body: string;
  /** Shown as message attributes: `RULE_ARN`, `ERROR_CODE`, … */
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  /** Absent where a role has been asked already. */
  readonly caller?: QueueCaller;
}

/**
 * Sends a dead letter, and calls `done` together with it.
 * @returns what became of it, in a sentence
 */
export async function sendDeadLetter(
  cloud: Cloud,
  scope: Scope,
  letter: DeadLetter,
  done: () => void,
  cause?: TrailId,
): Promise<string> {
  const sqs = await cloud.port('sqs');
  const messageAttributes = Object.fromEntries(
    Object.entries(letter.attributes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        { dataType: typeof value === 'number' ? 'Number' : 'String', stringValue: String(value) },
      ]),
  );
  try {
    sqs.send(scope, letter.queueArn, { body: letter.body, messageAttributes }, cause, letter.caller);
    done();
    return `It went to ${letter.queueArn}.`;
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    return `${letter.queueArn} could not take it: ${error.code}: ${error.message}`;
  }
}
