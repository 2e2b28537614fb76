/**
 * A resource's name on the target. `LAB_PREFIX` separates students who share an account; it stands before the part
 * that a person chose: `/aws/lambda/lab01-greeter` becomes `/aws/lambda/ada-lab01-greeter`.
 */
export function resourceName(resource: string, prefix: string): string {
  const own = resource.lastIndexOf('/') + 1;
  return resource.slice(0, own) + prefix + resource.slice(own);
}
