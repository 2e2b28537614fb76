import { invalidResource } from '../failures.ts';
import {
  type Obj,
  getAtt,
  isIntrinsic,
  isList,
  isNothing,
  isObj,
  isText,
  ref,
  said,
  truthy,
} from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { roleFor } from '../policies/role.ts';
import { bucketAndKey } from '../s3-location.ts';
import { markOf, propagateTags, tagList } from '../tags.ts';
import type { Work } from '../work.ts';
import { known } from '../work.ts';
import { machineEvents } from './events.ts';

const CREATED_BY = 'stateMachine:createdBy';

/** AWS::Serverless::StateMachine. */
export function stateMachine(work: Work, source: Source): Made[] {
  const given = source.properties;
  if (!isNothing(given['Definition']) && !isNothing(given['DefinitionUri']))
    throw invalidResource(source.id, "Specify either 'Definition' or 'DefinitionUri' property and not both.");
  if (!isNothing(given['Role']) && !isNothing(given['Policies']))
    throw invalidResource(
      source.id,
      "Specify either 'Role' or 'Policies' (or neither) but not both. See https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html",
    );
  const machine = made(
    source.id,
    'AWS::StepFunctions::StateMachine',
    {
      StateMachineName: given['Name'],
      StateMachineType: given['Type'],
      LoggingConfiguration: given['Logging'],
      TracingConfiguration: given['Tracing'],
      EncryptionConfiguration: given['EncryptionConfiguration'],
      RoleArn: given['Role'],
      Tags: tagList(source, markOf(source, CREATED_BY)),
      ...definitionOf(source),
    },
    { ...source.attributes },
  );
  const resources = [machine];
  if (isNothing(given['Role'])) {
    const role = roleFor(work, source, {
      id: `${source.id}Role`,
      service: 'states.amazonaws.com',
      managed:
        truthy(given['Tracing']) &&
        truthy(isObj(given['Tracing']) ? given['Tracing']['Enabled'] : false) &&
        !isNothing(given['Policies'])
          ? ['arn:' + work.given.partition + ':iam::aws:policy/AWSXrayWriteOnlyAccess']
          : [],
      documents: [],
      tags: tagList(source, markOf(source, CREATED_BY)),
    });
    if (role.properties['ManagedPolicyArns'] === undefined) role.properties['ManagedPolicyArns'] = [];
    machine.properties['RoleArn'] = getAtt(role.id, 'Arn');
    resources.push(role);
  }
  const alias = aliasOf(work, source);
  resources.push(...alias);
  resources.push(...machineEvents(work, source, alias.at(-1)));
  propagateTags(source, resources, undefined);
  return resources;
}

function definitionOf(source: Source): Obj {
  const { Definition: definition, DefinitionUri: uri, DefinitionSubstitutions: given } = source.properties;
  if (isNothing(definition) && isNothing(uri))
    throw invalidResource(source.id, "Either 'Definition' or 'DefinitionUri' property must be specified.");
  const substitutions: Obj = isObj(given) ? { ...given } : {};
  if (isNothing(definition)) {
    const at = bucketAndKey(source.id, 'DefinitionUri', uri);
    return {
      DefinitionS3Location: said({ Bucket: at.bucket, Key: at.key, Version: at.version }),
      DefinitionSubstitutions: given,
    };
  }
  // substitutions are numbered in the order of the sorted keys
  let count = 0;
  const plain = substituted(sorted(definition), (call) => {
    count += 1;
    const name = `definition_substitution_${String(count)}`;
    substitutions[name] = call;
    return `\${${name}}`;
  });
  return {
    DefinitionString: { 'Fn::Join': ['\n', JSON.stringify(plain, null, 4).split('\n')] },
    DefinitionSubstitutions: Object.keys(substitutions).length > 0 ? substitutions : undefined,
  };
}

/** The definition with each function in it replaced by the name of a substitution. */
function substituted(value: unknown, named: (call: Obj) => string): unknown {
  if (isList(value)) return value.map((one) => substituted(one, named));
  if (!isObj(value)) return value;
  if (isIntrinsic(value) && !('Condition' in value)) return named(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, substituted(one, named)]));
}

function sorted(value: unknown): unknown {
  if (isList(value)) return value.map(sorted);
  if (!isObj(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** `AutoPublishAlias`: a version of each revision, and the alias that is moved to it. */
function aliasOf(work: Work, source: Source): Made[] {
  const given = source.properties;
  const name = known(work, given['AutoPublishAlias']);
  const preference = given['DeploymentPreference'];
  if (isNothing(name)) {
    if (!isNothing(preference))
      throw invalidResource(
        source.id,
        "'DeploymentPreference' requires 'AutoPublishAlias' property to be specified.",
      );
    return [];
  }
  const version = made(
    `${source.id}Version`,
    'AWS::StepFunctions::StateMachineVersion',
    { StateMachineArn: ref(source.id), StateMachineRevisionId: getAtt(source.id, 'StateMachineRevisionId') },
    {
      ...source.passed,
      DeletionPolicy: source.passed['DeletionPolicy'] ?? 'Retain',
      UpdateReplacePolicy: source.passed['UpdateReplacePolicy'] ?? 'Retain',
    },
  );
  const alias = made(
    `${source.id}Alias${isText(name) ? name : ''}`,
    'AWS::StepFunctions::StateMachineAlias',
    {
      Name: name,
      DeploymentPreference: {
        StateMachineVersionArn: ref(version.id),
        Type: 'ALL_AT_ONCE',
        ...(isObj(preference) ? preference : {}),
      },
    },
    { ...source.passed },
  );
  return [version, alias];
}
