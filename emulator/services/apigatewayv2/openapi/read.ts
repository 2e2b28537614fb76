import type { Authorizer, Cors } from '@aws-sdk/client-apigatewayv2';
import { badRequest } from '../../../gateway/failures.ts';
import {
  invalidDocument,
  isPart,
  list,
  own,
  part,
  readDocument,
  said,
  text,
  texts,
  textMap,
  whole,
  type Part,
} from '../../../gateway/openapi/document.ts';
import { payloadVersion } from './payload-version.ts';

const METHODS: ReadonlyMap<string, string> = new Map([
  ...['delete', 'get', 'head', 'options', 'patch', 'post', 'put'].map((name): [string, string] => [
    name,
    name.toUpperCase(),
  ]),
  ['x-amazon-apigateway-any-method', 'ANY'],
]);

/** An operation of a document, with its path as the document has it. */
export interface Operation {
  readonly routeKey: string;
  readonly operation: Part;
}

/** An OpenAPI 3.0 definition of an HTTP API. */
export class HttpDocument {
  readonly root: Part;

  /** @throws BadRequestException for what is none */
  constructor(body: string | undefined) {
    const { dialect, root } = readDocument(body ?? '');
    if (dialect !== 'oas30') throw invalidDocument();
    this.root = root;
  }

  get info(): { readonly name: string; readonly version?: string; readonly description?: string } {
    const info = part(own(this.root, 'info'));
    return {
      name: text(own(info, 'title')) ?? '',
      ...said({ version: text(own(info, 'version')), description: text(own(info, 'description')) }),
    };
  }

  get cors(): Cors | undefined {
    const cors = own(this.root, 'x-amazon-apigateway-cors');
    if (!isPart(cors)) return undefined;
    const names = (key: string): string[] | undefined =>
      own(cors, key) === undefined ? undefined : texts(own(cors, key));
    return said<Cors>({
      AllowCredentials:
        own(cors, 'allowCredentials') === undefined ? undefined : own(cors, 'allowCredentials') === true,
      AllowHeaders: names('allowHeaders'),
      AllowMethods: names('allowMethods'),
      AllowOrigins: names('allowOrigins'),
      ExposeHeaders: names('exposeHeaders'),
      MaxAge: whole(own(cors, 'maxAge')),
    });
  }

  /** @param basepath what becomes of the first server's path: `ignore`, `prepend` or `split` */
  operations(basepath: string): Operation[] {
    const prefix = basepath === 'prepend' ? this.#basePath() : '';
    return Object.entries(part(own(this.root, 'paths'))).flatMap(([path, item]) =>
      Object.entries(part(item)).flatMap(([name, value]) => {
        const method = METHODS.get(name);
        if (method === undefined || !isPart(value)) return [];
        const isDefault = path === '$default' || path === '/$default';
        const routeKey = isDefault ? '$default' : `${method} ${prefix}${path}`;
        return [{ routeKey, operation: value }];
      }),
    );
  }

  /** What stands behind an operation, references resolved. */
  integrationOf(operation: Part): Part | undefined {
    const given = own(operation, 'x-amazon-apigateway-integration');
    if (!isPart(given)) return undefined;
    const reference = text(own(given, '$ref'));
    if (reference === undefined) return given;
    const name = /^#\/components\/x-amazon-apigateway-integrations\/(.+)$/.exec(reference)?.[1] ?? '';
    const all = part(own(part(own(this.root, 'components')), 'x-amazon-apigateway-integrations'));
    const referred = own(all, name);
    if (!isPart(referred))
      throw badRequest(`Warnings found during import:\n\tParse issue: ${reference} is missing`);
    return referred;
  }

  /** How an operation is secured: by which scheme, with which scopes. */
  securityOf(operation: Part): { readonly scheme: string; readonly scopes: string[] } | undefined {
    const given = own(operation, 'security') ?? own(this.root, 'security');
    const [first] = list(given)
      .map(part)
      .flatMap((one) => Object.entries(one));
    return first && { scheme: first[0], scopes: texts(first[1]) };
  }

  /** Whether an operation, or the scheme that secures it, asks for signatures. */
  isSigned(operation: Part, scheme: string | undefined): boolean {
    const auth = part(own(operation, 'x-amazon-apigateway-auth'));
    if (/^aws_iam$/i.test(text(own(auth, 'type')) ?? '')) return true;
    const type = text(own(part(own(this.#schemes(), scheme ?? '')), 'x-amazon-apigateway-authtype'));
    return /^awsSigv4$/i.test(type ?? '');
  }

  /** The authorizers of the document, by the names of their schemes. */
  authorizers(): Record<string, Omit<Authorizer, 'AuthorizerId'>> {
    return Object.fromEntries(
      Object.entries(this.#schemes()).flatMap(([Name, scheme]) => {
        const given = own(part(scheme), 'x-amazon-apigateway-authorizer');
        return isPart(given) ? [[Name, authorizerOf(Name, given)]] : [];
      }),
    );
  }

  #schemes(): Part {
    return part(own(part(own(this.root, 'components')), 'securitySchemes'));
  }

  #basePath(): string {
    const [server] = list(own(this.root, 'servers')).map(part);
    const url = text(own(server ?? {}, 'url')) ?? '';
    const path = /^(?:https?:\/\/[^/]+)?(\/.*)$/.exec(url)?.[1] ?? '';
    return path.replace(/\/$/, '');
  }
}

function authorizerOf(Name: string, given: Part): Omit<Authorizer, 'AuthorizerId'> {
  const source = own(given, 'identitySource');
  const sources = Array.isArray(source)
    ? texts(source)
    : (text(source) ?? '').split(',').map((one) => one.trim());
  const jwt = own(given, 'jwtConfiguration');
  return said<Omit<Authorizer, 'AuthorizerId'>>({
    Name,
    AuthorizerType: text(own(given, 'type'))?.toLowerCase() === 'jwt' ? 'JWT' : 'REQUEST',
    AuthorizerUri: text(own(given, 'authorizerUri')),
    AuthorizerCredentialsArn: text(own(given, 'authorizerCredentials')),
    AuthorizerPayloadFormatVersion: payloadVersion(own(given, 'authorizerPayloadFormatVersion')),
    AuthorizerResultTtlInSeconds: whole(own(given, 'authorizerResultTtlInSeconds')),
    EnableSimpleResponses:
      own(given, 'enableSimpleResponses') === undefined
        ? undefined
        : own(given, 'enableSimpleResponses') === true,
    IdentitySource: sources.filter((one) => one !== ''),
    JwtConfiguration: isPart(jwt)
      ? said({ Issuer: text(own(jwt, 'issuer')), Audience: texts(own(jwt, 'audience')) })
      : undefined,
  });
}

/** `responseParameters` of an integration, by status codes. */
export function responseParametersOf(integration: Part): Record<string, Record<string, string>> | undefined {
  const given = own(integration, 'responseParameters');
  if (!isPart(given)) return undefined;
  return Object.fromEntries(
    Object.entries(given).map(([status, mappings]) => [status, textMap(mappings) ?? {}]),
  );
}
