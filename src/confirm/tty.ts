// The controlling terminal while guard holds it: opened for itself, raw, read by one reader, given back as it was.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import { isatty, ReadStream, WriteStream } from 'node:tty';

/** What ended the wait for an answer without one. */
export type Interruption = 'interrupted' | 'terminal-lost';

export interface HeldTerminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /** Streams for one prompt. Nothing that was typed before this call ever arrives on `input`. */
  connect(): { readonly input: PassThrough; readonly output: Writable };
  /** Gives the terminal back in the modes it was found in. Calling it again does nothing. */
  release(): void;
}

/** Ctrl-C, Ctrl-D, Ctrl-\ : raw mode makes them plain bytes. */
const refusals = [0x03, 0x04, 0x1c];
/** Ctrl-Z would stop guard alone and leave its launcher waiting for ever. */
const suspend = 0x1a;
const escapeKey = 0x1b;

/**
 * Takes the terminal at `path`. `onInterruption` is called when a key that refuses is pressed or the terminal goes away.
 * Throws where the terminal does not open.
 */
export function holdTerminal(path: string, onInterruption: (reason: Interruption) => void): HeldTerminal {
  const descriptors = [constants.O_RDWR, constants.O_WRONLY].map((mode) => openSync(path, mode | constants.O_NOCTTY));
  const [readable = -1, writable = -1] = descriptors;
  const keyboard = new ReadStream(readable);
  const screen = new WriteStream(writable);
  const lost = () => onInterruption('terminal-lost');
  let prompt: PassThrough | undefined;
  let released = false;

  keyboard.setRawMode(true);
  keyboard.on('error', lost).on('end', lost);
  screen.on('error', lost);
  // What arrives while no prompt is connected is type-ahead: only a refusal in it counts.
  keyboard.on('data', (bytes: Buffer) => {
    if (isRefusal(bytes)) onInterruption('interrupted');
    else prompt?.write(bytes.filter((byte) => byte !== suspend));
  });

  return {
    columns: screen.columns,
    rows: screen.rows,
    write: (text) => void screen.write(text),
    connect() {
      if (isRefusal(drain(path))) onInterruption('interrupted');
      prompt = new PassThrough();
      return { input: prompt, output: outputTo(screen) };
    },
    release() {
      if (released) return;
      released = true;
      prompt = undefined;
      keyboard.removeAllListeners('data');
      // A terminal that hung up has no modes left to restore.
      try {
        keyboard.setRawMode(false);
      } catch {}
      keyboard.destroy();
      screen.destroy();
      // libuv opens a terminal once more for itself and leaves the first descriptor to its caller.
      for (const fd of descriptors) if (isatty(fd)) closeSync(fd);
    },
  };
}

/** A key that refuses is in it; a lone escape is the Esc key, with more behind it it is an arrow or the like. */
const isRefusal = (bytes: Buffer): boolean =>
  bytes.some((byte) => refusals.includes(byte)) || (bytes.length === 1 && bytes[0] === escapeKey);

/**
 * Reads all that waits in the terminal's queue, as tcflush(3) would throw it away. More than 1 MiB is no person typing:
 * it counts as a refusal.
 */
function drain(path: string): Buffer {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
  const chunk = Buffer.alloc(4_096);
  const chunks: Buffer[] = [];
  try {
    for (let reads = 0; reads < 256; reads++) {
      const count = readSync(fd, chunk);
      if (count === 0) return Buffer.concat(chunks);
      chunks.push(Buffer.from(chunk.subarray(0, count)));
    }
    return Buffer.from([refusals[0] ?? 0]);
  } catch {
    // EAGAIN: the queue is empty.
    return Buffer.concat(chunks);
  } finally {
    closeSync(fd);
  }
}

/** A prompt ends its output when it is done; the terminal outlives it. */
function outputTo(screen: WriteStream): Writable {
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      screen.write(chunk);
      done();
    },
  });
  return Object.assign(output, { columns: screen.columns, rows: screen.rows, isTTY: true });
}
