import { ServiceFailure } from '../../../service/failure.ts';
import { invalidParameter } from '../failures.ts';

/* https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, "Defined runtime environment variables": the reserved ones. */
const reserved = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);
const limitBytes = 4096;
const cannot =
  'Lambda was unable to configure your environment variables because the environment variables you have provided';

/**
 * Checks a function's own environment variables.
 * @throws ServiceFailure for reserved names, names that break the pattern, and more than 4 KB in all
 */
export function checkEnvironment(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = Object.keys(variables);
  const taken = names.filter((name) => reserved.has(name));
  if (taken.length > 0) {
    throw invalidParameter(
      `${cannot} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
    );
  }
  if (names.some((name) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name))) {
    // Values are sensitive: AWS does not repeat them.
    throw new ServiceFailure(
      'ValidationException',
      "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
      { status: 400 },
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > limitBytes) {
    throw invalidParameter(`${cannot} exceeded the 4KB limit. String measured: ${measured}`);
  }
  return variables;
}
