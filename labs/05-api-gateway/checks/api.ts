import {
  GetStageCommand,
  NotFoundException,
  paginateGetResources,
  paginateGetRestApis,
  type Method,
  type RestApi,
  type Stage,
} from '@aws-sdk/client-api-gateway';
import { names, routes, stage } from '../names.ts';
import { listed, shown, type Context, type LabCheck } from './context.ts';

/** The student's API as its configuration is now, deployed or not. */
export interface FoundApi {
  readonly id: string;
  /** Every method with its integration: `GET /hello`. */
  readonly methods: ReadonlyMap<string, Method>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** What the check `api` has found. */
export const apiOf = (context: Context): FoundApi => context.from<FoundApi>('api');

const api: LabCheck = {
  id: 'api',
  title: (text) => text.api.title,
  points: 5,
  verifiedOn: ['embedded'],
  hints: (text) => text.api.hints,
  async run(context): Promise<FoundApi> {
    const { text } = context;
    const name = context.name(names.api);
    const found = await apisNamed(context, name);
    const [first] = found;
    if (first?.id === undefined) return context.fail({ ...text.api.missing(name), expected: name });
    if (found.length > 1)
      return context.fail({
        ...text.api.several(name, found.length),
        evidence: [
          { label: 'GetRestApis', value: shown(found.map(({ id, createdDate }) => ({ id, createdDate }))) },
        ],
      });
    const methods = await methodsOf(context, first.id);
    if (!methods.has(routes.hello))
      return context.fail({
        ...text.api.noMethod(routes.hello),
        expected: routes.hello,
        actual: methods.size === 0 ? '' : listed(text, [...methods.keys()]),
      });
    const deployed = await stageOf(context, first.id);
    if (deployed?.deploymentId === undefined)
      return context.fail({ ...text.api.noStage(stage), expected: stage });
    return { id: first.id, methods, stageVariables: deployed.variables ?? {} };
  },
};

async function apisNamed({ clients }: Context, name: string): Promise<RestApi[]> {
  const found: RestApi[] = [];
  for await (const { items = [] } of paginateGetRestApis({ client: clients.apigateway, pageSize: 500 }, {}))
    found.push(...items.filter((each) => each.name === name));
  return found;
}

async function methodsOf({ clients }: Context, restApiId: string): Promise<Map<string, Method>> {
  const methods = new Map<string, Method>();
  const pages = paginateGetResources(
    { client: clients.apigateway, pageSize: 500 },
    { restApiId, embed: ['methods'] },
  );
  for await (const { items = [] } of pages)
    for (const { path = '', resourceMethods = {} } of items)
      for (const [verb, method] of Object.entries(resourceMethods)) methods.set(`${verb} ${path}`, method);
  return methods;
}

async function stageOf({ clients }: Context, restApiId: string): Promise<Stage | undefined> {
  try {
    return await clients.apigateway.send(new GetStageCommand({ restApiId, stageName: stage }));
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

export const apiChecks = { api };
