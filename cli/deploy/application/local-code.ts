import { treeOf, textOf, type Template, type Tree } from './template.ts';

/** How the address of what was uploaded stands in the template. */
export type AddressForm = 's3Uri' | 's3Object' | 'url';

/** What a property can name beside the template. */
type Holds = 'functionCode' | 'layer' | 'definition' | 'template';

interface CodeProperty {
  readonly property: string;
  readonly holds: Holds;
  /** Member names of the object, where the address is one. */
  readonly address:
    | { readonly form: 's3Uri' | 'url' }
    | { readonly form: 's3Object'; readonly bucket: string; readonly key: string };
}

const s3Uri = { form: 's3Uri' } as const;
const url = { form: 'url' } as const;
const inObject = (bucket: string, key: string) => ({ form: 's3Object', bucket, key }) as const;

/** The properties that `sam package` and `aws cloudformation package` upload too. */
const codeProperties: Readonly<Record<string, CodeProperty>> = {
  'AWS::Serverless::Function': { property: 'CodeUri', holds: 'functionCode', address: s3Uri },
  'AWS::Serverless::LayerVersion': { property: 'ContentUri', holds: 'layer', address: s3Uri },
  'AWS::Serverless::Api': { property: 'DefinitionUri', holds: 'definition', address: s3Uri },
  'AWS::Serverless::HttpApi': { property: 'DefinitionUri', holds: 'definition', address: s3Uri },
  'AWS::Serverless::StateMachine': { property: 'DefinitionUri', holds: 'definition', address: s3Uri },
  'AWS::Serverless::Application': { property: 'Location', holds: 'template', address: url },
  'AWS::CloudFormation::Stack': { property: 'TemplateURL', holds: 'template', address: url },
  'AWS::Lambda::Function': {
    property: 'Code',
    holds: 'functionCode',
    address: inObject('S3Bucket', 'S3Key'),
  },
  'AWS::Lambda::LayerVersion': {
    property: 'Content',
    holds: 'layer',
    address: inObject('S3Bucket', 'S3Key'),
  },
  'AWS::ApiGateway::RestApi': {
    property: 'BodyS3Location',
    holds: 'definition',
    address: inObject('Bucket', 'Key'),
  },
  'AWS::ApiGatewayV2::Api': {
    property: 'BodyS3Location',
    holds: 'definition',
    address: inObject('Bucket', 'Key'),
  },
};

/** Something beside the template that has to be uploaded. */
export interface LocalCode extends CodeProperty {
  readonly logicalId: string;
  /** As written, relative to the template. */
  readonly path: string;
  readonly handler: string | undefined;
  readonly metadata: Tree;
}

const uploaded = /^(?:s3|https?):\/\//;

/** Everything that a template names beside itself, in the template's order. */
export function localCodeOf({ tree }: Pick<Template, 'tree'>): LocalCode[] {
  const globals = treeOf(treeOf(tree.Globals).Function);
  return Object.entries(treeOf(tree.Resources)).flatMap(([logicalId, resource]): LocalCode[] => {
    const { Type: type, Properties, Metadata } = treeOf(resource);
    const properties = treeOf(Properties);
    const found = typeof type === 'string' ? codeProperties[type] : undefined;
    if (found === undefined) return [];
    // Globals are of the serverless function alone; code in the template itself is no file.
    const shared = type === 'AWS::Serverless::Function' ? globals : {};
    if (properties.InlineCode !== undefined) return [];
    const path = textOf(properties[found.property] ?? shared[found.property]);
    if (path === undefined || uploaded.test(path)) return [];
    const handler = textOf(properties.Handler ?? shared.Handler);
    return [{ ...found, logicalId, path, handler, metadata: treeOf(Metadata) }];
  });
}

/** Functions whose code is a container image, which is built by Docker. */
export const imageFunctions = ({ tree }: Pick<Template, 'tree'>): string[] =>
  Object.entries(treeOf(tree.Resources)).flatMap(([logicalId, resource]) =>
    treeOf(treeOf(resource).Properties).PackageType === 'Image' ? [logicalId] : [],
  );
