import { invalidParameter, noSuchTopic, notAuthorized } from './failures.ts';
import type { SnsPort } from './port.ts';
import type { Publisher } from './publishing/publish.ts';
import { permitsService } from './topics/store.ts';
import type { Topics } from './topics/store.ts';

/** What other services of the cloud may ask of SNS. */
export function snsPort(topics: Topics, publisher: Publisher): SnsPort {
  return {
    publish(_scope, topicArn, message, cause, caller) {
      if (topicArn.split(':').length < 6) throw invalidParameter('TopicArn');
      const topic = topics.findArn(topicArn);
      if (topic === undefined) throw noSuchTopic();
      if (caller !== undefined && !permitsService(topic, caller)) {
        throw notAuthorized(caller.service, 'SNS:Publish', topicArn);
      }
      return publisher.publish(
        topic,
        {
          message: message.message,
          subject: message.subject,
          structure: message.messageStructure,
          attributes: message.messageAttributes ?? {},
          group: message.groupId,
          deduplication: message.deduplicationId,
        },
        cause,
      );
    },
    exists: (_scope, topicArn) => topics.findArn(topicArn) !== undefined,
    permits(_scope, topicArn, caller) {
      const topic = topics.findArn(topicArn);
      return topic !== undefined && permitsService(topic, caller);
    },
  };
}
