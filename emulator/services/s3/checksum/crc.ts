import { crc32 } from 'node:zlib';

/** A running checksum. */
export interface Running {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

/** CRC-32 as in zip and Ethernet. */
export function runningCrc32(): Running {
  let crc = 0;
  return {
    update(bytes) {
      crc = crc32(bytes, crc);
    },
    digest: () => word(crc),
  };
}

/** CRC-32C (Castagnoli), as in iSCSI (RFC 3720). */
export function runningCrc32c(): Running {
  const table = castagnoliTable();
  let crc = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
    },
    digest: () => word(~crc >>> 0),
  };
}

/** CRC-64/NVME: reflected, polynomial 0xad93d23594c93659. Kept as two 32-bit halves: BigInt is many times slower. */
export function runningCrc64Nvme(): Running {
  const { high, low } = nvmeTable();
  let top = 0xffffffff;
  let bottom = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) {
        const at = (bottom ^ byte) & 0xff;
        bottom = ((bottom >>> 8) | (top << 24)) ^ (low[at] ?? 0);
        top = (top >>> 8) ^ (high[at] ?? 0);
      }
    },
    digest: () => Buffer.concat([word(~top >>> 0), word(~bottom >>> 0)]),
  };
}

function word(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

let castagnoli: Int32Array | undefined;
function castagnoliTable(): Int32Array {
  return (castagnoli ??= Int32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
    return value;
  }));
}

let nvme: { high: Int32Array; low: Int32Array } | undefined;
function nvmeTable(): { high: Int32Array; low: Int32Array } {
  if (nvme !== undefined) return nvme;
  const polynomial = 0x9a6c9329ac4bc9b5n; // 0xad93d23594c93659 reflected
  const high = new Int32Array(256);
  const low = new Int32Array(256);
  for (let index = 0; index < 256; index++) {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    high[index] = Number(BigInt.asIntN(32, value >> 32n));
    low[index] = Number(BigInt.asIntN(32, value));
  }
  return (nvme = { high, low });
}
