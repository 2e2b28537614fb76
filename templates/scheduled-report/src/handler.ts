import { paginateListObjectsV2, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { reportKey, reportOn, type File, type Report } from './report.ts';

const s3 = new S3Client({});
const Bucket = process.env.BUCKET_NAME;

/**
 * EventBridge Scheduler calls this at its time, whether anything has happened or not.
 * @param time as the schedule's input says it; without it, the report is for now
 */
export const handler = async ({ time }: { readonly time?: string }): Promise<Report> => {
  const report = reportOn(await incoming(), time ?? new Date().toISOString());
  await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: reportKey(report.time),
      Body: `${JSON.stringify(report, null, 2)}\n`,
      ContentType: 'application/json',
    }),
  );
  console.info(report);
  return report;
};

/** All of them: one page of a listing has a thousand at most. */
async function incoming(): Promise<File[]> {
  const files: File[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket, Prefix: 'incoming/' },
  ))
    for (const { Key = '', Size = 0, LastModified = new Date(0) } of Contents)
      files.push({ key: Key, size: Size, changed: LastModified });
  return files;
}
