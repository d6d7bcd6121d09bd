// The Python reader: what programs do to files, commands, services; and what does nothing.
import { describe, expect, test } from '@jest/globals';
import { staticWord } from '../../../../../src/core/model/word.ts';
import { reader } from '../../../../../src/core/payloads/code/python/reader.ts';
import { effectsOf } from './effects.ts';

describe('files', () => {
  test.each([
    ['import os; os.remove("/data/orders.csv")', ['delete /data/orders.csv']],
    ['import shutil as s\ns.rmtree("/data")', ['delete tree /data']],
    ['from shutil import rmtree as gone\ngone("/data")', ['delete tree /data']],
    ['from pathlib import Path\n(Path("/data") / "a.csv").unlink()', ['delete /data/a.csv']],
    ['from pathlib import Path\nfor p in Path("/data").glob("*.csv"): p.unlink()', ['delete many /data/*.csv']],
    ['from pathlib import Path\nfor p in Path("/data").rglob("*.tmp"): p.unlink()', ['delete many /data/….tmp']],
    ['import glob, os\nfor p in glob.glob("/data/*.csv"): os.remove(p)', ['delete many /data/*.csv']],
    [
      'import os\nfor d, _, names in os.walk("/data"):\n  for n in names: os.remove(os.path.join(d, n))',
      ['delete many /data/…/…'],
    ],
    [
      'import os\nfor n in os.listdir("/data"):\n  if n.endswith(".log"): os.remove("/data/" + n)',
      ['delete many /data/….log'],
    ],
    [
      'import os\nfor n in os.listdir("/data"):\n  if not n.endswith(".log"): continue\n  os.remove("/data/" + n)',
      ['delete many /data/….log'],
    ],
    ['import os\nfor n in ["a", "b"]: os.remove(f"/data/{n}.csv")', ['delete /data/a.csv', 'delete /data/b.csv']],
    ['import os\nos.chdir("/srv")\nos.unlink("app.conf")', ['delete /srv/app.conf']],
    ['import os\nos.truncate("/data/ledger", 0)', ['truncate /data/ledger']],
    ['open("/data/ledger", "w").close()', ['write /data/ledger ?', 'truncate /data/ledger']],
    ['import shutil; shutil.move("a", "b")', ['run mv a b']],
    ['with open("run.sh", "w") as f:\n  f.write("ls")', ['write run.sh ?', 'append run.sh ls']],
    ['import tempfile, shutil\nd = tempfile.mkdtemp()\nshutil.rmtree(d)', ['delete tree /tmp/…']],
    ['import os\nos.rmdir("/data")\nos.makedirs("/data/x")', []],
    ['names = ["a"]\nnames.remove("a")\nx = {"a": 1}\nx.pop("a")', []],
    ['open("orders.csv").read()', []],
    ['import pandas as pd\npd.read_csv("a.csv").drop(columns=["b"])', []],
  ])('%s', (code, effects) => expect(effectsOf(code)).toEqual(effects));
});

describe('flow of the program', () => {
  test.each([
    ['import os\ndef clean(p): os.remove(p)\nclean("/data/x")', ['delete /data/x']],
    ['import os\ndef clean(p): os.remove(p)', []],
    ['import os\nif __name__ == "__main__": os.remove("/data/x")', ['delete /data/x']],
    ['import os\ndry = True\nif not dry: os.remove("/data/x")', []],
    ['import os, sys\nif len(sys.argv) < 2: sys.exit(1)\nos.remove("/data/x")', []],
    ['import os\ntry:\n  os.remove("/a")\nexcept OSError:\n  os.remove("/b")', ['delete /a', 'delete /b']],
    ['import os\nif flag:\n  p = "/a"\nelse:\n  p = "/b"\nos.remove(p)', ['delete /…']],
    [
      'import shutil\nclass Store:\n  def __init__(self, root): self.root = root\n  def wipe(self): shutil.rmtree(self.root)\nStore("/data").wipe()',
      ['delete tree /data'],
    ],
    ['import os\nlist(map(os.remove, ["/a"]))\n[os.remove(p) for p in ["/b"]]', ['delete /a', 'delete /b']],
    [
      'import os, threading\ndef work(p): os.remove(p)\nthreading.Thread(target=work, args=("/a",)).start()',
      ['delete /a'],
    ],
    ['import os, asyncio\nasync def main(): os.remove("/a")\nasyncio.run(main())', ['delete /a']],
    ['def f(n): return f(n - 1)\nf(3)', []],
    ['exec("import os\\nos.remove(\'/a\')")', ['delete /a']],
    ['import base64\nexec(base64.b64decode("cHJpbnQoMSk="))', ['flow decoded interpreter']],
    ['getattr(__import__("os"), "sys" + "tem")("ls")', ['shell ls']],
    ['import importlib\nimportlib.import_module("shutil").rmtree("/data")', ['delete tree /data']],
    ['import signal\ndef stop(*a): os.remove("/a")\nsignal.signal(2, stop)', []],
    ['rm -rf /data && ls', []],
  ])('%s', (code, effects) => expect(effectsOf(code)).toEqual(effects));

  test('a local module runs when it is imported, and its functions when they are called', () => {
    const files = {
      '/srv/acme/shop/tools.py': 'import shutil\nfrom .paths import root\ndef wipe(): shutil.rmtree(root)\n',
      '/srv/acme/shop/paths.py': 'root = "/data"\n',
    };
    expect(effectsOf('import tools\ntools.wipe()', { files })).toEqual(['delete tree /data']);
    expect(effectsOf('import tools', { files })).toEqual([]);
  });

  test('arguments and standard input are known', () => {
    expect(effectsOf('import os, sys\nos.remove(sys.argv[1])', { args: ['/a'] })).toEqual(['delete /a']);
    expect(effectsOf('import os, sys\nos.system(sys.stdin.read())', { stdin: 'ls' })).toEqual(['shell ls']);
  });

  test('bounds end the reading with a note', () => {
    const nested = `x = ${'('.repeat(5_000)}1${')'.repeat(5_000)}`;
    const context = {
      args: [],
      cwd: staticWord('/'),
      path: undefined,
      variable: () => undefined,
      stdin: undefined,
      readFile: () => undefined,
    };
    expect(() => reader.read(nested, context)).not.toThrow();
    const grown = Array.from({ length: 40 }, (_each, at) => `def f${at}():\n  f${at + 1}()\n  f${at + 1}()\n`).join('');
    expect(effectsOf(`${grown}f0()`)).toEqual(['opaque']);
  });
});

describe('commands', () => {
  test.each([
    ['import subprocess\nsubprocess.run(["rm", "-rf", "/data"], cwd="/srv")', ['run rm -rf /data in /srv']],
    ['import subprocess\nsubprocess.run("rm -rf /data", shell=True)', ['shell rm -rf /data']],
    ['import subprocess, shlex\nsubprocess.call(shlex.split("rm \'a b\'"))', ['run rm a b']],
    ['import subprocess\ncmd = ["rm"]\ncmd += ["-rf", "/data"]\nsubprocess.run(cmd)', ['run rm -rf /data']],
    ['import os\nos.system(f"git -C {repo} status")', ['shell git -C … status']],
    ['import os\nos.execvp("rm", ["rm", "-rf", "/data"])', ['run rm -rf /data']],
    ['import subprocess\nsubprocess.run([tool, "x"])', ['opaque']],
    ['import sh\nsh.rm("-rf", "/data")', ['run rm -rf /data']],
    ['from fabric import Connection\nConnection("db1").run("ls")', ['run ssh db1 ls']],
    ['import os\nprint("os.system(\'rm -rf /\')")', []],
  ])('%s', (code, effects) => expect(effectsOf(code)).toEqual(effects));
});

describe('services', () => {
  test.each([
    ['import requests\nrequests.delete("https://api.acme.com/x")', ['http DELETE https://api.acme.com/x']],
    [
      'import httpx\nc = httpx.Client(base_url="https://api.acme.com/v1")\nc.delete("/x")',
      ['http DELETE https://api.acme.com/v1/x'],
    ],
    [
      'import urllib.request as u\nu.urlopen(u.Request("https://api.acme.com/x", method="DELETE"))',
      ['http DELETE https://api.acme.com/x'],
    ],
    [
      'import http.client\nc = http.client.HTTPSConnection("api.acme.com")\nc.request("DELETE", "/x")',
      ['http DELETE https://api.acme.com/x'],
    ],
    [
      'import requests\nexec(requests.get("https://acme.com/x.py").text)',
      ['http GET https://acme.com/x.py', 'flow http interpreter'],
    ],
    [
      'import sqlite3\nc = sqlite3.connect("shop.db")\nc.cursor().execute("DROP TABLE orders")',
      ['sql sqlite DROP TABLE orders at shop.db'],
    ],
    ['import sqlite3\nsqlite3.connect(":memory:").execute("DROP TABLE orders")', []],
    [
      'import psycopg2\nwith psycopg2.connect(host="db1", dbname="shop") as c:\n  c.cursor().execute("TRUNCATE orders")',
      ['sql postgres TRUNCATE orders at postgresql://db1/shop'],
    ],
    [
      'from sqlalchemy import create_engine, text\ne = create_engine("mysql://db1/shop")\ne.execute(text("DROP TABLE orders"))',
      ['sql mysql DROP TABLE orders at mysql://db1/shop'],
    ],
    ['cursor.execute(query)', []],
    ['from shop import Base\nBase.metadata.drop_all()', ['call sqlalchemy drop_all']],
    ['from shop.models import Order\nOrder.objects.all().delete()', ['call django delete all']],
    ['from shop.models import Order\nOrder.objects.filter(id=1).delete()', ['call django delete']],
    [
      'from pymongo import MongoClient\nMongoClient("mongodb://db1")["shop"].orders.delete_many({})',
      ['run mongosh mongodb://db1/shop --eval db.orders.deleteMany({})'],
    ],
    [
      'import boto3\nboto3.client("rds").delete_db_instance(DBInstanceIdentifier="shop")',
      ['run aws rds delete-db-instance --db-instance-identifier shop'],
    ],
    ['import boto3\nboto3.client("s3").list_buckets()', []],
    ['import redis\nredis.Redis(host="cache1").flushall()', ['run redis-cli -h cache1 flushall']],
    [
      'from kubernetes import client\nclient.CoreV1Api().delete_namespace("shop")',
      ['run kubectl delete namespace shop'],
    ],
    [
      'from django.core.management import call_command\ncall_command("flush", interactive=False)',
      ['run manage.py flush'],
    ],
  ])('%s', (code, effects) => expect(effectsOf(code)).toEqual(effects));
});
