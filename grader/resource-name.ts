/** How the names of what the grader makes for a moment begin, after `LAB_PREFIX`. */
export const throwawayStart = 'coldstart-probe-';

/**
 * A resource's name on the target. `LAB_PREFIX` separates students who share an account; it stands before the part
 * that a person chose: `/aws/lambda/lab01-greeter` becomes `/aws/lambda/ada-lab01-greeter`. `{account}` stands for the
 * account id: a bucket's name is taken for everybody on AWS once somebody has it.
 */
export function resourceName(resource: string, prefix: string, account: string): string {
  const own = resource.lastIndexOf('/') + 1;
  return (resource.slice(0, own) + prefix + resource.slice(own)).replaceAll('{account}', account);
}
