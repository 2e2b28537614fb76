import type { Method } from '@aws-sdk/client-api-gateway';
import type { CheckContext } from '../../grader/api.ts';
import { shown } from '../wording/wording.ts';
import { apisNamed, methodsOf, stageOf } from './found-api.ts';
import type { OnlyApi } from './text/only-api.en.ts';

/** A REST API as its configuration is now, deployed or not. */
export interface FoundApi {
  readonly id: string;
  /** Every method with its integration: `GET /hello`. */
  readonly methods: ReadonlyMap<string, Method>;
  /** What the stage shows. */
  readonly deploymentId: string;
  /** Of the stage. */
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** Finds the one REST API of a name, with a stage that shows a deployment, or ends the check as failed. */
export async function onlyApi(
  context: CheckContext<{ readonly api: OnlyApi }>,
  name: string,
  stage: string,
): Promise<FoundApi> {
  const { text } = context;
  const { apigateway } = context.clients;
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
  const deployed = await stageOf(apigateway, first.id, stage);
  if (deployed?.deploymentId === undefined)
    return context.fail({ ...text.api.noStage(stage), expected: stage });
  const { deploymentId, variables: stageVariables = {} } = deployed;
  return { id: first.id, methods, deploymentId, stageVariables };
}
