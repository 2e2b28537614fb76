import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ResourceNotFoundException,
  UpdateEventSourceMappingCommand,
  type CreateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { setTimeout } from 'node:timers/promises';
import { patiently } from './patience.ts';

const lambda = new LambdaClient({});

/** Lets Lambda poll a queue or a stream for a function, or brings the mapping that is there into line. */
export async function deployMapping(wanted: CreateEventSourceMappingRequest): Promise<void> {
  const { FunctionName, EventSourceArn, StartingPosition, ...settings } = wanted;
  const { EventSourceMappings: [there] = [] } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName, EventSourceArn }),
  );
  let uuid = there?.UUID;
  // Where reading begins is decided once, when the mapping is made.
  if (uuid !== undefined && there?.StartingPosition !== StartingPosition) {
    await lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }));
    await reached(uuid, undefined);
    uuid = undefined;
  }
  if (uuid === undefined) {
    // A new role's permissions take a while to be known.
    const made = await patiently(/does not have permissions|cannot be assumed|access denied/i, () =>
      lambda.send(new CreateEventSourceMappingCommand(wanted)),
    );
    uuid = made.UUID;
  } else {
    // What is not set goes back to its default.
    const defaults = { FunctionResponseTypes: [], FilterCriteria: {} };
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, ...defaults, ...settings }));
  }
  await reached(uuid ?? '', 'Enabled');
}

/** Waits until a mapping is in a state, or gone. */
async function reached(uuid: string, state: string | undefined): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const now = await lambda
      .send(new GetEventSourceMappingCommand({ UUID: uuid }))
      .catch((error: unknown) => {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        return { State: undefined };
      });
    if (now.State === state) return;
    if (attempt === 300)
      throw new Error(`the mapping ${uuid} is ${now.State ?? 'gone'}, not ${state ?? 'gone'}`);
    await setTimeout(400);
  }
}
