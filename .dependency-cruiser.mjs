// The table "who may import whom" of ARCHITECTURE.md, as a rule a machine holds. One entry per room:
// what it may never reach. A room that may reach little is listed by what it may.
const not = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
})
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(app|components|lib|web|cli|mailserver|e2e|bench)/', pathNot: allowed },
})

// What every room on the server may stand on.
const floor = 'config|once|clock|log|own-failure|limits|metrics|files|shutdown|crash-point'

const rules = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('model-is-pure', '^lib/model/', '^lib/model/', 'the shared words know nobody'),
    only('i18n', '^lib/i18n/', '^lib/(i18n|model)/'),
    only('ui-knows-no-mail', '^components/ui/', '^components/ui/'),
    only('components', '^components/(?!ui/)', '^(components|lib/client|lib/model|lib/i18n)/'),
    only('client', '^lib/client/', '^lib/(client|model|i18n)/'),
    only(
      'api-routes',
      '^app/api/',
      '^(app/api|lib/model|lib/server/(auth|actions|endpoint|config|once|log))',
    ),
    only(
      'pages',
      '^app/(?!api/)',
      '^(app|components|lib/model|lib/i18n|lib/client|lib/server/(auth|actions|config|once|log))',
    ),
    only('mail', '^lib/server/mail/', `^(lib/model|lib/server/(mail/|${floor}))`),
    only('html', '^lib/server/html/', `^(lib/model|lib/server/(html/|${floor}))`),
    only('filters', '^lib/server/filters/', `^(lib/model|lib/server/(filters/|${floor}))`),
    only('user', '^lib/server/user/', `^(lib/model|lib/server/(user/|${floor}))`),
    only('events', '^lib/server/events/', `^(lib/model|lib/server/(events/|mail/|${floor}))`),
    only('auth', '^lib/server/auth/', `^(lib/model|lib/i18n|lib/server/(auth/|mail/|user/|${floor}))`),
    only(
      'actions',
      '^lib/server/actions/',
      `^(lib/model|lib/i18n|lib/server/(actions/|auth/vault|mail/|user/|html/|filters/|events/|${floor}))`,
    ),
    only(
      'jobs',
      '^lib/server/jobs/',
      `^(lib/model|lib/i18n|lib/server/(jobs/|auth/vault|actions/|user/|events/|${floor}))`,
    ),
    only('mailserver-stands-alone', '^mailserver/', '^mailserver/'),
    not('root-never-imports-mailserver', '^(app|components|lib|web|cli|e2e|bench|scripts)/', '^mailserver/'),
    not(
      'only-mail-speaks-imap-smtp',
      '^(app|components|lib/(?!server/mail/))',
      'node_modules/(imapflow|nodemailer|mailparser)/',
    ),
    ...['smtp', 'imap', 'pop3', 'managesieve'].map((room) =>
      not(
        `${room}-alone`,
        `^mailserver/src/${room}/`,
        `^mailserver/src/(?!${room}/)(smtp|imap|pop3|managesieve|main)`,
      ),
    ),
    not('tests-use-doors', '^(e2e|bench)/', '^(lib/server|mailserver/src)/'),
    not('ui-and-browser-no-node', '^(components|lib/client|lib/model|lib/i18n)/', '^(node:|lib/server/)'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|dist|data|test-results)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
export default rules
