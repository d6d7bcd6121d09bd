// INI files (~/.aws/config, my.cnf, pg_service.conf, gcloud configurations): sections of `key = value` lines.
import type { DataReader } from '../model/reader.ts';

export const reader: DataReader = {
  /** `{ section: { key: value } }`; keys before the first section stand under the empty name. Never fails. */
  read(text) {
    const sections: Record<string, Record<string, string>> = {};
    let section = '';
    for (const raw of text.split(/\r?\n/)) {
      const line = raw.trim();
      if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
      if (line.startsWith('[') && line.endsWith(']')) section = line.slice(1, -1).trim();
      else {
        const at = line.indexOf('=');
        const key = (at < 0 ? line : line.slice(0, at)).trim();
        sections[section] = { ...sections[section], [key]: at < 0 ? '' : line.slice(at + 1).trim() };
      }
    }
    return sections;
  },
};
