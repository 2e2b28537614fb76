import { invalidTemplate } from '../failures.ts';
import { type Obj, isIntrinsic, isList, isNothing, isObj, isText, obj } from '../json.ts';
import type { Source } from '../made.ts';
import { isOpenApi3, pathsOf } from '../openapi/editor.ts';

/** `Models` of an API, by their names in lower case. */
export function addModels(source: Source, body: Obj, fail: (reason: string) => Error): void {
  const models = source.properties['Models'];
  if (!isObj(models)) throw fail("Property 'Models' should be a map.");
  const present = isOpenApi3(body) ? obj(obj(body['components'])['schemas']) : obj(body['definitions']);
  for (const [name, model] of Object.entries(models)) {
    if (!isObj(model)) throw fail(`Property 'Models.${name}' should be a map.`);
    if (isNothing(model['type'])) throw fail("'Models' schema is missing 'type'.");
    present[name.toLowerCase()] = model;
  }
  if (isOpenApi3(body)) body['components'] = { ...obj(body['components']), schemas: present };
  else body['definitions'] = present;
}

/** The body in the version of OpenAPI that is asked for. */
export function postprocessed(source: Source, body: Obj): Obj {
  const asked = source.properties['OpenApiVersion'] ?? body['openapi'];
  if (!isText(asked) || !/^3(\.\d){1,2}$/.test(asked)) return body;
  if (!isNothing(source.properties['OpenApiVersion']) || isText(body['openapi'])) body['openapi'] = asked;
  delete body['swagger'];
  const definitions = body['definitions'];
  if (!isNothing(definitions)) {
    body['components'] = {
      ...obj(body['components']),
      schemas: { ...obj(obj(body['components'])['schemas']), ...obj(definitions) },
    };
    delete body['definitions'];
  }
  const schemes = body['securityDefinitions'];
  if (!isNothing(schemes)) {
    body['components'] = {
      ...obj(body['components']),
      securitySchemes: { ...obj(obj(body['components'])['securitySchemes']), ...obj(schemes) },
    };
    delete body['securityDefinitions'];
  }
  for (const [path, item] of Object.entries(pathsOf(body)))
    // what stands on a condition is left as it is
    if (!isIntrinsic(item)) preflight(path, item);
  return body;
}

/** The preflight method as OpenAPI 3 writes it. */
function preflight(path: string, item: unknown): void {
  if (!isObj(item)) {
    if (item === null || item === undefined || isList(item) || isText(item))
      throw invalidTemplate(`Value of '${path}' path must be a dictionary according to Swagger spec.`);
    return;
  }
  const options = item['options'];
  if (!isObj(options)) return;
  delete options['consumes'];
  delete options['produces'];
  if (!('responses' in options)) return;
  const responses = options['responses'];
  if (!isObj(responses)) {
    throw invalidTemplate(`Invalid responses in options method for path ${path}: It should be a map.`);
  }
  const ok = responses['200'];
  if (!isObj(ok)) return;
  const headers = ok['headers'];
  if (isNothing(headers)) return;
  if (!isObj(headers))
    throw invalidTemplate(
      `Value of response's headers in options method for path ${path} must be a dictionary according to Swagger spec.`,
    );
  for (const [name, header] of Object.entries(headers)) headers[name] = { schema: header };
}
