import { forgottenIn } from '../../rest-api/deployments.ts';
import { isUnknown } from '../../rest-api/gateway-answer.ts';
import { listed } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { ask } from './answer.ts';
import { apiOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';

const deployed: LabCheck = {
  id: 'deployed',
  title: (text) => text.deployed.title,
  points: 10,
  needs: ['api'],
  verifiedOn: ['embedded'],
  requires: ['deploymentSnapshots'],
  hints: (text) => text.deployed.hints,
  run: expectDeployed,
  async configuration(context) {
    const { text, clients } = context;
    const api = apiOf(context);
    const forgotten = await forgottenIn(clients.apigateway, api);
    const own = Object.values(routes).filter((route) => forgotten.includes(route));
    if (own.length > 0)
      context.fail({
        ...text.deployed.forgotten(listed(text, own)),
        evidence: [{ label: 'GetDeployment', value: api.deploymentId }],
      });
    await expectDeployed(context);
  },
};

/** Ends the check where the stage does not know a method that the API has. */
async function expectDeployed(context: Context): Promise<void> {
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
}

export const deployedChecks = { deployed };
