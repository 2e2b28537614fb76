import type { Scope } from '../../../service/call.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { field, flag, member, text, within, without } from '../patch/fields.ts';
import { namingThePath, onlyOperations } from '../patch/refusals.ts';
import type { PatchTable, PathRule } from '../patch/rules.ts';
import type { ApiRow } from '../store/rows.ts';
import { endpoint, readAddressType, readEndpointType } from './endpoints.ts';
import { readPolicy } from './policy.ts';
import { readCompression } from './rest-apis.ts';

type Api = ApiRow['api'];
type Details = ApiRow['details'];
const replaceOnly = (): ReturnType<typeof onlyOperations> => onlyOperations('replace');

const readName = (value: string | undefined): string => {
  if (value === undefined || value === '') throw badRequest('Name cannot be empty');
  return value;
};

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateRestApi-Patch */
export function restApiPatches(scope: Scope): PatchTable<ApiRow> {
  const api: readonly PathRule<Api>[] = [
    field('/name', 'name', readName, ['replace']),
    field('/description', 'description', text, ['add', 'replace', 'remove']),
    field('/version', 'version', text, ['add', 'replace', 'remove']),
    field('/apiKeySource', 'apiKeySource', readKeySource, ['replace']),
    member('/binaryMediaTypes/{name}', 'binaryMediaTypes'),
    field('/disableExecuteApiEndpoint', 'disableExecuteApiEndpoint', flag, ['replace'], replaceOnly),
    {
      path: '/minimumCompressionSize',
      refuse: replaceOnly,
      replace: (target, { value }) =>
        value === undefined || value === ''
          ? without(target, 'minimumCompressionSize')
          : { ...target, minimumCompressionSize: readCompression(Number(value)) },
    },
    {
      path: '/policy',
      replace: (target, { value }) =>
        value === undefined || value === ''
          ? without(target, 'policy')
          : { ...target, policy: readPolicy(value, scope, target.apiId) },
      remove: (target) => without(target, 'policy'),
    },
    {
      path: '/endpointConfiguration/types/{name}',
      replace: (target, { value }) => {
        const { vpcEndpointIds } = target.endpointConfiguration;
        const type = readEndpointType(value);
        return { ...target, endpointConfiguration: endpoint(type, undefined, vpcEndpointIds) };
      },
    },
    {
      path: '/endpointConfiguration/ipAddressType',
      refuse: replaceOnly,
      replace: (target, { value }) => {
        const { types = [], vpcEndpointIds } = target.endpointConfiguration;
        const address = readAddressType(value);
        return { ...target, endpointConfiguration: endpoint(types[0] ?? 'EDGE', address, vpcEndpointIds) };
      },
    },
    ...vpcEndpoints,
  ];
  const details: readonly PathRule<Details>[] = [
    field('/securityPolicy', 'securityPolicy', (value) => value as Details['securityPolicy']),
    field('/endpointAccessMode', 'endpointAccessMode', (value) => value as Details['endpointAccessMode']),
  ];
  return { refuse: namingThePath, rules: [...inside('api', api), ...inside('details', details)] };
}

/** Rules of a part of the row, for paths that do not name the part. */
function inside<Part extends 'api' | 'details'>(
  part: Part,
  rules: readonly PathRule<ApiRow[Part]>[],
): PathRule<ApiRow>[] {
  // `within` puts the part's name before the path; here the part is ours alone.
  return within<ApiRow, Part>(part, {} as ApiRow[Part], rules as never).map((rule) => ({
    ...rule,
    path: rule.path.slice(part.length + 1),
  }));
}

const endpointIds = (target: Api): readonly string[] => target.endpointConfiguration.vpcEndpointIds ?? [];
const withEndpointIds = (target: Api, ids: readonly string[]): Api => {
  const { types = [], ipAddressType } = target.endpointConfiguration;
  return { ...target, endpointConfiguration: endpoint(types[0] ?? 'EDGE', ipAddressType, [...new Set(ids)]) };
};

/** `add` and `remove` name the endpoint in the path or in the value; both are seen in AWS's examples. */
const vpcEndpoints: readonly PathRule<Api>[] = [
  {
    path: '/endpointConfiguration/vpcEndpointIds',
    add: (target, { value = '' }) => withEndpointIds(target, [...endpointIds(target), value]),
    replace: (target, { value = '' }) => withEndpointIds(target, value.split(',')),
    remove: (target, { value }) =>
      withEndpointIds(target, value === undefined ? [] : endpointIds(target).filter((id) => id !== value)),
  },
  {
    path: '/endpointConfiguration/vpcEndpointIds/{name}',
    replace: (target, { names, value = '' }) =>
      withEndpointIds(
        target,
        endpointIds(target).map((id) => (id === names['name'] ? value : id)),
      ),
    remove: (target, { names }) =>
      withEndpointIds(
        target,
        endpointIds(target).filter((id) => id !== names['name']),
      ),
  },
];

function readKeySource(value: string | undefined): Api['apiKeySource'] {
  if (value !== 'HEADER' && value !== 'AUTHORIZER')
    throw badRequest('Invalid API key source specified. Valid options are HEADER,AUTHORIZER');
  return value;
}
