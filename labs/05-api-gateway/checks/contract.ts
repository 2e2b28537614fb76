import type { Finding } from '../../../grader/api.ts';
import { members } from '../../wording/members.ts';
import { listed, shown } from '../../wording/wording.ts';
import { proxyEvent } from '../../rest-api/proxy-event.ts';
import { names, stage } from '../names.ts';
import type { Context, LabCheck } from './context.ts';
import { breachOf, type Breach } from './result.ts';

const contract: LabCheck = {
  id: 'contract',
  title: (text) => text.contract.title,
  points: 10,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.contract.hints,
  async run(context) {
    await keeps(context, helloEvent(context, context.nonce('name')));
    await keeps(context, helloEvent(context, undefined));
  },
};

/** Gives the function what API Gateway would give it, and looks at what it would get. */
async function keeps(context: Context, event: ReturnType<typeof helloEvent>): Promise<void> {
  const { text } = context;
  const invoked = await context.invoke(context.name(names.function), event);
  const { queryStringParameters } = event;
  const finding = {
    expected: '{ "statusCode": 200, "headers": { … }, "body": "…" }',
    actual: invoked.rawPayload,
    evidence: [
      { label: text.evidence.event, value: shown({ queryStringParameters, '…': '…' }) },
      ...(invoked.logTail === '' ? [] : [{ label: text.evidence.log, value: invoked.logTail }]),
    ],
  };
  if (invoked.functionError !== undefined) {
    const { errorType, errorMessage } = members(invoked.payload);
    const what = `${String(errorType)}: ${String(errorMessage)}`;
    context.fail({
      ...(queryStringParameters === null ? text.contract.threwOnNull(what) : text.contract.threw(what)),
      ...finding,
    });
  }
  const breach = breachOf(invoked.payload);
  if (breach !== undefined) context.fail({ ...sentence(context, breach), ...finding });
}

function sentence({ text }: Context, breach: Breach): Pick<Finding, 'why' | 'next'> {
  switch (breach.kind) {
    case 'unknown':
      return text.contract.unknown(listed(text, breach.names));
    case 'status':
      return text.contract.status(shown(breach.value));
    case 'lists':
      return text.contract.lists(breach.name);
    default:
      return text.contract[breach.kind];
  }
}

const helloEvent = (context: Context, name: string | undefined) =>
  proxyEvent(context, { route: 'GET /hello', stage, ...(name !== undefined && { query: { name } }) });

export const contractChecks = { contract };
