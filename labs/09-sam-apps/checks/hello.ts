import { expectStatus, whenSettled } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { addressIn } from '../found/address.ts';
import { deployedStack, type FoundStack } from '../found/stack.ts';
import type { LabCheck } from './context.ts';

const stack: LabCheck = {
  id: 'hello-stack',
  title: (text) => text.hello.stackTitle,
  points: 5,
  verifiedOn: ['embedded'],
  requires: ['samTransform'],
  hints: (text) => text.hello.stackHints,
  run: (context) => deployedStack(context, 'hello'),
};

const hello: LabCheck = {
  id: 'hello',
  title: (text) => text.hello.title,
  points: 5,
  needs: ['hello-stack'],
  verifiedOn: ['embedded'],
  hints: (text) => text.hello.hints,
  async run(context) {
    const found = context.from<FoundStack>('hello-stack');
    const name = context.nonce('name');
    const url = `${addressIn(context, found, 'HelloUrl')}?name=${name}`;
    const answer = await whenSettled(context, () => context.http(url));
    expectStatus(context, 'GET /hello', answer, 200);
    const { message } = members(answer.json);
    const { evidence } = answer;
    if (typeof message !== 'string' || !message.includes(name))
      return context.fail({ ...context.text.hello.constant, expected: name, actual: answer.text, evidence });
    const { Greeting: greeting } = found.parameters;
    if (greeting !== undefined && !message.includes(greeting))
      context.fail({ ...context.text.hello.parameter, expected: greeting, actual: message, evidence });
  },
};

export const helloChecks = { stack, hello };
