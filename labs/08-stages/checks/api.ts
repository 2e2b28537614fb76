import type { Method, Stage } from '@aws-sdk/client-api-gateway';
import { apisWhere, methodsOf, stageOf } from '../../rest-api/found-api.ts';
import { shown } from '../../wording/wording.ts';
import { names, routes, stageNames, type StageName } from '../names.ts';
import type { Context, LabCheck } from './context.ts';

/** The student's API: its methods as they are being edited, and its stages. */
export interface FoundApi {
  readonly id: string;
  /** Every method with its integration: `GET /v1/quote`. */
  readonly methods: ReadonlyMap<string, Method>;
  readonly stages: Readonly<Record<StageName, DeployedStage>>;
}
export type DeployedStage = Stage & { readonly deploymentId: string };

/** What stands behind the name of an API that was made for a release: `-v2`. */
const ofRelease = /^[-_. ]*(v|version|release)?[-_. ]?\d+$/i;

/** What the check `api` has found. */
export const apiOf = (context: Context): FoundApi => context.from<FoundApi>('api');

const api: LabCheck = {
  id: 'api',
  title: (text) => text.api.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.api.hints,
  async run(context): Promise<FoundApi> {
    const { text, clients } = context;
    const name = context.name(names.api);
    const all = await apisWhere(
      clients.apigateway,
      (each) => each === name || (each.startsWith(name) && ofRelease.test(each.slice(name.length))),
    );
    const found = all.filter((each) => each.name === name);
    const other = all.find((each) => each.name !== name)?.name;
    const [first] = found;
    if (first?.id === undefined) return context.fail({ ...text.api.missing(name), expected: name });
    const facts = all.map(({ id, name: called, createdDate }) => ({ id, name: called, createdDate }));
    const evidence = [{ label: 'GetRestApis', value: shown(facts) }];
    if (found.length > 1) context.fail({ ...text.api.several(name, found.length), evidence });
    if (other !== undefined) context.fail({ ...text.api.release(other), expected: name, evidence });
    const methods = await methodsOf(clients.apigateway, first.id);
    if (!methods.has(routes.release))
      context.fail({
        ...text.api.noMethod(routes.release),
        expected: routes.release,
        actual: [...methods.keys()].join(', '),
      });
    const [dev, prod] = await Promise.all(
      stageNames.map((stage) => deployedStage(context, first.id ?? '', stage)),
    );
    if (dev === undefined || prod === undefined) throw new Error('a stage was found and is not there');
    return { id: first.id, methods, stages: { dev, prod } };
  },
};

async function deployedStage(context: Context, apiId: string, name: StageName): Promise<DeployedStage> {
  const found = await stageOf(context.clients.apigateway, apiId, name);
  if (found?.deploymentId === undefined)
    return context.fail({ ...context.text.api.noStage(name), expected: name });
  return { ...found, deploymentId: found.deploymentId };
}

export const apiChecks = { api };
