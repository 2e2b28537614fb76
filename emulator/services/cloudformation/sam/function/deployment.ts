import { invalidResource } from '../failures.ts';
import {
  type Obj,
  getAtt,
  isIntrinsic,
  isList,
  isNoValue,
  isNothing,
  isObj,
  obj,
  ref,
  said,
  sub,
  truthy,
} from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { type Preference, type Work, known, addCondition } from '../work.ts';
import { passedTags } from '../tags.ts';
import { managedArn, trusting } from '../policies/role.ts';

const ROLE = 'CodeDeployServiceRole';
const APPLICATION = 'ServerlessDeploymentApplication';
const CONDITION = 'ServerlessCodeDeployCondition';

/** Reads `DeploymentPreference` and has the alias updated by CodeDeploy. */
export function preferDeployment(work: Work, source: Source, alias: Made | undefined): void {
  const settings = source.properties['DeploymentPreference'];
  if (isNothing(settings)) return;
  if (!isObj(settings)) throw invalidResource(source.id, "'DeploymentPreference' must be a map.");
  const enabled = known(work, settings['Enabled'] ?? true);
  const off = enabled === false || (typeof enabled === 'string' && /^(false|no|off)$/i.test(enabled));
  const preference: Preference = {
    id: source.id,
    enabled: !off,
    settings,
    tags: truthy(source.properties['PropagateTags']) ? obj(source.properties['Tags']) : {},
    condition: passedCondition(work, source, settings) ? source.passed['Condition'] : undefined,
  };
  if (isIntrinsic(enabled)) throw invalidResource(source.id, "'Enabled' must be a boolean value");
  if (preference.enabled && alias === undefined)
    throw invalidResource(
      source.id,
      "'DeploymentPreference' requires AutoPublishAlias property to be specified.",
    );
  work.preferences.set(source.id, preference);
  if (preference.enabled && alias) {
    checkType(source, settings);
    alias.attributes['UpdatePolicy'] = updatePolicy(source, settings);
  }
}

function passedCondition(work: Work, source: Source, settings: Obj): boolean {
  const written = settings['PassthroughCondition'];
  const value = known(work, written ?? false);
  if (isIntrinsic(value))
    throw invalidResource(
      source.id,
      'Unsupported intrinsic: the only intrinsic functions supported for property PassthroughCondition are FindInMap and parameter Refs.',
    );
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|yes|on)$/i.test(value)) return true;
  if (typeof value === 'string' && /^(false|no|off)$/i.test(value)) return false;
  throw invalidResource(source.id, 'Invalid value for property PassthroughCondition.');
}

function checkType(source: Source, settings: Obj): void {
  if (isNothing(settings['Type']))
    throw invalidResource(source.id, "'DeploymentPreference' requires property 'Type' to be specified");
  const alarms = settings['Alarms'];
  if (!isNothing(alarms) && !isList(alarms) && !(isObj(alarms) && 'Fn::If' in alarms) && !isNoValue(alarms))
    throw invalidResource(source.id, 'Alarms must be a list');
}

const updatePolicy = (source: Source, settings: Obj): Obj => {
  const hooks = isObj(settings['Hooks']) ? settings['Hooks'] : {};
  return {
    CodeDeployLambdaAliasUpdate: said({
      ApplicationName: ref(APPLICATION),
      DeploymentGroupName: ref(`${source.id}DeploymentGroup`),
      BeforeAllowTrafficHook: hooks['PreTraffic'],
      AfterAllowTrafficHook: hooks['PostTraffic'],
    }),
  };
};

/** The application, the role and the groups of all deployment preferences together. */
export function deployments(work: Work): Made[] {
  const enabled = [...work.preferences.values()].filter((one) => one.enabled);
  if (enabled.length === 0) return [];
  const passed = tagged(enabled.reduce<Obj>((all, one) => ({ ...all, ...one.tags }), {}));
  const application = made(APPLICATION, 'AWS::CodeDeploy::Application', {
    ComputePlatform: 'Lambda',
    Tags: passed,
  });
  conditionFor(work, application, enabled);
  const roleless = enabled.filter((one) => isNothing(one.settings['Role']));
  const resources = [application];
  if (roleless.length > 0) {
    const role = made(ROLE, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trusting('codedeploy.amazonaws.com'),
      ManagedPolicyArns: [managedArn(work, 'service-role/AWSCodeDeployRoleForLambda')],
      Tags: passed,
    });
    conditionFor(work, role, roleless);
    resources.push(role);
  }
  return [...resources, ...enabled.map((one) => group(one))];
}

/** A shared resource is there where one that needs it is. */
function conditionFor(work: Work, resource: Made, needed: readonly Preference[]): void {
  const conditions = [...new Set(needed.map((one) => one.condition))];
  if (conditions.some(isNothing)) return;
  if (conditions.length === 1) resource.attributes['Condition'] = conditions[0];
  else {
    resource.attributes['Condition'] = CONDITION;
    addCondition(work, CONDITION, { 'Fn::Or': conditions.map((one) => ({ Condition: one })) });
  }
}

function group(preference: Preference): Made {
  const { settings, id } = preference;
  return made(
    `${id}DeploymentGroup`,
    'AWS::CodeDeploy::DeploymentGroup',
    {
      AlarmConfiguration: truthy(settings['Alarms']) ? alarmsOf(settings['Alarms']) : undefined,
      ApplicationName: ref(APPLICATION),
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      DeploymentConfigName: configName(settings['Type']),
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      ServiceRoleArn: settings['Role'] ?? getAtt(ROLE, 'Arn'),
      Tags: tagged(preference.tags),
      TriggerConfigurations: settings['TriggerConfigurations'],
    },
    isNothing(preference.condition) ? {} : { Condition: preference.condition },
  );
}

const tagged = (tags: Obj): unknown[] | undefined => {
  const list = passedTags(undefined, tags);
  return list.length > 0 ? list : undefined;
};

const alarm = (one: unknown): unknown => ({ Name: one });

function alarmsOf(alarms: unknown): Obj {
  if (isObj(alarms) && isList(alarms['Fn::If'])) {
    const [condition, then, otherwise] = alarms['Fn::If'];
    const branch = (one: unknown): unknown => (isList(one) ? alarmsOf(one) : one);
    return { 'Fn::If': [condition, branch(then), branch(otherwise)] };
  }
  const list = isList(alarms) ? alarms.filter((one) => !isNoValue(one)) : [];
  return list.length > 0 ? { Enabled: true, Alarms: list.map(alarm) } : { Enabled: false, Alarms: [] };
}

const WORDS = [
  'Canary10Percent30Minutes',
  'Canary10Percent5Minutes',
  'Canary10Percent10Minutes',
  'Canary10Percent15Minutes',
  'AllAtOnce',
  'Linear10PercentEvery10Minutes',
  'Linear10PercentEvery1Minute',
  'Linear10PercentEvery2Minutes',
  'Linear10PercentEvery3Minutes',
];

function configName(type: unknown): unknown {
  if (isObj(type) && isList(type['Fn::If'])) {
    const [condition, then, otherwise] = type['Fn::If'];
    return { 'Fn::If': [condition, configName(then), configName(otherwise)] };
  }
  return WORDS.includes(String(type))
    ? sub('CodeDeployDefault.Lambda${ConfigName}', { ConfigName: type })
    : type;
}
