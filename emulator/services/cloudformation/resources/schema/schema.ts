import apigateway from './apigateway.json' with { type: 'json' };
import apigatewayv2 from './apigatewayv2.json' with { type: 'json' };
import cloudformation from './cloudformation.json' with { type: 'json' };
import cloudwatch from './cloudwatch.json' with { type: 'json' };
import dynamodb from './dynamodb.json' with { type: 'json' };
import events from './events.json' with { type: 'json' };
import iam from './iam.json' with { type: 'json' };
import kinesis from './kinesis.json' with { type: 'json' };
import lambda from './lambda.json' with { type: 'json' };
import logs from './logs.json' with { type: 'json' };
import s3 from './s3.json' with { type: 'json' };
import scheduler from './scheduler.json' with { type: 'json' };
import sns from './sns.json' with { type: 'json' };
import sqs from './sqs.json' with { type: 'json' };
import ssm from './ssm.json' with { type: 'json' };

/** What a value of a property may be. `tooling/resource-types.mjs` writes it from CloudFormation's registry. */
export interface Schema {
  /** Of `string`, `integer`, `number`, `boolean`, `object` and `array`. Absent: anything. */
  readonly type?: string | readonly string[];
  /** The name of one of the type's {@link TypeSchema.definitions}. */
  readonly ref?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly const?: string | number | boolean;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** No two items of the list are the same. */
  readonly unique?: boolean;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Members by what their names match. */
  readonly patterns?: Readonly<Record<string, Schema>>;
  /** No other members than those that are named or match. */
  readonly closed?: boolean;
  readonly required?: readonly string[];
  /** At least one, or exactly one, of these groups of members must be there. */
  readonly anyRequired?: readonly (readonly string[])[];
  readonly oneRequired?: readonly (readonly string[])[];
}

/** What the properties of a resource type are. Paths are dotted, `*` stands for every item of a list. */
export interface TypeSchema extends Schema {
  readonly definitions?: Readonly<Record<string, Schema>>;
  /** The service gives them; a template may not. */
  readonly readOnly?: readonly string[];
  /** No service tells of them: drift leaves them out. */
  readonly writeOnly?: readonly string[];
  /** A change of these makes the resource anew. */
  readonly createOnly?: readonly string[];
  /** A change of these may make the resource anew. */
  readonly conditionalCreateOnly?: readonly string[];
  readonly primaryIdentifier?: readonly string[];
  /** What `Fn::GetAtt` gives. */
  readonly attributes?: readonly string[];
}

const schemas: Readonly<Record<string, TypeSchema>> = {
  ...apigateway,
  ...apigatewayv2,
  ...cloudformation,
  ...cloudwatch,
  ...dynamodb,
  ...events,
  ...iam,
  ...kinesis,
  ...lambda,
  ...logs,
  ...s3,
  ...scheduler,
  ...sns,
  ...sqs,
  ...ssm,
};

const CUSTOM = 'AWS::CloudFormation::CustomResource';
const NESTED = 'AWS::CloudFormation::Stack';

/** Whether a type is one whose resources a student's own function makes. */
export const isCustom = (type: string): boolean => type === CUSTOM || type.startsWith('Custom::');

/** The schema of a type, undefined where the cloud does not have the type. */
export function schemaOf(type: string): TypeSchema | undefined {
  const name = isCustom(type) ? CUSTOM : type;
  return Object.hasOwn(schemas, name) ? schemas[name] : undefined;
}

/** The names of all types that have a schema, in order. */
export const schemaTypes = (): readonly string[] => Object.keys(schemas).sort();

/** A schema itself, where another stands for it by name. What stands beside the name counts, too. */
export function resolved(schema: Schema, type: TypeSchema): Schema {
  if (schema.ref === undefined) return schema;
  const { ref, ...own } = schema;
  return { ...type.definitions?.[ref], ...own };
}

/** The schema of a member of an object; undefined where the object's schema does not tell of it. */
export function memberSchema(schema: Schema, name: string): Schema | undefined {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, name))
    return schema.properties[name];
  const match = Object.entries(schema.patterns ?? {}).find(([pattern]) => expressionOf(pattern).test(name));
  return match?.[1];
}

const expressions = new Map<string, RegExp>();

/** A schema's pattern. It may match anywhere in a value, unless it says otherwise: some do so as Java does, by `\Z`. */
export function expressionOf(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(pattern.replace(/\\Z$/, '$'), pattern.includes('\\p{') ? 'u' : '');
    expressions.set(pattern, expression);
  }
  return expression;
}

/** The attributes of a type that `Fn::GetAtt` gives; `any` where the resource's maker decides. */
export function attributesOf(type: string): readonly string[] | 'any' {
  return isCustom(type) ? 'any' : (schemaOf(type)?.attributes ?? []);
}

/** Whether `Fn::GetAtt` gives that attribute of the type's resources. A part of an attribute is one too. */
export function hasAttribute(type: string, name: string): boolean {
  if (type === NESTED) return /^Outputs\.[A-Za-z0-9]+$/.test(name);
  const attributes = attributesOf(type);
  if (attributes === 'any') return true;
  return attributes.some((attribute) => attribute === name || name.startsWith(`${attribute}.`));
}
