// The version that guard says it is; the build fills it in from package.json.
declare const __GUARD_VERSION__: string | undefined;

export const version: string = typeof __GUARD_VERSION__ === 'string' ? __GUARD_VERSION__ : '0.0.0-source';
