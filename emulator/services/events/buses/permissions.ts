import { ServiceFailure } from '../../../service/failure.ts';
import { decide } from '../../../policy/decide.ts';
import { MalformedPolicy, parsePolicy } from '../../../policy/parse.ts';
import type { EventBridgeOperations } from '../client.ts';
import { invalid, notFound } from '../failures.ts';
import { busArn, type BusPlace } from '../names.ts';
import type { BusRow } from '../rows.ts';
import type { EventStore } from '../store.ts';

/** A policy must be no longer than this. */
const LONGEST = 10_240;

interface Statement {
  readonly Sid?: string;
  readonly [element: string]: unknown;
}

/** Who may put events on a bus from other accounts. */
export function permissionOperations(store: EventStore) {
  const write = (place: BusPlace, row: BusRow, statements: readonly Statement[]): void => {
    const modified = store.cloud.clock.now();
    if (statements.length === 0) {
      const rest = Object.entries(row).filter(([member]) => member !== 'policy');
      store.setBus(place, { ...(Object.fromEntries(rest) as Omit<BusRow, 'policy'>), modified });
      return;
    }
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    if (policy.length > LONGEST)
      throw new ServiceFailure(
        'PolicyLengthExceededException',
        'The policy of the event bus is longer than 10,240 characters.',
      );
    store.setBus(place, { ...row, policy, modified });
  };

  return {
    PutPermission(input, call) {
      const { place, row } = store.named(call, input.EventBusName);
      if (input.Policy !== undefined) {
        readPolicy(input.Policy);
        const { Statement: given } = JSON.parse(input.Policy) as { Statement: Statement | Statement[] };
        write(place, row, Array.isArray(given) ? given : [given]);
        return {};
      }
      const { Action, Principal, StatementId, Condition } = input;
      if (Action === undefined || Principal === undefined || StatementId === undefined)
        throw invalid('Either Policy, or Action, Principal and StatementId must be specified.');
      if (Action !== 'events:PutEvents')
        throw invalid('Provided value in parameter Action is not supported.');
      if (Principal !== '*' && !/^\d{12}$/.test(Principal))
        throw invalid('Provided value in parameter Principal is not valid.');
      const statement: Statement = {
        Sid: StatementId,
        Effect: 'Allow',
        Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
        Action,
        Resource: busArn(place),
        ...(Condition === undefined
          ? {}
          : { Condition: { [Condition.Type ?? '']: { [Condition.Key ?? '']: Condition.Value ?? '' } } }),
      };
      write(place, row, [...statementsOf(row).filter(({ Sid }) => Sid !== StatementId), statement]);
      return {};
    },

    RemovePermission(input, call) {
      const { place, row } = store.named(call, input.EventBusName);
      if (input.RemoveAllPermissions === true) {
        write(place, row, []);
        return {};
      }
      const before = statementsOf(row);
      const after = before.filter(({ Sid }) => Sid !== input.StatementId);
      if (after.length === before.length)
        throw notFound(
          row.policy === undefined
            ? 'EventBus does not have a policy.'
            : 'Statement with the provided id does not exist.',
        );
      write(place, row, after);
      return {};
    },
  } satisfies EventBridgeOperations;
}

/** Whether a bus takes events of an account: its own always, others where the policy says so. */
export function takesFrom(place: BusPlace, row: BusRow, account: string): boolean {
  if (account === place.account) return true;
  if (row.policy === undefined) return false;
  const { decision } = decide([readPolicy(row.policy)], {
    requester: { kind: 'aws', account, arn: `arn:aws:iam::${account}:root` },
    action: 'events:PutEvents',
    resource: busArn(place),
    context: { 'aws:PrincipalAccount': account },
  });
  return decision === 'allow';
}

function statementsOf({ policy }: BusRow): readonly Statement[] {
  if (policy === undefined) return [];
  return (JSON.parse(policy) as { Statement: readonly Statement[] }).Statement;
}

function readPolicy(text: string) {
  try {
    return parsePolicy(text, 'resource');
  } catch (error) {
    if (error instanceof MalformedPolicy)
      throw invalid(`Parameter Policy is not valid. Reason: ${error.message}`);
    throw error;
  }
}
