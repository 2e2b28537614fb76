let second = 0;
let written = '';

/** `23/Nov/2026:11:51:40 +0000` */
export function requestTime(now: number): string {
  const seconds = Math.floor(now / 1000);
  if (seconds !== second) {
    // `Mon, 23 Nov 2026 11:51:40 GMT`
    const [, date = '', month = '', year = '', time = ''] = new Date(now).toUTCString().split(' ');
    second = seconds;
    written = `${date}/${month}/${year}:${time} +0000`;
  }
  return written;
}
