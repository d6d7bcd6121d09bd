// File facts: what programs and redirections do to files.
import { describe, expect, test } from '@jest/globals';
import { filesIn } from './listing.ts';

describe('deletion', () => {
  test.each([
    ['rm notes.cfg', 'delete project plain'],
    ['rm -rf services', 'delete project folder recursive'],
    ['rm --recurs --forc services', 'delete project folder recursive'],
    ['rm -r -- services', 'delete project folder recursive'],
    ['rm src/*.ts', 'delete project source many'],
    ['rm -i notes.cfg', 'delete project plain asks'],
    ['yes | rm -i notes.cfg', 'delete project plain'],
    ['sudo rm -rf /etc/nginx', 'delete system folder recursive'],
    ['npx rimraf services', 'delete project folder recursive'],
    ['shred -u orders.csv', 'delete project data'],
    ['find . -name "*.csv" -delete', 'delete project data recursive many'],
    ['find . -type f -delete', 'delete workdir folder many'],
    ['find / -delete', 'delete root folder recursive many'],
    ['find . -name "*.csv" -exec rm {} +', 'delete project data many'],
    ['find . -name "*.csv" | xargs rm -f', 'delete project data many'],
    ['find . -name "*.csv" -print0 | sort -z | xargs -0 rm', 'delete project data many'],
    ['rm $(find . -name "*.pyc")', 'delete project build many'],
    ['find . -regex ".*\\.csv$" -delete', 'delete project data recursive many'],
    ['find . -path ./node_modules -prune -o -name "*.csv" -delete', 'delete project data recursive many'],
    ['rsync -a --delete web/ /srv/shop/', 'delete elsewhere folder recursive many'],
    ['mv ~ /dev/null', 'delete home folder recursive'],
    ['fd -e csv -x rm', 'delete project data many'],
    ['fdupes -dN photos', 'delete project data recursive many'],
    ['cd /tmp/acme && rm -rf *', 'delete temp folder recursive many'],
    ['cd "$(mktemp -d)" && rm -rf work', 'delete temp folder recursive'],
    ['rm "$OUT"', 'delete unknown plain many'],
  ])('%s', (command, expected) => expect(filesIn(command)).toEqual([expected]));
});

describe('what the same line makes', () => {
  test.each([
    'touch orders.cfg && rm orders.cfg',
    'echo hi > orders.cfg; rm orders.cfg',
    'rm orders.cfg && cp default.cfg orders.cfg',
    'rm handler.ts && cat > handler.ts <<EOF\nx\nEOF',
    'gcc -o orders orders.c && ./orders && rm orders',
    'git clone https://github.com/acme/orders && rm -rf orders',
    'curl -O https://acme.com/orders.csv && rm orders.csv',
    'tar xzf orders-1.2.tar.gz && rm -rf orders-1.2',
    'mkdir check && cd check && cd .. && rm -rf check',
    'rm -f image.ppm && ./render && head -c 20 image.ppm',
    "rm report.json && python3 -c \"open('report.json', 'w').write(1)\"",
  ])('%s', (command) =>
    expect(filesIn(command).filter((line) => line.startsWith('delete'))).toEqual([
      expect.stringContaining('recreated'),
    ]),
  );
  test.each([
    'rm -rf data && ./build.sh',
    'mv orders.csv old.csv && rm old.csv',
    'rm orders.cfg && ls',
    'rm orders.csv; echo orders.csv',
    'rm -rf archive && ls archive',
    'python3 make.py && rm orders.csv',
  ])('%s loses it', (command) =>
    expect(
      filesIn(command)
        .filter((line) => line.startsWith('delete'))
        .join(),
    ).not.toContain('recreated'),
  );
});

describe('writing over', () => {
  test.each<[string, string[]]>([
    ['> orders.csv', ['truncate project data']],
    [': > orders.csv', ['truncate project data']],
    ['cat /dev/null > orders.csv', ['truncate project data']],
    ['cp /dev/null orders.csv', ['truncate project data']],
    ['truncate -s 0 orders.csv', ['truncate project data']],
    ["sed -i '/./d' orders.csv", ['truncate project data']],
    ['echo hi > orders.csv', ['overwrite project data']],
    ['(date; ls) > orders.csv', ['overwrite project data']],
    ['dd if=disk.img of=/dev/sdb', ['overwrite device folder']],
    ['ddrescue -f /dev/sda /dev/sdb map', ['overwrite device folder']],
    ['mkfs.ext4 -F /dev/sdb1', ['format device folder']],
    ['mkfs.ext4 disk.img', []],
    ['wipefs /dev/sdb', []],
    ['cp curl /usr/bin/curl', ['overwrite system program']],
    ['mogrify -resize 50% photos/*.jpg', ['overwrite project data many']],
    ['mogrify -path small -resize 50% photos/*.jpg', []],
    ['convert a.png -resize 50% b.png', []],
    ['convert a.png -resize 50% a.png', ['overwrite project data many']],
    ['sed -i s/a/b/ app.cfg', []],
    ['sed -i s/a/b/ .guardrc', ['overwrite project guard']],
    ['echo x >> notes.md', []],
    ['echo x >> .guardrc', ['overwrite project guard']],
    ['mv a.cfg b.cfg', ['overwrite project plain']],
    ['mv ~/.claude/settings.json /srv/x', ['overwrite elsewhere folder', 'delete home-entry guard recursive']],
    ['chmod -R 777 /', ['chmod root folder recursive']],
    ['chmod -R 755 public', []],
    ['chmod +x run.sh', []],
    ['chown -R ada /var/www', []],
  ])('%s', (command, expected) => expect(filesIn(command)).toEqual(expected));
});

describe('nothing is lost', () => {
  test.each([
    'ls -la',
    'rm --help',
    'rmdir orders',
    'find . -type d -empty -delete',
    'find . -type f -empty -exec rm {} +',
    'find . -name "*.csv"',
    'rsync -a web/ /srv/shop/',
    'rsync -an --delete web/ /srv/shop/',
    'echo rm -rf services',
    'truncate -s 10M disk.img',
    'xargs -p rm < list',
    'find . -name "*.csv" -ok rm {} +',
    'tar tf orders.tar',
  ])('%s', (command) => expect(filesIn(command)).toEqual([]));
});
