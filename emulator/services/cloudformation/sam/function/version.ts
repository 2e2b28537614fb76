import { invalidResource } from '../failures.ts';
import { type Obj, getAtt, hashOf, isNothing, isObj, isText, obj, ref, said, truthy } from '../json.ts';
import { type Made, type Source, made } from '../made.ts';
import { type Work, known, nameFor } from '../work.ts';

/** The name of the alias that the function publishes to, or undefined. */
export function aliasName(work: Work, source: Source): string | undefined {
  const name = known(work, source.properties['AutoPublishAlias']);
  if (isNothing(name) || name === '') return undefined;
  if (!isText(name))
    throw invalidResource(source.id, "'AutoPublishAlias' must be a string or a Ref to a template parameter");
  return name;
}

/** The version that is published when the code changes. Its id holds a hash of the code. */
export function versionOf(work: Work, source: Source, lambda: Made): Made {
  const id = `${source.id}Version${versionHash(work, source, lambda)}`;
  const policy = deletionPolicy(work, source);
  const attributes: Obj = { ...source.passed };
  if (!isNothing(policy)) attributes['DeletionPolicy'] = policy;
  else attributes['DeletionPolicy'] ??= 'Retain';
  nameFor(work, source.id, 'Version', id);
  const { VersionDescription, FunctionScalingConfig } = source.properties;
  return made(
    id,
    'AWS::Lambda::Version',
    { FunctionName: ref(source.id), Description: VersionDescription, FunctionScalingConfig },
    attributes,
  );
}

function versionHash(work: Work, source: Source, lambda: Made): string {
  const sha = known(work, source.properties['AutoPublishCodeSha256']);
  if (!isNothing(sha)) {
    if (!isText(sha)) throw invalidResource(source.id, 'AutoPublishCodeSha256 must be a string');
    if (!truthy(source.properties['AutoPublishAliasAllProperties'])) return sha.slice(0, 10);
  }
  if (truthy(source.properties['AutoPublishAliasAllProperties'])) return hashOf(lambda.properties);
  const { Environment, MemorySize } = source.properties;
  const snapStart = known(work, source.properties['SnapStart']);
  // beside the code, what a snapshot or a warm environment is made of
  return hashOf({
    ...obj(lambda.properties['Code']),
    ...obj(Environment),
    ...said({ MemorySize, SnapStart: obj(snapStart)['ApplyOn'] === 'None' ? undefined : snapStart }),
  });
}

/** The alias that always points at the version published last. */
export function aliasOf(work: Work, source: Source, name: string, version: Made): Made {
  const id = `${source.id}Alias${name.replace(/[^A-Za-z0-9]/g, (one) => ALIAS_CHARACTERS[one] ?? one)}`;
  nameFor(work, source.id, 'Alias', id);
  return made(
    id,
    'AWS::Lambda::Alias',
    {
      Name: name,
      FunctionName: ref(source.id),
      FunctionVersion: getAtt(version.id, 'Version'),
      ProvisionedConcurrencyConfig: source.properties['ProvisionedConcurrencyConfig'],
    },
    { ...source.passed },
  );
}

/** Characters that names of aliases may hold and logical ids may not. */
const ALIAS_CHARACTERS: Readonly<Record<string, string>> = { '-': 'D', _: 'U' };

/** `FunctionUrlConfig`: the URL and the permissions that a public one needs. */
export function functionUrl(source: Source, alias: Made | undefined): Made[] {
  const config = source.properties['FunctionUrlConfig'];
  if (isNothing(config)) return [];
  if (!isObj(config)) throw invalidResource(source.id, "Property 'FunctionUrlConfig' should be a map.");
  const auth = config['AuthType'];
  if (!isObj(auth) && auth !== 'AWS_IAM' && auth !== 'NONE')
    throw invalidResource(
      source.id,
      'AuthType is required to configure function property `FunctionUrlConfig`. Please provide either AWS_IAM or NONE.',
    );
  const attributes = { ...source.passed };
  const target = alias ? ref(alias.id) : ref(source.id);
  const url = made(
    `${source.id}Url`,
    'AWS::Lambda::Url',
    {
      AuthType: auth,
      Cors: isNothing(config['Cors']) ? undefined : config['Cors'],
      InvokeMode: config['InvokeMode'],
      TargetFunctionArn: alias ? target : ref(source.id),
    },
    attributes,
  );
  if (auth !== 'NONE') return [url];
  const permission = (suffix: string, properties: Obj): Made =>
    made(
      `${source.id}${suffix}`,
      'AWS::Lambda::Permission',
      said({ FunctionName: target, Principal: '*', ...properties }),
      { ...source.passed },
    );
  return [
    url,
    permission('UrlPublicPermissions', {
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: auth,
    }),
    permission('URLInvokeAllowPublicAccess', {
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    }),
  ];
}

/** What becomes of versions that are no longer published. */
export function deletionPolicy(work: Work, source: Source): unknown {
  const policy = known(work, source.properties['VersionDeletionPolicy']);
  if (!isNothing(policy) && policy !== 'Delete' && policy !== 'Retain')
    throw invalidResource(
      source.id,
      "Property 'VersionDeletionPolicy' should be a one of the strings: 'Delete' or 'Retain'.",
    );
  return policy;
}
