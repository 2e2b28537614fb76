import { invalidResource } from '../failures.ts';
import { type Obj, isNothing, isObj, ref, without } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { type Work, nameFor } from '../work.ts';
import { anyOf } from '../implicit.ts';

const SHARED = 'Serverless';
const PROPERTIES = ['CreateUsagePlan', 'Description', 'Quota', 'Tags', 'Throttle', 'UsagePlanName'];

/** `Auth.UsagePlan`: a plan and a key of the API's own, or a share in one for all of the template. */
export function usagePlan(work: Work, source: Source, stage: Made): Made[] {
  const auth = source.properties['Auth'];
  const plan = isObj(auth) ? auth['UsagePlan'] : undefined;
  if (isNothing(plan)) return [];
  if (!isObj(plan)) throw invalidResource(source.id, "'UsagePlan' must be a dictionary");
  if (Object.keys(plan).some((name) => !PROPERTIES.includes(name)))
    throw invalidResource(source.id, "Invalid property for 'UsagePlan'");
  const create = plan['CreateUsagePlan'];
  if (isNothing(create))
    throw invalidResource(source.id, "'CreateUsagePlan' is required field inside UsagePlan properties.");
  if (create === 'NONE') return [];
  const member = {
    stage: { ApiId: ref(source.id), Stage: ref(stage.id) },
    condition: source.passed['Condition'],
    passed: source.passed,
    apiId: source.id,
    stageId: stage.id,
  };
  if (create === 'PER_API')
    return planResources(
      work,
      source.id,
      [member],
      plan,
      isNothing(member.condition) ? {} : { Condition: member.condition },
    );
  if (create !== 'SHARED')
    throw invalidResource(source.id, "'CreateUsagePlan' accepts only NONE, PER_API and SHARED values");
  work.sharedPlan.apis.push(member);
  for (const [name, value] of Object.entries(plan))
    if (!isNothing(value)) work.sharedPlan.settings[name] = value;
  return [];
}

type Member = Work['sharedPlan']['apis'][number];

/** The plan that APIs share, once all of them are known. */
export function sharedUsagePlan(work: Work): Made[] {
  const { apis, settings } = work.sharedPlan;
  if (apis.length === 0) return [];
  const conditions = new Set(apis.map((one) => one.condition));
  const always = [...conditions].some(isNothing);
  const attributes: Obj = always
    ? {}
    : { Condition: anyOf(work.template, 'SharedUsagePlanCondition', [...conditions]) };
  for (const name of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
    const said = apis.map((one) => one.passed[name]).filter((one) => !isNothing(one));
    if (said.length > 0) attributes[name] = said.includes('Retain') ? 'Retain' : said[0];
  }
  return planResources(work, SHARED, apis, settings, attributes);
}

function planResources(
  work: Work,
  prefix: string,
  members: readonly Member[],
  settings: Obj,
  attributes: Obj,
): Made[] {
  const [plan, key] = [`${prefix}UsagePlan`, `${prefix}ApiKey`];
  const own = without(settings, 'CreateUsagePlan');
  for (const one of members) {
    nameFor(work, one.apiId, 'UsagePlan', plan);
    nameFor(work, one.apiId, 'ApiKey', key);
    nameFor(work, one.apiId, 'UsagePlanKey', `${prefix}UsagePlanKey`);
  }
  return [
    made(
      plan,
      'AWS::ApiGateway::UsagePlan',
      { ApiStages: members.map((one) => one.stage), ...own },
      { DependsOn: members.map((one) => one.apiId), ...attributes },
    ),
    made(
      key,
      'AWS::ApiGateway::ApiKey',
      {
        Enabled: true,
        StageKeys: members.map((one) => ({ RestApiId: ref(one.apiId), StageName: ref(one.stageId) })),
      },
      { DependsOn: [plan], ...attributes },
    ),
    made(
      `${prefix}UsagePlanKey`,
      'AWS::ApiGateway::UsagePlanKey',
      { KeyId: ref(key), KeyType: 'API_KEY', UsagePlanId: ref(plan) },
      { DependsOn: [key], ...attributes },
    ),
  ];
}
