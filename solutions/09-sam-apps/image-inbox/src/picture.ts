/** What the first bytes of a file tell about a picture. This file knows nothing of AWS. */
export interface Picture {
  readonly type: 'gif' | 'jpeg' | 'png';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** @returns undefined where the bytes are no PNG, GIF or JPEG, or end before its size is told */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readPng(view) ?? readGif(view) ?? readJpeg(view);
}

/** PNG: eight bytes of signature, then the chunk IHDR, which begins with width and height. */
function readPng(view: DataView): Picture | undefined {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452)
    return undefined;
  return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** GIF: the letters GIF8, a version, then width and height, low byte first. */
function readGif(view: DataView): Picture | undefined {
  if (view.byteLength < 10 || view.getUint32(0) !== 0x47494638) return undefined;
  return { type: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** JPEG: segments, each with a marker and its length. One that begins a frame has height and width. */
function readJpeg(view: DataView): Picture | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker < 0xff01) return undefined;
    // C0 to CF begin a frame, but for tables (C4, CC) and an extension (C8).
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker))
      return { type: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  return undefined;
}
