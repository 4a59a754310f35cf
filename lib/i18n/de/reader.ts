import type { Words } from '../en'
import { counting } from '../plural'

const { many, number } = counting('de')
const listed = (names: readonly string[]): string => new Intl.ListFormat('de').format(names)

type Reader = Words['reader']

const retry = 'Sie können es später noch einmal senden.'

const bounce: Reader['bounce'] = {
  label: 'Zustellbericht',
  failed: 'Ihre Nachricht wurde nicht zugestellt',
  delayed: 'Ihre Nachricht ist noch nicht angekommen',
  subject: (subject) => `Ihre Nachricht: ${subject}`,
  details: 'Einzelheiten',
  waiting: 'Der Server versucht es weiter; Sie müssen nicht noch einmal senden.',
  reasons: {
    'no-such-address': {
      why: 'Diese Adresse gibt es dort nicht.',
      advice: 'Prüfen Sie die Schreibweise und senden Sie noch einmal.',
    },
    'mailbox-full': { why: 'Das Postfach ist voll.', advice: retry },
    'mailbox-closed': {
      why: 'Das Postfach nimmt keine E-Mails an.',
      advice: 'Fragen Sie nach einer anderen Adresse.',
    },
    'too-large': {
      why: 'Die Nachricht ist zu groß für dieses Postfach.',
      advice: 'Senden Sie sie mit kleineren Anhängen.',
    },
    unreachable: { why: 'Der Server dieser Adresse war nicht erreichbar.', advice: retry },
    content: {
      why: 'Der andere Server konnte mit der Nachricht, wie sie war, nichts anfangen.',
      advice: 'Senden Sie sie noch einmal als reinen Text oder ohne Anhänge.',
    },
    policy: {
      why: 'Der andere Server hat die Nachricht nach seinen Regeln abgelehnt.',
      advice: 'Seine Antwort steht in den Einzelheiten; wer Ihren Mailserver betreibt, kann helfen.',
    },
    unknown: {
      why: 'Der andere Server hat keinen klaren Grund genannt.',
      advice: 'Seine Antwort steht in den Einzelheiten.',
    },
  },
}

const every = (one: string, unit: string) => (interval: number) =>
  interval === 1 ? one : `alle ${number(interval)} ${unit}`

const invitation: Reader['invitation'] = {
  label: 'Einladung',
  noTitle: '(kein Titel)',
  methods: {
    request: 'Einladung',
    cancel: 'Abgesagt',
    reply: 'Antwort',
    counter: 'Andere Zeit vorgeschlagen',
    declinecounter: 'Ihr Vorschlag wurde nicht angenommen',
    publish: 'Termin',
  },
  organiser: (name) => `Organisiert von ${name}`,
  invitedAs: (address) => `Sie sind eingeladen als ${address}`,
  answers: {
    accepted: (name) => `${name} sagt zu`,
    tentative: (name) => `${name} kommt vielleicht`,
    declined: (name) => `${name} sagt ab`,
    other: (name) => `${name} hat sich nicht entschieden`,
  },
  download: '.ics herunterladen',
  repeats: 'wiederholt sich',
  every: {
    day: every('jeden Tag', 'Tage'),
    week: every('jede Woche', 'Wochen'),
    month: every('jeden Monat', 'Monate'),
    year: every('jedes Jahr', 'Jahre'),
  },
  onDays: (days) => ` am ${days}`,
  onWorkdays: ' von Montag bis Freitag',
  onThe: (which, day) => ` am ${which} ${day}`,
  ordinals: { 1: 'ersten', 2: 'zweiten', 3: 'dritten', 4: 'vierten', [-1]: 'letzten' },
  accept: 'Zusagen',
  maybe: 'Vielleicht',
  decline: 'Absagen',
  yourAnswer: 'Ihre Antwort',
  said: {
    accepted: 'Sie haben zugesagt',
    tentative: 'Sie haben „Vielleicht“ gesagt',
    declined: 'Sie haben abgesagt',
    none: '',
  },
  sent: { accepted: 'Zugesagt', tentative: 'Geantwortet: vielleicht', declined: 'Abgesagt' },
  sentTo: (what, organiser) => `${what}. ${organiser} wird benachrichtigt.`,
  answering: 'Einladung beantworten',
  newer: {
    request: 'Eine spätere Nachricht ändert diese Einladung.',
    cancel: 'Eine spätere Nachricht sagt diesen Termin ab.',
  },
  showNewer: 'Öffnen',
  mail: {
    subject: {
      accepted: (title) => `Zugesagt: ${title}`,
      tentative: (title) => `Vielleicht: ${title}`,
      declined: (title) => `Abgesagt: ${title}`,
    },
    text: {
      accepted: (name, title) => `${name} nimmt die Einladung „${title}“ an.`,
      tentative: (name, title) => `${name} kommt vielleicht zu „${title}“.`,
      declined: (name, title) => `${name} lehnt die Einladung „${title}“ ab.`,
    },
  },
  times: (count) => (count === 1 ? ', einmal' : `, ${number(count)}-mal`),
  until: (date) => ` bis ${date}`,
}

const preview: Reader['preview'] = {
  kinds: {
    image: 'Bild',
    pdf: 'PDF',
    sheet: 'Tabelle',
    document: 'Dokument',
    slides: 'Präsentation',
    archive: 'Archiv',
    audio: 'Ton',
    video: 'Film',
    calendar: 'Kalender',
    contact: 'Kontakt',
    mail: 'Nachricht',
    page: 'Webseite',
    text: 'Text',
    program: 'Programm',
    other: 'Datei',
  },
  saysIs: (said, really) => `Nennt sich ${said}, ist aber: ${really}`,
  isProgram: 'Das ist ein Programm',
  look: (name) => `Vorschau von ${name}`,
  openTab: (name) => `${name} in einem neuen Tab öffnen`,
  more: (name) => `Mehr zu ${name}`,
  show: 'Vorschau',
  tab: 'In neuem Tab öffnen',
  download: 'Herunterladen',
  all: 'Alle herunterladen',
  write: 'Neue Nachricht mit dieser Datei',
  close: 'Vorschau schließen',
  previous: 'Vorige Datei',
  next: 'Nächste Datei',
  failed: 'Diese Datei konnte nicht gelesen werden.',
  none: 'Von dieser Datei lässt sich nichts anzeigen. Sie kann heruntergeladen werden.',
  cut: 'Nur der Anfang wird angezeigt. Laden Sie die Datei herunter, um alles zu sehen.',
  innerBody: 'Text der angehängten Nachricht',
  email: 'E-Mail',
  phone: 'Telefon',
  address: 'Anschrift',
  web: 'Web',
  birthday: 'Geburtstag',
  note: 'Notiz',
}

const sender: Reader['sender'] = {
  card: (name) => `Über ${name}`,
  contact: 'In Ihren Kontakten',
  collected: 'An diese Adresse haben Sie geschrieben',
  blockedMark: 'Blockiert',
  add: 'Zu Kontakten hinzufügen',
  added: (name) => `${name} ist in Ihren Kontakten`,
  remove: 'Aus Kontakten entfernen',
  removed: (name) => `${name} wurde aus Ihren Kontakten entfernt`,
  write: 'Nachricht schreiben',
  find: 'E-Mails dieses Absenders suchen',
  copy: 'Adresse kopieren',
  copied: 'Adresse kopiert',
  images: 'Bilder immer anzeigen',
  imagesStop: 'Bilder nicht mehr anzeigen',
  imagesOn: (address) => `Bilder von ${address} werden immer angezeigt`,
  imagesOff: (address) => `Bilder von ${address} werden blockiert`,
  block: 'Absender blockieren',
  blocked: (address) => `Blockiert. Neue E-Mails von ${address} kommen in den Spam.`,
  blockedNote: (address) => `Sie haben ${address} blockiert. Neue E-Mails von dort kommen in den Spam.`,
  unblock: 'Absender freigeben',
  unblocked: (address) => `${address} ist nicht mehr blockiert`,
}

const trust: Reader['trust'] = {
  verified: 'Verifiziert',
  verifiedWhy: (domain) => `Ihr Mailserver bestätigt, dass diese Nachricht von ${domain} gesendet wurde.`,
  pretends: (address) => `Der Absender nennt sich ${address}, aber das ist nicht seine Adresse.`,
  like: (domain, known) =>
    `Diese Nachricht kam von ${domain}. Das sieht aus wie ${known}, ist aber eine andere Domain.`,
  strange: (domain) =>
    `Die Adresse des Absenders verwendet Buchstaben, die anderen gleichen. In Wahrheit ist es ${domain}.`,
  answersTo: (address) => `Antworten gehen an ${address}, nicht an den Absender.`,
  first: 'Erste Nachricht',
  firstWhy: 'In Posteingang und Archiv gibt es keine frühere E-Mail von dieser Adresse.',
}

const link: Reader['link'] = {
  warning: (host, said) => `Führt zu ${host}, nicht zu ${said}`,
  title: (host) => `Dieser Link führt zu ${host}`,
  asks: (said) => `Sein Text nennt ${said}. Öffnen Sie ihn nur, wenn Sie dem wirklichen Ziel vertrauen:`,
  open: (host) => `${host} öffnen`,
  stay: 'Hier bleiben',
  close: 'Abbrechen',
}

const receipt: Reader['receipt'] = {
  asks: 'Der Absender möchte wissen, dass Sie dies gelesen haben.',
  asksFor: (addresses) => `Sie werden gebeten, ${addresses} mitzuteilen, dass Sie dies gelesen haben.`,
  send: 'Bestätigung senden',
  refuse: 'Nicht senden',
  sent: 'Die Lesebestätigung ist gesendet',
  sentBySetting: (addresses) =>
    `${addresses} erfährt, dass Sie dies gelesen haben, wie in den Einstellungen gewählt.`,
  answering: 'Auf den Wunsch nach einer Lesebestätigung antworten',
  label: 'Lesebestätigung',
  outcomes: {
    read: (who) => `${who} hat Ihre Nachricht geöffnet`,
    deleted: (who) => `${who} hat Ihre Nachricht gelöscht, ohne sie zu öffnen`,
    refused: (who) => `${who} sagt nicht, ob Ihre Nachricht geöffnet wurde`,
    handled: (who) => `${who} hat Ihre Nachricht bearbeitet`,
  },
  subject: (subject) => `Ihre Nachricht: ${subject}`,
  meaning:
    'Sie wurde auf einem Bildschirm angezeigt. Ob sie gelesen oder verstanden wurde, kann eine Lesebestätigung nicht sagen.',
  mail: {
    subject: (subject) => `Gelesen: ${subject || '(kein Betreff)'}`,
    text: (who, subject) =>
      `Ihre Nachricht${subject ? ` „${subject}“` : ''} an ${who} wurde auf einem Bildschirm angezeigt.\n\nDas sagt nicht, dass sie gelesen oder verstanden wurde.\n`,
  },
}

export const reader: Reader = {
  message: 'Nachricht',
  actions: 'Aktionen für die Nachricht',
  body: 'Text der Nachricht',
  bodyOf: (who, time) => `Text der Nachricht, ${who}, ${time}`,
  back: 'Zurück zur Liste',
  position: (index, total) => `${index} von ${total}`,
  noSubject: '(kein Betreff)',
  noSender: '(kein Absender)',
  me: 'mich',
  toLine: (names) => `an ${names}`,
  toNobody: 'an ungenannte Empfänger',
  andMore: (names, more) => `${names} und ${number(more)} weitere`,
  showDetails: 'Einzelheiten anzeigen',
  hideDetails: 'Einzelheiten ausblenden',
  fields: {
    from: 'Von',
    sender: 'Gesendet von',
    replyTo: 'Antworten an',
    to: 'An',
    cc: 'Cc',
    bcc: 'Bcc',
    date: 'Datum',
    size: 'Größe',
    id: 'Message-ID',
    list: 'Mailingliste',
    receipt: 'Wünscht eine Lesebestätigung',
    delivery: 'Wünscht einen Zustellbericht',
  },
  allOf: (count) => `Alle ${count} anzeigen`,
  starred: 'Markiert',
  answered: 'Sie haben geantwortet',
  forwarded: 'Sie haben dies weitergeleitet',
  blocked: (count, trackers) =>
    [
      many(count, { one: '# externes Bild blockiert', other: '# externe Bilder blockiert' }),
      trackers.length > 0
        ? `darunter ${trackers.length === 1 ? 'ein Tracker' : 'Tracker'} von ${listed(trackers)}`
        : '',
    ]
      .filter(Boolean)
      .join(', '),
  blockedWhy: 'Der Absender würde erfahren, dass Sie dies lesen.',
  showImages: 'Bilder anzeigen',
  imagesMore: 'Mehr zu Bildern',
  alwaysFrom: (address) => `Bilder von ${address} immer anzeigen`,
  alwaysContacts: 'Bilder von Kontakten immer anzeigen',
  imageSettings: 'Einstellungen zu Bildern',
  attachments: 'Anhänge',
  attachmentCount: (count, size) => `${many(count, { one: '# Datei', other: '# Dateien' })}, ${size}`,
  reply: 'Antworten',
  replyAll: 'Allen antworten',
  forward: 'Weiterleiten',
  replyList: 'An Liste antworten',
  listArchive: 'Archiv der Liste',
  more: 'Mehr',
  editAsNew: 'Als neu bearbeiten',
  print: 'Drucken',
  printed: 'Zu druckende Nachricht',
  lightPaper: 'In hellen Farben anzeigen',
  darkPaper: 'In dunklen Farben anzeigen',
  source: 'Quelltext anzeigen',
  loading: 'Nachricht wird geöffnet',
  empty: 'Wählen Sie eine Nachricht, um sie hier zu lesen',
  emptyAdvice: 'Oder drücken Sie j für die nächste.',
  failed: 'Diese Nachricht konnte nicht geöffnet werden',
  bodyFailed: 'Der Text dieser Nachricht konnte nicht geladen werden.',
  bodyEmpty: 'Diese Nachricht hat keinen Text.',
  bodyIsSource: 'Diese Nachricht war nicht zu entziffern. Unten steht, woraus sie besteht.',
  bodyIsStart: 'Diese Nachricht ist sehr lang. Ihr Anfang wird angezeigt.',
  bodyIsPart: 'Diese Nachricht ist zu groß oder zu verschachtelt, um ganz angezeigt zu werden.',
  showAllOfIt: 'Alles anzeigen',
  downloadWhole: 'Nachricht herunterladen',
  retry: 'Erneut versuchen',
  continueDraft: 'Weiterschreiben',
  draftNote: 'Diese Nachricht wurde nicht gesendet.',
  bounce,
  invitation,
  link,
  receipt,
  sender,
  trust,
  unsubscribe: {
    action: 'Abbestellen',
    title: 'Diese Liste abbestellen?',
    asks: (host) => `${host} wird gebeten, Ihnen keine solchen Nachrichten mehr zu senden.`,
    close: 'Abbrechen',
    done: 'Abbestellt',
    failed:
      'Die Liste hat es nicht angenommen. In ihren Nachrichten steht vielleicht ein Link zum Abbestellen.',
  },
  preview,
  showHistory: 'Frühere Nachrichten anzeigen',
  look: {
    asText: 'Als reinen Text anzeigen',
    asHtml: 'Als HTML anzeigen',
    fixed: 'Schrift mit fester Breite',
    usual: 'Übliche Schrift',
  },
  protection: {
    kinds: { openpgp: 'OpenPGP', smime: 'S/MIME' },
    signed: (kind) => `Mit ${kind} signiert. Die Signatur wird hier nicht geprüft.`,
    encrypted: (kind) => `Mit ${kind} verschlüsselt. Hier kann das noch nicht gelesen werden.`,
  },
  toSelection: (count) => `${count} Nachrichten ausgewählt`,
}
