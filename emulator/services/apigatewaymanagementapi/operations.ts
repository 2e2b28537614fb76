import { ServiceFailure } from '../../service/failure.ts';
import { required } from '../../service/required.ts';
import type { Connection } from '../apigatewayv2/connections/connection.ts';
import { endings } from '../apigatewayv2/connections/connection.ts';
import { LARGEST_MESSAGE } from '../apigatewayv2/connections/limits.ts';
import type { ManagementOperations } from './client.ts';
import type { StagePlace } from './port.ts';

/**
 * What may be asked of the connections of a stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 * @param place undefined: the client was given no address of a stage, and AWS knows nothing of connections elsewhere
 */
export function connectionOperations(place: StagePlace | undefined): ManagementOperations {
  const find = (connectionId: string | undefined): Connection => {
    if (place === undefined) throw new ServiceFailure('ForbiddenException', 'Forbidden');
    const { connections, apiId, stageName } = place;
    const found = connections.find(apiId, stageName, required(connectionId, 'ConnectionId'));
    if (found === undefined) throw gone();
    return found;
  };
  return {
    async PostToConnection({ ConnectionId, Data }) {
      const connection = find(ConnectionId);
      if (Data.length > LARGEST_MESSAGE)
        throw new ServiceFailure('PayloadTooLargeException', 'Message too long');
      const sent = connection.send(Buffer.from(Data).toString('utf8'));
      if (sent === 'gone') throw gone();
      if (sent === 'full') throw new ServiceFailure('LimitExceededException', 'Limit Exceeded');
      await place?.sent();
      return {};
    },
    GetConnection({ ConnectionId }) {
      const { facts, lastActiveAt } = find(ConnectionId);
      return {
        ConnectedAt: new Date(facts.connectedAt),
        Identity: { SourceIp: facts.sourceIp, UserAgent: facts.userAgent ?? '' },
        LastActiveAt: new Date(lastActiveAt),
      };
    },
    DeleteConnection({ ConnectionId }) {
      find(ConnectionId).close(endings.normal);
      return {};
    },
  };
}

/** The connection has ended, was never there, or is not there yet: its `$connect` is still at work. */
const gone = (): ServiceFailure => new ServiceFailure('GoneException', 'Gone');
