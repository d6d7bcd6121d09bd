// YAML as data for core: kubeconfig and other files of the tools that guard looks into.
import { parseDocument } from 'yaml';
import type { DataReader } from '../core/model/reader.ts';

export const reader: DataReader = {
  read(text) {
    const document = parseDocument(text, { schema: 'core', logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    try {
      return document.toJS({ maxAliasCount: 100 });
    } catch {
      // Aliases without an anchor, or more of them than any honest file has.
      return undefined;
    }
  },
};
