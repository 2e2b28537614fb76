// Writes emulator/services/<id>/limits.json: enums, lengths, ranges and patterns of the inputs of the operations that
// are implemented. The SDK's schemas do not have them; botocore's service models (Apache-2.0) do.
//   node tooling/limits.mjs [service …]      needs python3 with botocore; last written with botocore 1.43.107
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argv, platform, stdout } from 'node:process';
import { gunzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { format } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));

/** By folder: botocore's name for the service, and the operations that are implemented. The wire's tests read it too. */
const services = JSON.parse(readFileSync(join(root, 'tooling', 'operations.json'), 'utf8'));

/**
 * Where the public model is not what the service holds callers to. Null takes the limit away; `*` is every operation
 * that has the member.
 * - Timeout, MemorySize, EphemeralStorage: the model's maxima have become those of Managed Instances; a function has
 *   the quotas of https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
 * - Runtime: an unknown one gets Lambda's own InvalidParameterValueException, recorded with the values that are still
 *   supported, and a deprecated one a text of its own; both are the service's to say.
 */
const overrides = {
  // Recorded: the same words in another order.
  apigateway: {
    '*.patchOperations.member.op': { enum: ['add', 'remove', 'move', 'test', 'replace', 'copy'] },
    'CreateRestApi.endpointConfiguration.types.member': { enum: ['PRIVATE', 'EDGE', 'REGIONAL'] },
    'PutIntegration.type': { enum: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] },
    '*.responseType': {
      enum: [
        'REQUEST_TOO_LARGE',
        'RESOURCE_NOT_FOUND',
        'AUTHORIZER_CONFIGURATION_ERROR',
        'MISSING_AUTHENTICATION_TOKEN',
        'BAD_REQUEST_BODY',
        'INVALID_SIGNATURE',
        'INVALID_API_KEY',
        'BAD_REQUEST_PARAMETERS',
        'AUTHORIZER_FAILURE',
        'UNAUTHORIZED',
        'INTEGRATION_TIMEOUT',
        'ACCESS_DENIED',
        'DEFAULT_4XX',
        'DEFAULT_5XX',
        'WAF_FILTERED',
        'QUOTA_EXCEEDED',
        'THROTTLED',
        'API_CONFIGURATION_ERROR',
        'UNSUPPORTED_MEDIA_TYPE',
        'INTEGRATION_FAILURE',
        'EXPIRED_TOKEN',
      ],
    },
    'CreateDocumentationPart.location.type': {
      enum: [
        'RESPONSE_BODY',
        'RESPONSE',
        'METHOD',
        'MODEL',
        'AUTHORIZER',
        'RESPONSE_HEADER',
        'RESOURCE',
        'PATH_PARAMETER',
        'REQUEST_BODY',
        'QUERY_PARAMETER',
        'API',
        'REQUEST_HEADER',
      ],
    },
  },
  lambda: {
    'CreateFunction.Timeout': { max: 900 },
    'CreateFunction.MemorySize': { max: 10240 },
    'CreateFunction.EphemeralStorage.Size': { max: 10240 },
    'CreateFunction.Runtime': null,
    'UpdateFunctionConfiguration.Timeout': { max: 900 },
    'UpdateFunctionConfiguration.MemorySize': { max: 10240 },
    'UpdateFunctionConfiguration.EphemeralStorage.Size': { max: 10240 },
    'UpdateFunctionConfiguration.Runtime': null,
  },
};

const lastWrittenWith = '1.43.107';
const older = (version, than) => version.localeCompare(than, 'en', { numeric: true }) < 0;
const python = platform === 'win32' ? 'python' : 'python3';
const locate =
  'import botocore, glob, os, sys; print("\\n".join([botocore.__version__] + sorted(glob.glob(os.path.join(os.path.dirname(botocore.__file__), "data", sys.argv[1], "*", "service-2.json*")))))';

const { compilePattern } = await loadPattern();
const asked = argv.slice(2);
for (const [id, { model, operations, limits: wanted = true }] of Object.entries(services)) {
  if (asked.length > 0 && !asked.includes(id)) continue;
  // SQS judges every value itself, in sentences of its own; a message that is too long has an error of its own.
  if (!wanted) continue;
  const { version, shapes, methods } = readModel(model);
  // An older one does not have every member, and would take limits away without a word.
  if (older(version, lastWrittenWith))
    throw new Error(
      `botocore ${version} is older than ${lastWrittenWith}, which wrote the limits: pip install botocore==${lastWrittenWith}`,
    );
  const dropped = new Set();
  const limits = {};
  for (const name of [...operations].sort()) {
    const operation = methods[name];
    if (operation === undefined) throw new Error(`botocore ${version} does not know ${id}.${name}`);
    const byPath = {};
    if (operation.input !== undefined) walk(shapes, operation.input.shape, '', [], byPath, dropped);
    for (const [path, override] of Object.entries(overrides[id] ?? {})) {
      const [operation, ...steps] = path.split('.');
      const member = steps.join('.');
      if (operation !== name && !(operation === '*' && byPath[member] !== undefined)) continue;
      if (override === null) delete byPath[member];
      else byPath[member] = { ...byPath[member], ...override };
    }
    if (Object.keys(byPath).length > 0) limits[name] = byPath;
  }
  const file = join(root, 'emulator', 'services', id, 'limits.json');
  writeFileSync(file, await format(JSON.stringify(limits), { parser: 'json', printWidth: 110 }));
  stdout.write(`${id}: ${Object.keys(limits).length} operations, botocore ${version}\n`);
  for (const pattern of dropped) stdout.write(`  left out, JavaScript has no such pattern: ${pattern}\n`);
}

function readModel(name) {
  const [version, ...files] = execFileSync(python, ['-c', locate, name], { encoding: 'utf8' })
    .trim()
    .split(/\r?\n/);
  const file = files.at(-1);
  if (file === undefined) throw new Error(`botocore has no service ${name}`);
  const bytes = readFileSync(file);
  const model = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  return { version, shapes: model.shapes, methods: model.operations };
}

/** Paths are members joined with dots; `member`, `key` and `value` step into lists and maps. */
function walk(shapes, name, path, above, out, dropped) {
  // A shape inside itself has the limits of its outer self no further: no input that is implemented nests so.
  if (above.includes(name)) return;
  const shape = shapes[name];
  const inside = [...above, name];
  const limit = limitOf(shape, dropped);
  if (path !== '' && Object.keys(limit).length > 0) out[path] = limit;
  const step = (child, target) =>
    walk(shapes, target.shape, path === '' ? child : `${path}.${child}`, inside, out, dropped);
  if (shape.type === 'structure')
    for (const [child, target] of Object.entries(shape.members)) step(child, target);
  if (shape.type === 'list') step('member', shape.member);
  if (shape.type === 'map') {
    step('key', shape.key);
    step('value', shape.value);
  }
}

function limitOf(shape, dropped) {
  const limit = {};
  if (shape.type === 'structure') return limit;
  if (shape.enum !== undefined) limit.enum = shape.enum;
  if (shape.pattern !== undefined) {
    if (compilePattern(shape.pattern) === undefined) dropped.add(shape.pattern);
    else limit.pattern = shape.pattern;
  }
  if (shape.min !== undefined) limit.min = shape.min;
  if (shape.max !== undefined) limit.max = shape.max;
  return limit;
}

/** The translation that the wire layer uses at run time, so that both agree on what can be compiled. */
async function loadPattern() {
  const source = readFileSync(join(root, 'emulator', 'wire', 'check', 'pattern.ts'), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}
