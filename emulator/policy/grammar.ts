import type { Policy, PrincipalElement } from './policy.ts';

type Wrong = (message: string) => Error;

/** A managed policy says that it is of the newer version. @throws what `wrong` makes of AWS's text */
export function checkVersion(policy: Policy, wrong: Wrong): void {
  if (policy.version !== '2012-10-17') {
    throw wrong('Policy document must be version 2012-10-17 or greater.');
  }
}

/**
 * What IAM asks of an identity policy beyond its structure.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws what `wrong` makes of AWS's text
 */
export function checkIdentity(policy: Policy, wrong: Wrong): void {
  const sids = policy.statements.flatMap(({ sid }) => (sid === undefined || sid === '' ? [] : [sid]));
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid))) {
    throw wrong(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
  if (new Set(sids).size !== sids.length) {
    throw wrong('Statement IDs (SID) in a single policy must be unique.');
  }
  for (const statement of policy.statements) {
    for (const action of statement.actions.elements) checkName(action, wrong);
    for (const { key } of statement.conditions) checkName(key, wrong);
  }
  for (const statement of policy.statements) {
    for (const resource of statement.resources?.elements ?? []) checkResource(resource, wrong);
  }
}

function checkName(name: string, wrong: Wrong): void {
  if (name === '*') return;
  const vendor = /^([^:]*):/.exec(name)?.[1];
  if (vendor === undefined) {
    throw wrong('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  // Tag keys after the slash may hold colons.
  if ((name.split('/')[0] ?? '').split(':').length > 2) {
    throw wrong('Actions/Condition can contain only one colon.');
  }
  if (!/^[A-Za-z0-9-]+$/.test(vendor)) throw wrong(`Vendor ${vendor} is not valid`);
}

function checkResource(resource: string, wrong: Wrong): void {
  if (resource === '*') return;
  const [arn, partition = '', service, region, account, ...rest] = resource.split(':');
  if (arn !== 'arn') throw wrong(`Resource ${resource} must be in ARN format or "*".`);
  if (!/^(aws(-[a-z-]+)?|\*)$/.test(partition)) {
    throw wrong(`Partition "${partition}" is not valid for resource "${resource}".`);
  }
  if (rest.length === 0 && ![service, region, account].includes('*')) {
    throw wrong('The policy failed legacy parsing');
  }
  if (service === 's3' && region !== undefined && region !== '' && region !== '*' && !isAccessPoint(rest)) {
    throw wrong(`Resource ${resource} can not contain region information.`);
  }
}

function isAccessPoint(rest: readonly string[]): boolean {
  return rest[0]?.startsWith('accesspoint/') ?? false;
}

/**
 * What IAM asks of a role's trust policy.
 * @throws what `wrong` makes of AWS's text
 */
export function checkTrust(policy: Policy, wrong: Wrong): void {
  for (const statement of policy.statements) {
    if (statement.actions.elements.some((action) => !/^sts:/i.test(action))) {
      throw wrong('AssumeRole policy may only specify STS AssumeRole actions.');
    }
    for (const element of statement.principals?.elements ?? []) {
      if (!isPrincipal(element)) throw wrong(invalidPrincipal(element));
    }
  }
}

/** AWS's text for a principal that does not exist or is not one. */
export function invalidPrincipal(element: PrincipalElement): string {
  const type =
    element.type === 'Service' ? 'SERVICE' : element.type === 'Federated' ? 'FEDERATED' : element.type;
  return `Invalid principal in policy: "${type}":"${element.value}"`;
}

function isPrincipal({ type, value }: PrincipalElement): boolean {
  switch (type) {
    case 'Any':
      return true;
    case 'AWS':
      return (
        value === '*' ||
        /^\d{12}$/.test(value) ||
        /^(AIDA|AROA)[A-Z0-9]{8,}$/.test(value) ||
        /^arn:aws[a-z-]*:(iam::\d{12}:(root|(role|user)\/\S+)|sts::\d{12}:(assumed-role|federated-user)\/\S+)$/.test(
          value,
        )
      );
    case 'Service':
      return /^[a-z0-9][a-z0-9.-]*\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal|aws)$/.test(value);
    case 'Federated':
      return /^(arn:aws[a-z-]*:iam::\d{12}:(saml-provider|oidc-provider)\/\S+|[a-z0-9.-]+\.[a-z]+)$/.test(
        value,
      );
    case 'CanonicalUser':
      return false;
  }
}
