// Lines in and out: standard input as it arrives, and standard output in few writes.
import { StringDecoder } from 'node:string_decoder';

/** The lines of a stream in batches: what one read brought to its end. The last line needs no newline. */
export async function* lineBatches(input: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest: string[] = [];
  for await (const chunk of input) {
    const [first = '', ...others] = decoder.write(chunk).split('\n');
    rest.push(first);
    if (others.length === 0) continue;
    const last = others.pop() ?? '';
    yield [rest.join(''), ...others];
    rest = [last];
  }
  const end = rest.join('') + decoder.end();
  if (end !== '') yield [end];
}

const flushCharacters = 64 * 1024;
/** A reader that follows the output sees a line no later than this after it is known. */
const flushMilliseconds = 50;

/** Lines on standard output, gathered while they come fast. */
export class LineWriter {
  #waiting = '';
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  async line(text: string): Promise<void> {
    if (this.#waiting === '') this.#begin();
    this.#waiting += `${text}\n`;
    // The timer does not fire while judgements follow each other without a pause, so the clock is asked too.
    const isDue = performance.now() - this.#since >= flushMilliseconds;
    if (isDue || this.#waiting.length >= flushCharacters) await this.flush();
  }

  #begin(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#write(), flushMilliseconds);
  }

  #write(): boolean {
    clearTimeout(this.#timer);
    const text = this.#waiting;
    this.#waiting = '';
    return text === '' || process.stdout.write(text);
  }

  /** Writes what waits, and waits itself where the reader is slower. */
  async flush(): Promise<void> {
    if (!this.#write()) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}
