import type { Scope } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { invalid } from './failures.ts';
import { parameterArn } from './rows.ts';

const MOST_LEVELS = 15;
/* https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html: with its ARN, 1011. */
const LONGEST_NAME = 1011;

/** What stands behind the colon of `name:3` or `name:label`. */
export interface Reference {
  readonly name: string;
  readonly version?: number;
  readonly label?: string;
  /** As it was asked, with its colon: `:3`. */
  readonly selector?: string;
}

/** Reads the name or the ARN of a parameter, with the version or the label that may follow. */
export function referenceOf(scope: Scope, asked: string): Reference {
  const arn = /^arn:[^:]*:ssm:([^:]*):(\d{12}):parameter(\/[^:]*)(.*)$/.exec(asked);
  const rest = arn === null ? asked : `${nameOfArn(scope, asked, arn[3] ?? '')}${arn[4] ?? ''}`;
  const colon = rest.indexOf(':');
  if (colon < 0) return { name: rest };
  const name = rest.slice(0, colon);
  const selector = rest.slice(colon);
  return /^:\d{1,15}$/.test(selector)
    ? { name, selector, version: Number(selector.slice(1)) }
    : { name, selector, label: selector.slice(1) };
}

/* The slash behind `parameter` belongs to the name only where the name is a path. */
function nameOfArn(scope: Scope, asked: string, path: string): string {
  const name = path.indexOf('/', 1) < 0 ? path.slice(1) : path;
  // A parameter of another account or region is not to be found here.
  return asked.startsWith(parameterArn(scope, name)) ? name : asked.replaceAll(':', '?');
}

/** Checks the name of a parameter that is to be made. @throws ServiceFailure in AWS's words */
export function checkName(scope: Scope, name: string): void {
  const isPath = name.includes('/');
  const plain = name.replace(/^\//, '').toLowerCase();
  if (isPath && plain.startsWith('aws/'))
    throw new ServiceFailure('AccessDeniedException', `No access to reserved parameter name: ${name}.`, {
      status: 400,
    });
  if (!isPath && /^(aws|ssm)/.test(plain))
    throw invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  if (plain.startsWith('ssm') || !/^[a-zA-Z0-9_.\-/]+$/.test(name) || /\/\/|\/$/.test(name))
    throw invalid(
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of ' +
        'sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the ' +
        'following 3 symbols .-_',
    );
  if (isPath && !name.startsWith('/')) throw invalid('Parameter name must be a fully qualified name.');
  if (name.split('/').filter((part) => part !== '').length > MOST_LEVELS)
    throw new ServiceFailure(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${MOST_LEVELS} levels. For more information, see Requirements and ` +
        'constraints for parameter names in the AWS Systems Manager User Guide.',
    );
  if (parameterArn(scope, name).length > LONGEST_NAME)
    throw invalid(
      `The parameter name, with the Amazon Resource Name that precedes it, is longer than ${LONGEST_NAME} characters.`,
    );
}

/** The path of a hierarchy, with a slash at its end. @throws ValidationException in AWS's words */
export function pathOf(path: string): string {
  if (!/^\/([a-zA-Z0-9_.-]+(\/[a-zA-Z0-9_.-]+)*\/?)?$/.test(path))
    throw invalid(
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". ' +
        'It can\'t be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or the ' +
        'following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, ' +
        'if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
    );
  return path.endsWith('/') ? path : `${path}/`;
}

/** Whether a parameter lies below a path that ends with a slash. */
export function isBelow(path: string, name: string, recursive: boolean): boolean {
  // Names without a slash lie at the root.
  const full = name.startsWith('/') ? name : `/${name}`;
  return full.startsWith(path) && (recursive || !full.slice(path.length).includes('/'));
}
