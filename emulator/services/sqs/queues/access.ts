import { decide } from '../../../policy/decide.ts';
import { parsePolicy } from '../../../policy/parse.ts';
import type { Policy, Requester } from '../../../policy/policy.ts';
import type { Call, Principal } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import { accessDenied, noSuchQueue } from '../failures.ts';
import type { LiveQueue } from '../live/live-queue.ts';
import type { Queues } from '../live/queues.ts';
import { placeOfUrl, queueArn } from '../names.ts';
import type { QueueCaller } from '../port.ts';

/** Policies by their text: the same few are asked again for every message. */
const parsed = new Map<string, Policy>();

function policyOf(text: string): Policy {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const policy = parsePolicy(text, 'resource');
  if (parsed.size >= 500) parsed.clear();
  parsed.set(text, policy);
  return policy;
}

function allows(
  queue: LiveQueue,
  requester: Requester,
  action: string,
  context: Readonly<Record<string, string>>,
): boolean {
  const text = queue.row.attributes['Policy'];
  if (text === undefined || text === '') return false;
  const resource = queueArn({ ...queue.scope, name: queue.row.name });
  return decide([policyOf(text)], { requester, action, resource, context }).decision === 'allow';
}

/** Whether a queue's policy lets a service do something for one of its resources. */
export function permitsService(queue: LiveQueue, caller: QueueCaller, action: string): boolean {
  return allows(queue, { kind: 'service', name: caller.service }, action, {
    'aws:SourceArn': caller.sourceArn,
    'aws:SourceAccount': caller.sourceAccount,
  });
}

/**
 * The queue that a request names. One of another account only where its policy lets the caller.
 * @throws ServiceFailure `QueueDoesNotExist`, `AccessDenied`, `InvalidAddress`
 */
export function queueNamed(queues: Queues, url: string | undefined, call: Call): LiveQueue {
  const place = placeOfUrl(required(url, 'QueueUrl'), call);
  const queue = queues.find(place);
  if (place.account === call.account) {
    if (queue === undefined) throw noSuchQueue();
    return queue;
  }
  const action = `sqs:${call.operation.replace(/Batch$/, '')}`;
  if (queue === undefined || !allows(queue, requesterOf(call.principal), action, {})) {
    const arn = queueArn(place);
    throw accessDenied(
      `User: ${call.principal.arn} is not authorized to perform: ${action.toLowerCase()} on resource: ${arn} because no resource-based policy allows the ${action.toLowerCase()} action`,
    );
  }
  return queue;
}

function requesterOf(principal: Principal): Requester {
  const { account, arn } = principal;
  if (principal.kind === 'root') return { kind: 'aws', account, arn };
  return { kind: 'aws', account, arn, roleArn: `arn:aws:iam::${account}:role/${principal.roleName}` };
}
