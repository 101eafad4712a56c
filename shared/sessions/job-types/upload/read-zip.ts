import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { UnreadableFileError } from "../../reading/errors.ts";

/** What an archive of documentation may hold; each limit is above what real ones need and below what a worker has. */
const maxEntries = 2_000;
const maxEntryBytes = 30 * 1024 * 1024;
const maxTotalBytes = 150 * 1024 * 1024;

export type ZipMember = { path: string; bytes: Uint8Array };

/**
 * The files of an archive, one at a time, in its order. Sizes are counted as bytes come out of the decompressor, so that an
 * archive which lies about them stops at the limit; nothing is written to a disk, and paths are names only.
 * @param name for messages
 * @throws UnreadableFileError for a broken archive and one beyond the limits
 */
export async function* readZip(bytes: Uint8Array, name: string): AsyncGenerator<ZipMember> {
  const zip = await openZip(bytes, name);
  if (zip.entryCount > maxEntries) throw new UnreadableFileError(name, `holds more than ${maxEntries} files.`);
  let totalBytes = 0;
  try {
    for (;;) {
      const entry = await nextEntry(zip);
      if (entry === undefined) return;
      if (entry.fileName.endsWith("/") || isMachineFile(entry.fileName)) continue;
      const member = await readEntry(zip, entry, Math.min(maxEntryBytes, maxTotalBytes - totalBytes), name);
      totalBytes += member.byteLength;
      yield { path: entry.fileName, bytes: member };
    }
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    throw new UnreadableFileError(name, "is a zip archive that is broken.", error);
  } finally {
    zip.close();
  }
}

/** What operating systems put beside the files that a person packed. */
const isMachineFile = (path: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\.git\/)/.test(path);

const openZip = (bytes: Uint8Array, name: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    // The sizes are checked by us and while they are read: `validateEntrySize` is its own second look.
    fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(new UnreadableFileError(name, "is a zip archive that is broken.", error));
    });
  });

const nextEntry = (zip: ZipFile): Promise<Entry | undefined> =>
  new Promise((resolve, reject) => {
    const settle = (entry: Entry | undefined, error?: Error): void => {
      zip.removeAllListeners();
      if (error === undefined) resolve(entry);
      else reject(error);
    };
    zip.once("entry", (entry: Entry) => settle(entry));
    zip.once("end", () => settle(undefined));
    zip.once("error", (error: Error) => settle(undefined, error));
    zip.readEntry();
  });

const readEntry = (zip: ZipFile, entry: Entry, maxBytes: number, name: string): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    if (entry.isEncrypted()) return reject(new UnreadableFileError(name, "is a zip archive with a password."));
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(error);
      const parts: Buffer[] = [];
      let bytes = 0;
      stream.on("data", (part: Buffer) => {
        bytes += part.byteLength;
        if (bytes <= maxBytes) parts.push(part);
        else {
          stream.destroy();
          const mib = Math.floor(maxTotalBytes / 1024 / 1024);
          reject(
            new UnreadableFileError(name, `unpacks to more than ${mib} MiB, or a file in it to more than 30 MiB.`),
          );
        }
      });
      stream.once("end", () => resolve(Buffer.concat(parts, bytes)));
      stream.once("error", reject);
    });
  });

/** Whether the bytes begin like a zip archive (APPNOTE 4.3.7; 4.3.16 for an empty one). */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
