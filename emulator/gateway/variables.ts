import { badRequest } from './failures.ts';

/**
 * Checks the names and values of stage variables.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html
 * @throws BadRequestException
 */
export function checkVariables(variables: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name))
      throw badRequest(
        `Invalid stage variable name: ${name}. Please use alphanumeric characters and underscore for variable names.`,
      );
    if (!/^[A-Za-z0-9 \-._~:/?#&=,]*$/.test(value))
      throw badRequest(
        `Invalid stage variable value: ${value}. Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.`,
      );
  }
}
