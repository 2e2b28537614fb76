import { type Obj, isIntrinsic, isNothing, isObj, isText } from '../json.ts';
import type { Source } from '../made.ts';
import { ANY, isEditable, isMethod, isOpenApi3, methodName, pathItems, pathsOf } from '../openapi/editor.ts';

interface Cors {
  readonly origin: unknown;
  readonly methods: unknown;
  readonly headers: unknown;
  readonly age: unknown;
  readonly credentials: boolean;
}

const PROPERTIES = ['AllowMethods', 'AllowHeaders', 'AllowOrigin', 'MaxAge', 'AllowCredentials'];

/** `Cors`: a preflight method at every path that has none. */
export function addCors(source: Source, body: unknown, fail: (reason: string) => Error): void {
  if (isNothing(body))
    throw fail("Cors works only with inline Swagger specified in 'DefinitionBody' property.");
  const cors = corsOf(source.properties['Cors'], fail);
  if (!isEditable(body))
    throw fail(
      "Unable to add Cors configuration because 'DefinitionBody' does not contain a valid Swagger definition.",
    );
  if (cors.credentials && cors.origin === "'*'")
    throw fail(
      "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set",
    );
  for (const path of Object.keys(pathsOf(body)))
    for (const item of pathItems(body, path))
      if (!('options' in item))
        item['options'] = preflight(cors, item, isOpenApi3(body) && !isIntrinsic(pathsOf(body)[path]));
}

function corsOf(written: unknown, fail: (reason: string) => Error): Cors {
  const whole = isText(written) || (isObj(written) && isIntrinsic(written));
  if (whole)
    return { origin: written, methods: undefined, headers: undefined, age: undefined, credentials: false };
  if (!isObj(written)) throw fail("Invalid value for 'Cors' property.");
  if (Object.keys(written).some((name) => !PROPERTIES.includes(name)))
    throw fail("Invalid value for 'Cors' property.");
  return {
    origin: written['AllowOrigin'] ?? "'*'",
    methods: written['AllowMethods'],
    headers: written['AllowHeaders'],
    age: written['MaxAge'],
    credentials: written['AllowCredentials'] === true,
  };
}

const ALL = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** The methods of a path, as a header lists them. */
function methodsOf(item: Obj): string {
  const names = Object.keys(item).filter(isMethod).map(methodName);
  const all = names.includes(ANY)
    ? ALL
    : [...new Set([...names.map((one) => one.toUpperCase()), 'OPTIONS'])].sort();
  return `'${all.join(',')}'`;
}

function preflight(cors: Cors, item: Obj, openapi3: boolean): Obj {
  const values: Record<string, unknown> = {};
  const methods = isNothing(cors.methods) ? methodsOf(item) : cors.methods;
  if (!isNothing(cors.headers)) values['Access-Control-Allow-Headers'] = cors.headers;
  if (!isNothing(methods)) values['Access-Control-Allow-Methods'] = methods;
  values['Access-Control-Allow-Origin'] = cors.origin;
  if (!isNothing(cors.age)) values['Access-Control-Max-Age'] = cors.age;
  if (cors.credentials) values['Access-Control-Allow-Credentials'] = "'true'";
  const header = openapi3 ? { schema: { type: 'string' } } : { type: 'string' };
  const integer = openapi3 ? { schema: { type: 'integer' } } : { type: 'integer' };
  return {
    summary: 'CORS support',
    consumes: ['application/json'],
    produces: ['application/json'],
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{\n  "statusCode" : 200\n}\n' },
      responses: {
        default: {
          statusCode: '200',
          responseParameters: Object.fromEntries(
            Object.entries(values).map(([name, value]) => [`method.response.header.${name}`, value]),
          ),
          responseTemplates: { 'application/json': '{}\n' },
        },
      },
    },
    responses: {
      '200': {
        description: 'Default response for CORS method',
        headers: Object.fromEntries(
          Object.keys(values).map((name) => [
            name,
            name === 'Access-Control-Max-Age' ? integer : { ...header },
          ]),
        ),
      },
    },
  };
}
