import type { Cloud } from '../../../cloud.ts';
import { forbidden } from '../../../gateway/forbidden.ts';
import { Buckets } from '../../../gateway/throttling/buckets.ts';
import type { Door, Site } from '../../../service/site.ts';
import type { ApiGatewayCatalogue } from '../../apigateway/port.ts';
import { addressOf } from '../../apigateway/execution/request/parse.ts';
import { Connections } from '../connections/connections.ts';
import type { ApiGatewayV2Catalogue } from '../port.ts';
import { webSocketDoor } from './connect/door.ts';
import type { Gates } from './gates.ts';
import { Conversation } from './messages/conversation.ts';
import { Observer } from './observe/observe.ts';

/** The data plane of WebSocket APIs. */
export interface WebSocketPlane {
  /** Lets clients connect. */
  readonly door: Door;
  /** Answers plain requests at the addresses of stages: `@connections`. */
  readonly site: Site;
  /** Ends all connections. */
  readonly stop: () => Promise<void>;
}

/** How long what is at work may take to end when the cloud ends, in ms of the host. */
const GRACE = 500;

/** @param catalogue what is served */
export function createWebSocketPlane(cloud: Cloud, catalogue: ApiGatewayV2Catalogue): WebSocketPlane {
  let rest: ApiGatewayCatalogue | undefined;
  const connections = new Connections();
  const gates: Gates = {
    cloud,
    catalogue,
    connections,
    buckets: new Buckets(() => cloud.clock.now()),
    observer: new Observer(cloud),
    rest: () => {
      if (rest === undefined) throw new Error('Nobody has connected yet.');
      return rest;
    },
  };
  const conversation = new Conversation(gates);
  catalogue.onStageChange((apiId, stageName) => {
    if (catalogue.stageOf(apiId, stageName) === undefined) connections.closeStage(apiId, stageName);
  });
  const door = webSocketDoor(gates, async (arrival) => {
    await Promise.resolve();
    return { enter: (upgrade) => conversation.begin(arrival, upgrade) };
  });
  return {
    door: async (visit) => {
      rest ??= (await cloud.port('apigateway')).catalogue;
      return await door(visit);
    },
    site: async (visit) => {
      const address = addressOf(visit.id, visit.head.path);
      const served = catalogue.stageOf(address.apiId, address.stageName);
      if (served === undefined || served.snapshot.definition.disableExecuteApiEndpoint)
        return await forbidden(visit);
      const management = await cloud.port('apigatewaymanagementapi');
      return await management.answer(visit, {
        ...address,
        scope: served.scope,
        connections,
        sent: async () => await gates.observer.message(served, address.apiId, false),
      });
    },
    stop: async () => {
      conversation.end();
      await connections.closeAll();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, GRACE)));
      await Promise.race([conversation.settled(), late]);
      clearTimeout(timer);
    },
  };
}
