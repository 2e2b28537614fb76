import {
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  paginateListEventSourceMappings,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import { answers, ifThere, type Removal } from './removal.ts';

/** A function with its versions, aliases and permissions; its event source mappings would outlive it. */
export const removal: Removal = {
  async there(pool, name) {
    const lambda = await pool.load('lambda');
    return answers(lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })));
  },
  async remove(pool, name) {
    const client = await pool.load('lambda');
    for await (const page of paginateListEventSourceMappings({ client }, { FunctionName: name }))
      for (const { UUID } of page.EventSourceMappings ?? [])
        await ifThere(client.send(new DeleteEventSourceMappingCommand({ UUID })));
    await ifThere(client.send(new DeleteFunctionCommand({ FunctionName: name })));
  },
  async *list(pool) {
    for await (const page of paginateListFunctions({ client: await pool.load('lambda') }, {}))
      for (const { FunctionName } of page.Functions ?? []) yield FunctionName;
  },
};
