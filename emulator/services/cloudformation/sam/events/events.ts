import type { SamFailure } from '../failures.ts';
import { EventFailure, invalidResource } from '../failures.ts';
import { isNothing, isObj, isText, said } from '../json.ts';
import type { Made, Source } from '../made.ts';
import type { Work } from '../work.ts';
import { type Event, type Target } from './event.ts';
import { httpRoute } from './http-api.ts';
import { isPolled, polled } from './pull.ts';
import { poolTriggers, skill, subscribedLogs, topicRule } from './push.ts';
import { restRoute } from './rest-api.ts';
import { functionRule, isRule } from './rules.ts';
import { notified } from './s3.ts';
import { subscribed } from './sns.ts';

/** What the `Events` of a function make, and what they add to other resources. */
export function eventsOf(work: Work, source: Source, to: Target): Made[] {
  const events = source.properties['Events'];
  if (isNothing(events)) return [];
  if (!isObj(events)) throw invalidResource(source.id, "Property 'Events' should be a map.");
  const resources: Made[] = [];
  for (const [name, written] of Object.entries(events)) {
    const event = eventOf(source, name, written, to);
    try {
      resources.push(...made(work, event));
    } catch (failure) {
      throw failure instanceof EventFailure ? ofFunction(source, failure) : failure;
    }
  }
  return resources;
}

const ofFunction = (source: Source, failure: EventFailure): SamFailure =>
  invalidResource(source.id, failure.message);

/** @throws SamFailure where it is no event at all */
export function eventOf(source: Source, name: string, written: unknown, to: Target): Event {
  const fail = (reason: string): Error => ofFunction(source, new EventFailure(name, reason));
  if (!isObj(written)) throw fail('Event must be a map.');
  const type = written['Type'];
  if (isNothing(type)) throw fail('Event is missing property: Type.');
  if (!isText(type)) throw fail('Event is missing property: Type.');
  const properties = written['Properties'] ?? {};
  if (!isObj(properties)) throw fail('Properties should be a map.');
  return { name, id: source.id + name, type, properties: said(properties), source, to };
}

function made(work: Work, event: Event): Made[] {
  if (isPolled(event.type)) return polled(work, event);
  if (isRule(event.type)) return functionRule(event);
  switch (event.type) {
    case 'Api':
      return restRoute(work, event);
    case 'HttpApi':
      return httpRoute(work, event);
    case 'SNS':
      return subscribed(work, event);
    case 'S3':
      return notified(work, event);
    case 'CloudWatchLogs':
      return subscribedLogs(work, event);
    case 'IoTRule':
      return topicRule(work, event);
    case 'AlexaSkill':
      return skill(event);
    case 'Cognito':
      return poolTriggers(work, event);
    default:
      throw invalidResource(
        event.source.id,
        `Resource dict has missing or invalid value for field Type. Event Type is: ${event.type}.`,
      );
  }
}
