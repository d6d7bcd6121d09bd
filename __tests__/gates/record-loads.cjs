// Preloaded into a program under test: writes every file that it opens or resolves as a module to $GUARD_GATE_LOADS.
const fs = require('node:fs');
const Module = require('node:module');

const loaded = new Set();
const note = (path) => {
  if (typeof path === 'string' || path instanceof URL) loaded.add(String(path).replace(/^file:\/\//, ''));
};

for (const owner of [fs, fs.promises]) {
  for (const name of ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream']) {
    const original = owner[name];
    if (original === undefined) continue;
    owner[name] = function (path, ...rest) {
      note(path);
      return original.call(this, path, ...rest);
    };
  }
}

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (...args) {
  const path = resolveFilename.apply(this, args);
  note(path);
  return path;
};

const target = process.env.GUARD_GATE_LOADS;
process.on('exit', () => fs.writeFileSync(target, JSON.stringify([...loaded])));
