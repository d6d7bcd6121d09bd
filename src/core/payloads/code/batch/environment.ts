// Variables that Windows itself sets, as what is known of their values, and Windows paths as words.
import { dynamicWord, mapText, staticWord, type Word } from '../../../model/word.ts';

const user = ['C:/Users/', null] as const;

/** Known pieces by name in lower case. Source: "Recognized environment variables", Windows deployment documentation. */
const variables: Readonly<Record<string, readonly (string | null)[]>> = {
  userprofile: user,
  home: user,
  onedrive: [...user, '/OneDrive'],
  appdata: [...user, '/AppData/Roaming'],
  localappdata: [...user, '/AppData/Local'],
  temp: [...user, '/AppData/Local/Temp'],
  tmp: [...user, '/AppData/Local/Temp'],
  public: ['C:/Users/Public'],
  programdata: ['C:/ProgramData'],
  allusersprofile: ['C:/ProgramData'],
  programfiles: ['C:/Program Files'],
  'programfiles(x86)': ['C:/Program Files (x86)'],
  systemroot: ['C:/Windows'],
  windir: ['C:/Windows'],
  systemdrive: ['C:'],
  homedrive: ['C:'],
  homepath: ['/Users/', null],
  comspec: ['C:/Windows/System32/cmd.exe'],
};

/** What Windows sets a variable to; undefined where it sets none of that name. */
export function windowsVariable(name: string, source: string): Word | undefined {
  const pieces = variables[name.toLowerCase()];
  if (pieces === undefined) return undefined;
  return pieces.includes(null) ? dynamicWord(source, pieces) : staticWord(pieces.join(''));
}

/** The path with slashes, as all else speaks of paths. */
export const windowsPath = (path: Word): Word => mapText(path, (text) => text.replaceAll('\\', '/'));

/** A folder of a Windows drive as Linux sees it: `C:/shop` is `/mnt/c/shop`. Source: "Working across file systems", WSL. */
export const mountedFolder = (folder: Word): Word =>
  mapText(folder, (text, at) =>
    at === 0 ? text.replace(/^([A-Za-z]):\/?/, (_drive, letter: string) => `/mnt/${letter.toLowerCase()}/`) : text,
  );
