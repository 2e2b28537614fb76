import { downloadPackage } from '../../deployed-package/deployed-package.ts';
import { names, stage } from '../names.ts';
import { apiOf } from './api.ts';
import { authorizerOf } from './authorizer.ts';
import type { Context, LabCheck } from './context.ts';
import { planOf } from './plan.ts';
import { sourcesIn, type Source } from './sources.ts';

const secrets: LabCheck = {
  id: 'secrets',
  title: (text) => text.secrets.title,
  points: 5,
  needs: ['plan', 'authorizer'],
  verifiedOn: ['embedded'],
  hints: (text) => text.secrets.hints,
  async run(context) {
    const { text } = context;
    const kept = { secret: authorizerOf(context).secret, key: planOf(context).key };
    const variables = Object.entries(apiOf(context).stageVariables);
    for (const [variable, value] of variables)
      for (const kind of ['secret', 'key'] as const)
        if (value.includes(kept[kind]))
          context.fail({
            ...text.secrets.stageVariable(kind, variable),
            evidence: [{ label: 'GetStage', value: `${stage}: ${variable} = ${covered(value, kept[kind])}` }],
          });
    const sources = [
      ...(await sourcesIn(context.submission)),
      ...(await packageOf(context, names.function)),
      ...(await packageOf(context, names.authorizer)),
    ];
    for (const { place, text: source } of sources)
      for (const kind of ['secret', 'key'] as const) {
        const at = source.split('\n').find((each) => each.includes(kept[kind]));
        if (at === undefined) continue;
        const value = covered(at.trim(), kept[kind]).slice(0, 200);
        context.fail({ ...text.secrets.source(kind, place), evidence: [{ label: place, value }] });
      }
  },
};

async function packageOf(context: Context, resource: string): Promise<Source[]> {
  const name = context.name(resource);
  const { files } = await downloadPackage(context.clients.lambda, name);
  return [...files].map(([path, bytes]) => ({
    place: `${name}: ${path}`,
    text: Buffer.from(bytes).toString('utf8'),
  }));
}

/** The finding is read by others, too. */
const covered = (text: string, secret: string): string => text.replaceAll(secret, '********');

export const secretChecks = { secrets };
