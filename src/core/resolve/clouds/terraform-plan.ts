// Saved plans of Terraform and OpenTofu: which resources a plan deletes or replaces. Only the fields that say so are read.

export interface PlannedLoss {
  /** As Terraform shows it: `module.db.aws_db_instance.orders[0]`. */
  readonly address: string;
  /** Made anew afterwards. */
  readonly replaced: boolean;
}

/** Field numbers. Source: planfile.proto of Terraform, messages Plan, ResourceInstanceChange and Change. */
const fields = { changes: 3, address: 13, change: 9, action: 1 } as const;
const actions: ReadonlyMap<number, 'delete' | 'replace'> = new Map([
  [5, 'delete'],
  [6, 'replace'],
  [7, 'replace'],
]);

/** What applying a plan removes; undefined where the bytes (as Latin-1 text) are no such plan. */
export function plannedLosses(bytes: string): readonly PlannedLoss[] | undefined {
  const plan = messageIn(bytes, 0, bytes.length);
  if (plan === undefined) return undefined;
  const losses: PlannedLoss[] = [];
  for (const change of plan.filter(({ field }) => field === fields.changes)) {
    const resource = messageIn(bytes, change.start, change.end);
    if (resource === undefined) return undefined;
    const inner = resource.find(({ field }) => field === fields.change);
    const action = inner === undefined ? undefined : messageIn(bytes, inner.start, inner.end);
    const meaning = actions.get(action?.find(({ field }) => field === fields.action)?.value ?? 0);
    const address = resource.find(({ field }) => field === fields.address);
    if (meaning === undefined || address === undefined) continue;
    losses.push({ address: bytes.slice(address.start, address.end), replaced: meaning === 'replace' });
  }
  return losses;
}

/** One field of a message: a number, or the place of its bytes. */
interface Field {
  readonly field: number;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** The fields of a message; undefined where the bytes are none. Source: Protocol Buffers, Encoding. */
function messageIn(bytes: string, from: number, to: number): readonly Field[] | undefined {
  const found: Field[] = [];
  let at = from;
  const varint = (): number | undefined => {
    let value = 0;
    for (let shift = 0; shift < 64 && at < to; shift += 7) {
      const byte = bytes.charCodeAt(at);
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  while (at < to) {
    const key = varint();
    if (key === undefined) return undefined;
    const type = key % 8;
    const length = type === 0 ? 0 : type === 1 ? 8 : type === 5 ? 4 : type === 2 ? varint() : undefined;
    const value = type === 0 ? varint() : 0;
    if (length === undefined || value === undefined || at + length > to) return undefined;
    found.push({ field: Math.floor(key / 8), value, start: at, end: at + length });
    at += length;
  }
  return found;
}
