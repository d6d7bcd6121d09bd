// ERB: the Ruby code that stands in a template, on the lines on which it stands there.

/** Code between `<%` and `%>`; what is printed (`<%=`) is an expression of its own, text around it is left out. */
export function rubyOfTemplate(template: string): string {
  let code = '';
  let at = 0;
  for (let open = template.indexOf('<%'); open >= 0; open = template.indexOf('<%', at)) {
    code += linesOf(template.slice(at, open));
    const close = template.indexOf('%>', open);
    const inside = template.slice(open + 2, close < 0 ? undefined : close);
    const isCode = !inside.startsWith('#') && !inside.startsWith('%');
    code += isCode ? `${inside.replace(/^[=-]+/, '').replace(/-$/, '')};` : linesOf(inside);
    at = close < 0 ? template.length : close + 2;
  }
  return code;
}

const linesOf = (text: string): string => text.replace(/[^\n]+/g, '');
