#!/bin/bash
# Fetches PostgreSQL's own regress SQL files, which the SQL oracle test reads. It changes nothing of the system's apt
# configuration: the source package comes through apt with sources, lists and cache in a folder that is removed again.
#
#   scripts/test-setup/sql-regress.sh [DIR]
#
# DIR defaults to ${XDG_CACHE_HOME:-~/.cache}/guard-test/postgres-regress, where the test looks for it.
# Needs a Debian system whose sources have postgresql-15 (bookworm); apt-get and tar.
set -euo pipefail

package=postgresql-15
directory=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/guard-test/postgres-regress}

if compgen -G "$directory/*.sql" >/dev/null; then
  echo "sql-regress: already in $directory"
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
# apt drops its rights to the user _apt for downloads and must be able to write here.
chmod 755 "$scratch"
mkdir -p "$scratch"/{lists/partial,cache/archives/partial,source}

# The repositories this system already trusts and uses, as source repositories.
apt-get indextargets --format '$(ORIGIN)|deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  sed -n 's/^Debian|//p' | sort -u >"$scratch/sources.list"
if ! [ -s "$scratch/sources.list" ]; then
  echo "sql-regress: no Debian repository is known to apt; run 'apt-get update' first" >&2
  exit 1
fi

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
if [ -r "$keyring" ]; then
  sed -i "s|^deb-src |deb-src [signed-by=$keyring] |" "$scratch/sources.list"
fi

apt=(apt-get -qq
  -o "Dir::Etc::SourceList=$scratch/sources.list" -o Dir::Etc::SourceParts=-
  -o "Dir::State::Lists=$scratch/lists" -o "Dir::Cache=$scratch/cache"
  -o APT::Get::List-Cleanup=false -o Acquire::Languages=none -o Acquire::Retries=3)

"${apt[@]}" update
(cd "$scratch/source" && "${apt[@]}" -o APT::Sandbox::User=root source --download-only "$package")

mkdir "$scratch/sql"
tar -xf "$scratch"/source/postgresql-*.orig.tar.* -C "$scratch/sql" --strip-components=5 --wildcards \
  '*/src/test/regress/sql/*.sql'
# Only a whole set reaches the folder: its presence is what the test goes by.
mkdir -p "$directory"
mv "$scratch"/sql/*.sql "$directory/"
echo "sql-regress: $(find "$directory" -name '*.sql' | wc -l) files in $directory"
