// YAML as data for core: kubeconfig and other files of the tools that guard looks into.
import { parseDocument } from 'yaml';
import type { DataReader } from '../core/model/reader.ts';

export const reader: DataReader = {
  read(text) {
    const document = parseDocument(text, { schema: 'core', logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  },
};
