// Texts that hide a command from the parser's tree: bash runs c2 in all of these.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text, not JavaScript templates

export const hidden: readonly (readonly [source: string, code: string])[] = [
  ['c1 2>(c2)', '>(c2'],
  ['c1 2<(c2)', '<(c2'],
  ['c1 12>(c2)', '>(c2'],
  ['c1 {fd}>(c2)', '>(c2'],
  ['exec 3<(c2)', '<(c2'],
  ['x=( $(c2) )y', '$(c2'],
  ['x=($(c2))y', '$(c2'],
  ['x+=( `c2` )z', '`c2'],
  ['c1 "${x:-$\'$(c2)\'}"', '$(c2'],
  ["c1 <<E\n${x:-$'$(c2)'}\nE", '$(c2'],
  ["c1 <<E\n${x:-'$(c2)'}\nE", '$(c2'],
  ["c1 $(( '$(c2)' ))", '$(c2'],
  ["c1 $[ '$(c2)' ]", '$(c2'],
  ["(('$(c2)1'))", '$(c2'],
  ["a['$(c2)']=1", '$(c2'],
  ["x=(['$(c2)']=1)", '$(c2'],
  ["c1 ${a['$(c2)']}", '$(c2'],
  ['x=abc; c1 "${x:\'$(c2)0\'}"', '$(c2'],
  ["[[ 'a[$(c2)]' -eq 0 ]]", '$(c2'],
  ["[[ -v 'a[$(c2)]' ]]", '$(c2'],
  ["let 'a[$(c2)]=1'", '$(c2'],
  ['let "a[\\$(c2)]=1"', '$(c2'],
  ["declare 'a[$(c2)]=1'", '$(c2'],
  ["printf -v 'a[$(c2)]' x", '$(c2'],
  ["test -v 'a[$(c2)]'", '$(c2'],
  ['c1 `c3 \\`c4\\` 2>(c2)`', '>(c2'],
  ['c1 "${x:-"$"(c2)}"', '$(c2'],
  ['c1 "${x:-\'$"(c2)\'}"', '$(c2'],
  ['c1 <<E\n${x:-$"(c2)"}\nE', '$(c2'],
];

export const holes: readonly string[] = hidden.map(([source]) => source);
