import { duplicateId, invalidResource, type SamFailure } from '../failures.ts';
import { type Obj, isNothing, isObj, without } from '../json.ts';

const TYPE = 'AWS::Serverless::Connector';

/** Takes the `Connectors` attributes off the resources and makes connectors that stand alone of them. */
export function takeConnectors(resources: Obj, failures: SamFailure[]): void {
  for (const [id, resource] of Object.entries(resources)) {
    if (!isObj(resource) || !('Connectors' in resource)) continue;
    const all = resource['Connectors'];
    Reflect.deleteProperty(resource, 'Connectors');
    if (!isObj(all)) {
      failures.push(invalidResource(id, `Attribute '${id}.Connectors' should be a map.`));
      continue;
    }
    for (const [name, one] of Object.entries(all)) {
      const taken = standing(id, name, one);
      if (taken instanceof Error) failures.push(taken);
      else if (Object.hasOwn(resources, `${id}${name}`)) failures.push(duplicateId(id, `${id}${name}`, TYPE));
      else resources[`${id}${name}`] = taken;
    }
  }
}

/** The connector as one that stands alone, or what is wrong with it. */
function standing(id: string, name: string, one: unknown): Obj | SamFailure {
  if (!isObj(one)) return invalidResource(`${id}${name}`, `${id}.${id}${name} should be a map.`);
  const properties = one['Properties'];
  if (!isObj(properties))
    return invalidResource(id, `Attribute 'Connectors.${name}.Properties' should be a map.`);
  const reference = properties['SourceReference'] ?? {};
  if (!isObj(reference))
    return invalidResource(id, `Property 'Connectors.${name}.Properties.SourceReference' should be a map.`);
  if (!isNothing(reference['Id']))
    return invalidResource(name, "'Id' shouldn't be defined in 'SourceReference'.");
  return {
    ...one,
    Type: TYPE,
    Properties: { ...without(properties, 'SourceReference'), Source: { ...reference, Id: id } },
  };
}
