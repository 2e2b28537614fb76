import { isUnknown } from '../../rest-api/gateway-answer.ts';
import { listed } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { ask } from './answer.ts';
import { apiOf } from './api.ts';
import type { LabCheck } from './context.ts';

const deployed: LabCheck = {
  id: 'deployed',
  title: (text) => text.deployed.title,
  points: 10,
  needs: ['api'],
  verifiedOn: ['embedded'],
  hints: (text) => text.deployed.hints,
  async run(context) {
    const { text } = context;
    const { methods } = apiOf(context);
    const made = Object.values(routes).filter((route) => methods.has(route));
    const answers = await Promise.all(
      made.map(async (route) => {
        const [method = '', path = ''] = route.split(' ');
        const first = await ask(context, path, { method });
        const known = await context.until('deployment', async () => {
          const answer = await ask(context, path, { method });
          return isUnknown(answer) ? undefined : answer;
        });
        return { route, answer: known ?? first };
      }),
    );
    const forgotten = answers.filter(({ answer }) => isUnknown(answer));
    if (forgotten.length > 0)
      context.fail({
        ...text.deployed.forgotten(
          listed(
            text,
            forgotten.map(({ route }) => route),
          ),
        ),
        evidence: forgotten.flatMap(({ answer }) => answer.evidence),
      });
  },
};

export const deployedChecks = { deployed };
