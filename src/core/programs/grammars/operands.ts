// Programs whose words are data and never subcommands: paths, patterns, texts, other commands, names of pages. Git is
// among them because its words are read elsewhere, as git facts.
import { program as grammar } from '../program.ts';

const names = `
  awk basename bat cat cd chgrp chmod chown cmp column comm cp csplit curl cut dd df diff dig dirname du echo egrep env
  eza fd ffmpeg fgrep file find fmt fold gawk grep gunzip gzip head help host id info install jq join kill killall less ln
  locate look ls man md5sum mkdir mktemp more mv nl nohup nslookup od open paste patch pgrep ping pkill printf pushd readlink
  realpath rename rev rg rm rmdir scp sed seq sha256sum shuf sort source split stat strings sudo sum tac tail tar tee
  test time timeout tldr touch tr trash trash-put tree truncate tsort type uname uniq unlink unzip vi vim vimdiff wc wget
  whatis whereis which whoami xargs xdg-open yes yq zcat zgrep zip bash sh zsh dash ksh fish node deno ruby perl emacs nano
  command builtin exec eval parallel doas stdbuf setsid nice ionice flock chronic strace busybox ssh sftp su chroot git
  cheat navi howdoi code apropos alias unalias export unset set declare local read return exit trap wait sleep watch say
`;

export const program = grammar({ names, depth: 0 });
