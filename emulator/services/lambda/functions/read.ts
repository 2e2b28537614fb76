import type { LambdaContext, LambdaOperations } from '../context.ts';
import { invalidParameter, functionNotFound } from '../failures.ts';
import { functionArn, readFunctionName } from '../names/name.ts';
import { runtimeVersionArn } from '../runtimes/runtimes.ts';
import { configurationOf, listedConfigurationOf } from './configuration.ts';

type Reading =
  | 'GetFunction'
  | 'GetFunctionConfiguration'
  | 'GetFunctionCodeSigningConfig'
  | 'GetFunctionRecursionConfig'
  | 'GetRuntimeManagementConfig'
  | 'ListFunctions'
  | 'ListVersionsByFunction'
  | 'DeleteFunction';

/** AWS answers at most this many, whatever `MaxItems` asks for. */
const pageSize = 50;

/** What reads functions, lists them and removes one. */
export function readFunctions(context: LambdaContext): Required<Pick<LambdaOperations, Reading>> {
  const { functions } = context;
  return {
    GetFunction(input, call) {
      const reference = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      const record = functions.get(call, reference);
      const { code } = record.deployment.settings;
      return {
        Configuration: configurationOf(call, record, reference.qualifier),
        Code: {
          RepositoryType: 'S3',
          Location: context.downloads.address(call, call.origin, record.name, code),
        },
        ...(Object.keys(record.tags).length === 0 ? {} : { Tags: record.tags }),
        ...(record.reserved === undefined
          ? {}
          : { Concurrency: { ReservedConcurrentExecutions: record.reserved } }),
      };
    },

    GetFunctionConfiguration(input, call) {
      const reference = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      return configurationOf(call, functions.get(call, reference), reference.qualifier);
    },

    /* What tools read of every function; nothing of it can be set yet. */
    GetFunctionCodeSigningConfig(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      return {
        FunctionName: functions.get(call, { name, qualifier: undefined }).name,
        CodeSigningConfigArn: '',
      };
    },
    GetFunctionRecursionConfig(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      functions.get(call, { name, qualifier: undefined });
      return { RecursiveLoop: 'Terminate' };
    },
    GetRuntimeManagementConfig(input, call) {
      const reference = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      const record = functions.get(call, reference);
      return {
        UpdateRuntimeOn: 'Auto',
        FunctionArn: functionArn(call, record.name, '$LATEST'),
        RuntimeVersionArn: runtimeVersionArn(call.region, record.deployment.settings.runtime),
      };
    },

    ListFunctions(input, call) {
      const after = readMarker(input.Marker);
      const all = functions.list(call).filter(({ name }) => after === undefined || name > after);
      const page = all.slice(0, Math.min(input.MaxItems ?? pageSize, pageSize));
      const last = page.at(-1);
      const qualifier = input.FunctionVersion === 'ALL' ? '$LATEST' : undefined;
      return {
        Functions: page.map((record) => listedConfigurationOf(call, record, qualifier)),
        ...(last === undefined || page.length === all.length ? {} : { NextMarker: markerAfter(last.name) }),
      };
    },

    ListVersionsByFunction(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      const record = functions.get(call, { name, qualifier: undefined });
      return { Versions: [listedConfigurationOf(call, record, '$LATEST')] };
    },

    DeleteFunction(input, call) {
      const { name, qualifier } = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      if (qualifier === '$LATEST') {
        throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
      }
      // A version that is not there is no error of its own once the function is (recorded: test_delete_on_nonexisting_version).
      if (functions.find(call, name) === undefined) throw functionNotFound(functionArn(call, name));
      if (qualifier === undefined) {
        functions.delete(call, name);
        context.recycle(call, name, 'deleted');
      }
      return { StatusCode: 204 };
    },
  };
}

const markerAfter = (name: string): string => Buffer.from(JSON.stringify({ after: name })).toString('base64');

function readMarker(marker: string | undefined): string | undefined {
  if (marker === undefined || marker === '') return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(marker, 'base64').toString());
    if (typeof read === 'object' && read !== null && 'after' in read && typeof read.after === 'string') {
      return read.after;
    }
  } catch {
    // What is no marker of ours is refused below.
  }
  throw invalidParameter('The Marker is not valid: use the NextMarker of an answer before.');
}
