// TOML as data for core: pyproject.toml, Cargo.toml and the task files of other tools.
import { parse } from 'smol-toml';
import type { DataReader } from '../core/model/reader.ts';

export const reader: DataReader = {
  read(text) {
    try {
      return parse(text);
    } catch {
      return undefined;
    }
  },
};
