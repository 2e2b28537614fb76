import type { Method } from '@aws-sdk/client-api-gateway';
import { apisNamed, methodsOf, stageOf } from '../../rest-api/found-api.ts';
import { shown } from '../../wording/wording.ts';
import { names, stage } from '../names.ts';
import type { Context, LabCheck } from './context.ts';

/** The student's API as its configuration is now, deployed or not. */
export interface FoundApi {
  readonly id: string;
  /** Every method with its integration: `GET /books/{id}`. */
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
    const { apigateway } = context.clients;
    const name = context.name(names.api);
    const found = await apisNamed(apigateway, name);
    const [first] = found;
    if (first?.id === undefined) return context.fail({ ...text.api.missing(name), expected: name });
    if (found.length > 1)
      return context.fail({
        ...text.api.several(name, found.length),
        evidence: [
          { label: 'GetRestApis', value: shown(found.map(({ id, createdDate }) => ({ id, createdDate }))) },
        ],
      });
    const methods = await methodsOf(apigateway, first.id);
    if (methods.size === 0) return context.fail({ ...text.api.noMethod, expected: 'GET /books' });
    const deployed = await stageOf(apigateway, first.id, stage);
    if (deployed?.deploymentId === undefined)
      return context.fail({ ...text.api.noStage(stage), expected: stage });
    return { id: first.id, methods, stageVariables: deployed.variables ?? {} };
  },
};

export const apiChecks = { api };
