// Packages that are never local modules: nothing is looked up on disk for them.

export const knownPackages: ReadonlySet<string> = new Set(
  `abc aiofiles aiohttp argparse array ast asyncio atexit asyncpg base64 binascii bisect boto3 botocore bs4 builtins bz2
  calendar click cmath codecs collections concurrent configparser contextlib copy csv ctypes cv2 dataclasses datetime
  decimal difflib dis django docker dotenv duckdb email enum errno fabric faker fastapi fcntl filecmp fileinput flask
  flask_sqlalchemy fnmatch fractions ftplib functools gc getopt getpass gettext glob google gql gzip hashlib heapq hmac html
  http httpx importlib inspect invoke io ipaddress itertools jinja2 json keyword kubernetes linecache locale logging lxml lzma
  marshal math matplotlib mimetypes mmap mongoengine motor multiprocessing mysql nltk numpy openai operator optparse os
  pandas paramiko pathlib pathlib2 pdb peewee pexpect pickle PIL platform plumbum posix pprint psutil psycopg psycopg2 pty
  pydantic pyarrow pygame pymongo pymssql pymysql MySQLdb pyodbc pytest queue random re redis requests resource rich runpy
  scipy seaborn secrets select selectors selenium sh shelve shlex shutil signal site six sklearn smtplib socket socketserver
  sqlalchemy sqlite3 sqlmodel ssl stat statistics string struct subprocess sympy sys sysconfig tarfile telnetlib tempfile
  tensorflow termios textwrap threading time timeit tkinter tokenize toml tomllib torch torchvision tortoise tqdm traceback
  transformers tty turtle typer types typing typing_extensions unicodedata unittest urllib urllib2 urllib3 uuid warnings wave
  weakref webbrowser xml xmlrpc yaml zipfile zlib zoneinfo __future__`
    .split(/\s+/)
    .filter((name) => name !== ''),
);
