// Names of Perl that say how what follows them is read. Source: perlfunc, perlop.

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Functions of one argument: what stands behind the argument belongs to somebody else. */
export const unary = words(
  `defined ref scalar lc uc lcfirst ucfirst length chr ord int abs sqrt shift pop chdir rmdir readlink quotemeta
  require umask sleep localtime gmtime exists delete each keys values undef caller chroot close closedir fileno hex oct
  log exp lock rand srand stat lstat readdir chomp chop fc rewinddir exit alarm eof`,
);

/** Functions that take nothing. */
export const bare = words('time wait wantarray times fork getppid __SUB__ break');

/** Functions that may have a block in front of their list. */
export const withBlock = words(
  `map grep sort first any all none notall sum max min reduce uniq try catch finally pmap
  capture tee capture_merged capture_stdout capture_stderr system exec lives_ok dies_ok throws_ok timethis`,
);

/** What ends a list of arguments. */
export const endsList =
  /[;)\]}:?]|=>|(?:or|and|xor|if|unless|while|until|foreach|for|x|eq|ne|lt|gt|le|ge|cmp)\b|(?:==|!=|=~|!~|\|\||&&|\/\/|=(?!~)|\.(?!\d)|\*|\||>|,)|$/y;

export const filehandle = /(?:STD(?:OUT|ERR|IN)|[A-Z][A-Z0-9_]*)\b(?!\s*(?:[-,(;.=]|::|=>|$))/y;
