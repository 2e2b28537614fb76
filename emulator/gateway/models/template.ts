interface Schema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $ref?: string;
}

/**
 * A mapping template that makes something of a model, with a sample value for each property.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
 * @param resolve the schema that a reference means
 */
export function sampleTemplate(schema: string, resolve: (reference: string) => string | undefined): string {
  const sample = (given: Schema, indent: string, depth: number): string => {
    const referred = given.$ref === undefined ? undefined : resolve(given.$ref);
    const { type, properties, items } = referred === undefined ? given : (JSON.parse(referred) as Schema);
    // A model may contain itself.
    if (depth > 8) return '{}';
    const deeper = `${indent}  `;
    if (type === 'array')
      return [
        '[',
        '##TODO: Update this foreach loop to reference array from input json',
        '#foreach($elem in $inputRoot)',
        `${deeper}${sample(items ?? {}, deeper, depth + 1)}`,
        '#if($foreach.hasNext),#end',
        '#end',
        `${indent}]`,
      ].join('\n');
    if (type === 'object' || properties !== undefined) {
      const members = Object.entries(properties ?? {}).map(
        ([name, inner]) => `${deeper}${JSON.stringify(name)} : ${sample(inner, deeper, depth + 1)}`,
      );
      return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${indent}}`;
    }
    if (type === 'integer') return '42';
    if (type === 'number') return '3.14';
    return type === 'boolean' ? 'true' : '"foo"';
  };
  return `#set($inputRoot = $input.path('$'))\n${sample(JSON.parse(schema) as Schema, '', 0)}`;
}
