// What the tests need beside the packages: a Chromium and, as peers, Debian's Dovecot, Postfix and mail clients.
// Installed through apt as root; their services are not started (policy-rc.d, as Debian defines it for this).
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

const packages = {
  '/usr/sbin/dovecot': ['dovecot-imapd', 'dovecot-lmtpd'],
  '/usr/lib/dovecot/pop3': ['dovecot-pop3d'],
  '/usr/sbin/postfix': ['postfix'],
  '/usr/bin/openssl': ['openssl'],
  '/usr/bin/mutt': ['mutt'],
  '/usr/bin/swaks': ['swaks'],
  '/usr/bin/curl': ['curl'],
  '/usr/bin/s-nail': ['s-nail'],
  '/usr/bin/msmtp': ['msmtp'],
  '/usr/bin/mbsync': ['isync'],
  '/usr/bin/fetchmail': ['fetchmail'],
  '/usr/bin/python3': ['python3'],
  '/usr/bin/chromium': ['chromium'],
  '/usr/sbin/nginx': ['nginx'],
  '/usr/sbin/apache2': ['apache2'],
  '/usr/bin/caddy': ['caddy'],
  '/usr/bin/fail2ban-regex': ['fail2ban'],
  '/usr/lib/python3/dist-packages/systemd': ['python3-systemd'],
  '/usr/sbin/nft': ['nftables'],
  '/usr/sbin/logrotate': ['logrotate'],
  '/usr/bin/systemd-analyze': ['systemd'],
  '/usr/sbin/ip': ['iproute2'],
  '/usr/bin/faketime': ['faketime'],
}

/** Taken where Debian has it: the stories do with the whole Chromium too, in a third more time. */
const welcome = { '/usr/bin/chromium-headless-shell': 'chromium-headless-shell' }

const POLICY = '/usr/sbin/policy-rc.d'

const apt = (args) =>
  spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })

const withoutServices = (run) => {
  const ours = !existsSync(POLICY)
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return run()
  } finally {
    if (ours) rmSync(POLICY)
  }
}

const isInDebian = (name) => apt(['--no-all-versions', 'show', name]).status === 0

const installFromDebian = (needed, also) => {
  apt(['update'])
  const wanted = [...needed, ...also.filter(isInDebian)]
  if (wanted.length === 0) return
  console.log(`Installing from Debian: ${wanted.join(' ')} …`)
  spawnSync('debconf-set-selections', {
    input: 'postfix postfix/main_mailer_type select No configuration\n',
  })
  const install = (names) => apt(['install', '--yes', '--no-install-recommends', ...names])
  withoutServices(() => {
    if (install(wanted).status === 0) return
    // One that cannot be had takes none of the others with it.
    for (const name of wanted) {
      const { status, stderr } = install([name])
      if (status !== 0) console.log(`apt could not install ${name}: ${stderr.trim().split('\n').pop()}`)
    }
  })
}

const playwrightChromium = () => {
  console.log("Installing Playwright's Chromium …")
  const done = spawnSync('npx', ['playwright', 'install', 'chromium'], { encoding: 'utf8' })
  if (done.status !== 0)
    console.log(`Playwright could not install it: ${done.stderr.trim().split('\n').pop()}`)
}

export const prepareMachine = () => {
  const absent = (files) => Object.entries(files).flatMap(([file, names]) => (existsSync(file) ? [] : names))
  const [missing, also] = [absent(packages), absent(welcome)]
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (missing.length + also.length > 0 && isDebianRoot) installFromDebian(missing, also)
  if (!existsSync('/usr/bin/chromium')) playwrightChromium()
}
