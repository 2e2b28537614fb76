import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { bytesType, routes } from '../names.ts';
import { ask, askSettled } from './answer.ts';
import { apiOf } from './api.ts';
import type { LabCheck } from './context.ts';

const echo: LabCheck = {
  id: 'echo',
  title: (text) => text.echo.title,
  points: 10,
  needs: ['hello'],
  verifiedOn: ['embedded'],
  hints: (text) => text.echo.hints,
  async run(context) {
    const { text } = context;
    if (!apiOf(context).methods.has(routes.echo))
      context.fail({ ...text.echo.missing(routes.echo), expected: routes.echo });
    // Not as JSON.stringify would write it: whoever parses and writes it again changes it.
    const sent = `{ "note":  "${context.nonce('note')}", "큰 수": 12345678901234567890 }`;
    const type = 'application/json; charset=utf-8';
    const answer = await askSettled(context, '/echo', {
      method: 'POST',
      headers: { 'content-type': type, accept: 'application/json' },
      body: sent,
    });
    expectStatus(context, routes.echo, answer, 201);
    const { evidence } = answer;
    context.expect(answer.text, { ...text.echo.changed, evidence }).toBe(sent);
    const got = answer.header('content-type');
    context
      .expect(got?.replaceAll(/\s/g, '').toLowerCase(), { ...text.echo.type(got ?? ''), evidence })
      .toBe(type.replaceAll(/\s/g, ''));
  },
};

const tags: LabCheck = {
  id: 'tags',
  title: (text) => text.tags.title,
  points: 10,
  needs: ['echo'],
  verifiedOn: ['embedded'],
  hints: (text) => text.tags.hints,
  async run(context) {
    const { text } = context;
    const sent = [context.nonce('tag'), context.nonce('tag'), context.nonce('tag')];
    const query = sent.map((tag) => `tag=${tag}`).join('&');
    const answer = await ask(context, `/echo?${query}`, { method: 'POST', body: context.nonce('body') });
    expectStatus(context, routes.echo, answer, 201);
    // Between the gateway and here, several lines of a header may become one: RFC 9110, section 5.3.
    const values = answer.headerValues('x-tag').flatMap((line) => line.split(',').map((tag) => tag.trim()));
    const finding = { expected: sent.join(', '), actual: values.join(', '), evidence: answer.evidence };
    if (values.length === 0) context.fail({ ...text.tags.none, ...finding });
    if (values.length === 1) context.fail({ ...text.tags.one, ...finding });
    context.expect(values, { ...text.tags.other, evidence: answer.evidence }).toEqual(sent);
  },
};

const binary: LabCheck = {
  id: 'binary',
  title: (text) => text.binary.title,
  points: 5,
  needs: ['echo'],
  verifiedOn: ['embedded'],
  hints: (text) => text.binary.hints,
  async run(context) {
    const { text } = context;
    // No text in UTF-8 has these bytes.
    const random = Array.from({ length: 24 }, () => context.integer(0, 255));
    const sent = Buffer.from([0x89, 0xff, 0x00, 0xc3, 0x28, ...random]);
    const answer = await ask(context, '/echo', {
      method: 'POST',
      headers: { 'content-type': bytesType, accept: bytesType },
      body: sent,
    });
    expectStatus(context, routes.echo, answer, 201);
    if (sent.equals(answer.bytes)) return;
    const finding = {
      expected: sent.toString('hex'),
      actual: Buffer.from(answer.bytes).toString('hex'),
      evidence: answer.evidence,
    };
    const stillEncoded = answer.text === sent.toString('base64');
    context.fail({ ...(stillEncoded ? text.binary.stillEncoded : text.binary.damaged), ...finding });
  },
};

export const echoChecks = { echo, tags, binary };
