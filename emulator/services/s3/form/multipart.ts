import { ServiceFailure } from '../../../service/failure.ts';

/** A form as a browser sends it: what stands behind the file is not looked at. */
export interface PostedForm {
  /** By their names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file:
    { readonly name: string; readonly type: string | undefined; readonly bytes: Uint8Array } | undefined;
}

/** More than this many bytes of fields are refused, as on S3. */
const mostFieldBytes = 20 * 1024;

/**
 * Reads `multipart/form-data` (RFC 7578).
 * @throws ServiceFailure `MalformedPOSTRequest`, `MaxPostPreDataLengthExceeded`
 */
export function readForm(contentType: string, body: Uint8Array): PostedForm {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)?.slice(1).find(Boolean);
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (boundary === undefined) throw malformed();
  const fields = new Map<string, string>();
  let size = 0;
  let at = bytes.indexOf(`--${boundary}`);
  if (at < 0) throw malformed();
  for (;;) {
    at += boundary.length + 2;
    if (bytes.subarray(at, at + 2).toString('latin1') === '--') return { fields, file: undefined };
    const headersEnd = bytes.indexOf('\r\n\r\n', at);
    const end = headersEnd < 0 ? -1 : bytes.indexOf(`\r\n--${boundary}`, headersEnd + 2);
    if (headersEnd < 0 || end < 0) throw malformed();
    const headers = bytes.subarray(at, headersEnd).toString('utf8');
    const content = bytes.subarray(Math.min(headersEnd + 4, end), end);
    const name = parameter(headers, 'name');
    if (name === undefined) throw malformed();
    if (name.toLowerCase() === 'file') {
      const type = /^content-type:\s*(.+?)\s*$/im.exec(headers)?.[1];
      return { fields, file: { name: parameter(headers, 'filename') ?? '', type, bytes: content } };
    }
    size += content.length;
    if (size > mostFieldBytes) {
      throw new ServiceFailure(
        'MaxPostPreDataLengthExceeded',
        'Your POST request fields preceding the upload file were too large.',
        { status: 400 },
      );
    }
    fields.set(name.toLowerCase(), content.toString('utf8'));
    at = end + 2;
  }
}

/* Browsers write quotes in names as %22. */
function parameter(headers: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(headers)?.[1];
  return found?.replaceAll('%22', '"');
}

function malformed(): ServiceFailure {
  return new ServiceFailure(
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
    { status: 400 },
  );
}
