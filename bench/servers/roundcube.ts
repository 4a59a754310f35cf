// Debian's Roundcube as its users have it: Apache (event), PHP-FPM with opcache, SQLite. Its own configuration
// in a temporary folder; the packaged one is neither read nor changed.
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { MailSystem } from '../../e2e/servers'
import { freePort } from '../../e2e/servers/ports'
import { launch } from '../../e2e/servers/running'

const installed = '/usr/share/roundcube'
const files = '/var/lib/roundcube/public_html'
const phpFpm = () => ['/usr/sbin/php-fpm8.2', '/usr/sbin/php-fpm8.3', '/usr/sbin/php-fpm8.4'].find(existsSync)

/** Why it cannot be measured here, in one line; null when it can. */
export const whyNoRoundcube = (): string | null => {
  if (process.getuid?.() !== 0) return 'Roundcube is started only as root'
  const there = existsSync(installed) && existsSync('/usr/sbin/apache2') && phpFpm()
  return there
    ? null
    : 'not installed: apt install roundcube-core roundcube-sqlite3 php-fpm php-sqlite3 apache2'
}

const settings = (home: string, { imap, submission }: MailSystem) => `<?php
$config = [];
$config['db_dsnw'] = 'sqlite:///${home}/roundcube.db?mode=0640';
$config['imap_host'] = 'tls://127.0.0.1:${imap.port}';
$config['smtp_host'] = 'tls://127.0.0.1:${submission.port}';
$config['smtp_user'] = '%u';
$config['smtp_pass'] = '%p';
$options = ['ssl' => ['verify_peer' => false, 'verify_peer_name' => false]];
$config['imap_conn_options'] = $options;
$config['smtp_conn_options'] = $options;
$config['des_key'] = 'bench-only-key-of-24-chr';
$config['plugins'] = [];
$config['skin'] = 'elastic';
$config['enable_spellcheck'] = false;
$config['temp_dir'] = '${home}/temp';
$config['log_dir'] = '${home}/logs';
`

const pool = (home: string) => `
[global]
error_log = ${home}/php-fpm.log
daemonize = no
[roundcube]
user = www-data
group = www-data
listen = ${home}/php.sock
listen.owner = www-data
pm = static
pm.max_children = 4
env[ROUNDCUBE_CONFIG_DIR] = ${home}/config
php_admin_value[opcache.enable] = 1
`

const modules = [
  'mpm_event',
  'authz_core',
  'dir',
  'mime',
  'proxy',
  'proxy_fcgi',
  'deflate',
  'filter',
  'expires',
]

const site = (home: string, port: number) => `
ServerRoot ${home}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${home}/apache.pid
ErrorLog ${home}/apache.log
User www-data
Group www-data
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
TypesConfig /etc/mime.types
DocumentRoot ${files}
DirectoryIndex index.php
AddOutputFilterByType DEFLATE text/html text/css text/plain application/javascript application/json
ExpiresActive on
ExpiresDefault "access plus 1 week"
<Directory />
  Options FollowSymLinks
  AllowOverride None
  Require all granted
</Directory>
<FilesMatch "\\.php$">
  ExpiresActive off
  SetHandler "proxy:unix:${home}/php.sock|fcgi://localhost/"
</FilesMatch>
`

const lay = (home: string, system: MailSystem, port: number) => {
  const www = Number(execFileSync('id', ['-u', 'www-data'], { encoding: 'utf8' }))
  for (const name of ['config', 'temp', 'logs']) mkdirSync(join(home, name))
  for (const name of ['defaults.inc.php', 'mimetypes.php'])
    symlinkSync(`/etc/roundcube/${name}`, join(home, 'config', name))
  writeFileSync(join(home, 'config', 'config.inc.php'), settings(home, system))
  writeFileSync(join(home, 'php-fpm.conf'), pool(home))
  writeFileSync(join(home, 'apache.conf'), site(home, port))
  const database = new Database(join(home, 'roundcube.db'))
  database.exec(readFileSync(join(installed, 'SQL/sqlite.initial.sql'), 'utf8'))
  database.close()
  for (const name of ['.', 'roundcube.db', 'temp', 'logs']) chownSync(join(home, name), www, www)
  chmodSync(home, 0o755)
}

const answers = async (url: string, output: () => string) => {
  const until = Date.now() + 20_000
  while (Date.now() < until) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((again) => setTimeout(again, 50))
  }
  throw new Error(`Roundcube does not answer at ${url}\n${output()}`)
}

export interface Roundcube {
  url: string
  /** The process groups of PHP and Apache. */
  groups: number[]
  stop(): Promise<void>
}

export const startRoundcube = async (system: MailSystem): Promise<Roundcube> => {
  const home = mkdtempSync(join(tmpdir(), 'posthorn-roundcube-'))
  const port = await freePort()
  lay(home, system, port)
  const php = launch({ command: phpFpm() ?? '', args: ['-F', '-y', join(home, 'php-fpm.conf')] })
  const apache = launch({
    command: '/usr/sbin/apache2',
    args: ['-f', join(home, 'apache.conf'), '-DFOREGROUND'],
  })
  const url = `http://127.0.0.1:${port}/`
  await answers(url, () => php.output() + apache.output())
  return {
    url,
    groups: [php.pid, apache.pid],
    stop: async () => {
      await apache.end('SIGTERM')
      await php.end('SIGTERM')
      rmSync(home, { recursive: true, force: true })
    },
  }
}
