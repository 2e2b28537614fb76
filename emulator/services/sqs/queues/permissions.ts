import type { Operations } from '../../../service/operations.ts';
import { required } from '../../../service/required.ts';
import type { Sqs } from '../client.ts';
import { invalidValue } from '../failures.ts';
import type { LiveQueue } from '../live/live-queue.ts';
import type { Queues } from '../live/queues.ts';
import { queueNamed } from './access.ts';

/* https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html */
const shareable = [
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
];

interface Document {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** Statements of a queue's policy, by label. */
export function permissionOperations(queues: Queues) {
  const documentOf = (queue: LiveQueue): Document => {
    const text = queue.row.attributes['Policy'];
    if (text === undefined || text === '') {
      // Recorded: the older version of the policy language.
      return { Version: '2008-10-17', Id: `${queues.arnOf(queue)}/SQSDefaultPolicy`, Statement: [] };
    }
    const document = JSON.parse(text) as Omit<Document, 'Statement'> & { Statement: unknown };
    const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
    return { ...document, Statement: statements as Document['Statement'] };
  };
  const keep = (queue: LiveQueue, document: Document): void => {
    const Policy = document.Statement.length === 0 ? '' : JSON.stringify(document);
    queues.amend(queue, { attributes: { ...queue.row.attributes, Policy } });
  };
  return {
    AddPermission(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const label = required(input.Label, 'Label');
      if (!/^[A-Za-z0-9_-]{1,80}$/.test(label)) {
        throw invalidValue(
          label,
          'Label',
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
        );
      }
      const actions = required(input.Actions, 'Actions');
      for (const action of actions) {
        if (!shareable.includes(action)) {
          throw invalidValue(
            `SQS:${action}`,
            'ActionName',
            `Only the queue owner is allowed to invoke this action.`,
          );
        }
      }
      const accounts = required(input.AWSAccountIds, 'AWSAccountIds');
      for (const account of accounts) {
        if (!/^\d{12}$/.test(account)) throw invalidValue(account, 'PrincipalId', 'Unable to verify.');
      }
      const document = documentOf(queue);
      if (document.Statement.some(({ Sid }) => Sid === label)) {
        throw invalidValue(label, 'Label', 'Already exists.');
      }
      const statement = {
        Sid: label,
        Effect: 'Allow',
        Principal: { AWS: oneOrAll(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
        Action: oneOrAll(actions.map((action) => `SQS:${action}`)),
        Resource: queues.arnOf(queue),
      };
      keep(queue, { ...document, Statement: [...document.Statement, statement] });
      return {};
    },
    RemovePermission(input, call) {
      const queue = queueNamed(queues, input.QueueUrl, call);
      const label = required(input.Label, 'Label');
      const document = documentOf(queue);
      const rest = document.Statement.filter(({ Sid }) => Sid !== label);
      if (rest.length === document.Statement.length) {
        throw invalidValue(label, 'Label', "can't find label.");
      }
      keep(queue, { ...document, Statement: rest });
      return {};
    },
  } satisfies Operations<Sqs>;
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] ?? '') : values;
}
