import { GetFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import type { Invoked } from '../../../grader/api.ts';
import { names } from '../names.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { callEvidence } from '../../function-call/call.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

const kill: LabCheck = {
  id: 'kill',
  title: (text) => text.kill.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.kill.hints,
  async run(context) {
    const { text } = context;
    const name = context.name(names.kill);
    const reserved = await reservedOf(context, name);
    const evidence = [{ label: 'GetFunctionConcurrency', value: shown(reserved) }];
    if (reserved.is === 'no function') return context.fail({ ...text.kill.missing(name), expected: name });
    if (reserved.concurrency === undefined)
      return context.fail({ ...text.kill.unreserved, expected: '0', evidence });
    if (reserved.concurrency !== 0) {
      const actual = String(reserved.concurrency);
      return context.fail({ ...text.kill.some(reserved.concurrency), expected: '0', actual, evidence });
    }
    const event = { visitor: context.nonce('visitor') };
    // What is set a moment ago takes a moment to be so everywhere.
    let answered: Invoked | undefined;
    const refused = await context.until('deployment', async () => {
      try {
        answered = await context.invoke(name, event);
        return undefined;
      } catch (error) {
        if (isNamed(error, 'TooManyRequestsException')) return error;
        throw error;
      }
    });
    if (refused === undefined)
      return context.fail({
        ...text.kill.answered,
        expected: '429 TooManyRequestsException',
        evidence: answered === undefined ? evidence : callEvidence(context, event, answered),
      });
    const { Reason, message } = refused as Error & { readonly Reason?: string };
    context.note({
      label: 'Invoke',
      value: `429 TooManyRequestsException: ${message}\nReason: ${Reason ?? '–'}`,
    });
    return undefined;
  },
};

type Reserved =
  { readonly is: 'no function' } | { readonly is: 'function'; readonly concurrency: number | undefined };

async function reservedOf({ clients }: Context, name: string): Promise<Reserved> {
  try {
    const { ReservedConcurrentExecutions } = await clients.lambda.send(
      new GetFunctionConcurrencyCommand({ FunctionName: name }),
    );
    return { is: 'function', concurrency: ReservedConcurrentExecutions };
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { is: 'no function' };
    throw error;
  }
}

export const killChecks = { kill };
