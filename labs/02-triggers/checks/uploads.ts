import { listed, shown } from '../../wording/wording.ts';
import { evidence, type Context, type LabCheck } from './context.ts';
import { errorLines } from './log-lines.ts';
import { observed } from './traffic.ts';
import { plain, readable } from '../found/table.ts';
import type { Upload } from '../traffic/uploads.ts';

const arrived = ['test-orders', 'upload-permission', 'notification', 'queue', 'worker-mapping'];

const evidenceOf = ({ text }: Context, { key, order, row }: Upload) => [
  ...evidence(text.evidence.file(key), order),
  ...(row === undefined ? [] : evidence(text.evidence.row, readable(row))),
];

const decodedKey: LabCheck = {
  id: 'decoded-key',
  title: (text) => text.decodedKey.title,
  points: 6,
  needs: arrived,
  verifiedOn: ['embedded'],
  hints: (text) => text.decodedKey.hints,
  async run(context) {
    const text = context.text.decodedKey;
    const { hard, big } = observed(context, 'uploads');
    if (big.row === undefined) {
      const lines = [...(await errorLines(context, 'intake')), ...(await errorLines(context, 'worker'))];
      return context.fail({ ...text.nothing(big.key), evidence: [...evidenceOf(context, big), ...lines] });
    }
    if (hard.row === undefined)
      return context.fail({
        ...text.encoded(hard.key),
        evidence: [...evidenceOf(context, hard), ...(await errorLines(context, 'intake'))],
      });
    for (const upload of [big, hard]) {
      const seen = evidenceOf(context, upload);
      const file = plain(upload.row?.file);
      const wrong = file === undefined ? text.noFile : text.otherFile(shown(file));
      context.expect(file, { ...wrong, evidence: seen }).toBe(upload.key);
      for (const member of ['customer', 'amount', 'currency'] as const) {
        const actual = plain(upload.row?.[member]);
        context
          .expect(actual, { ...text.member(member, shown(actual)), evidence: seen })
          .toBe(upload.order[member]);
      }
      const status = plain(upload.row?.status);
      context.expect(status, { ...text.status(shown(status)), evidence: seen }).toBe('placed');
    }
    return undefined;
  },
};

const otherKeys: LabCheck = {
  id: 'other-keys',
  title: (text) => text.otherKeys.title,
  points: 3,
  needs: ['decoded-key'],
  verifiedOn: ['embedded'],
  hints: (text) => text.otherKeys.hints,
  async run(context) {
    for (const upload of observed(context, 'uploads').others)
      if (upload.row !== undefined)
        context.fail({
          ...context.text.otherKeys.arrived(upload.key),
          evidence: evidenceOf(context, upload),
        });
    return Promise.resolve();
  },
};

const invalidFile: LabCheck = {
  id: 'invalid-file',
  title: (text) => text.invalidFile.title,
  points: 2,
  needs: ['decoded-key'],
  verifiedOn: ['embedded'],
  hints: (text) => text.invalidFile.hints,
  async run(context) {
    const text = context.text.invalidFile;
    const { invalid } = observed(context, 'uploads');
    const seen = evidenceOf(context, invalid);
    if (invalid.row !== undefined) context.fail({ ...text.arrived, evidence: seen });
    if (observed(context, 'five').strangers.some((body) => body.includes(invalid.order.orderId)))
      context.fail({ ...text.queued, evidence: seen });
    return Promise.resolve();
  },
};

const noLoop: LabCheck = {
  id: 'no-loop',
  title: (text) => text.noLoop.title,
  points: 3,
  needs: ['test-orders', 'notification'],
  verifiedOn: ['embedded'],
  hints: (text) => text.noLoop.hints,
  async run(context) {
    const { uninvited } = observed(context, 'uploads');
    if (uninvited.length === 0) return Promise.resolve();
    const first = uninvited.slice(0, 3);
    return context.fail({
      ...context.text.noLoop.uninvited(String(uninvited.length), listed(context.text, first)),
      evidence: evidence('ListObjectsV2', uninvited.join('\n')),
    });
  },
};

export const uploadChecks = { decodedKey, otherKeys, invalidFile, noLoop };
