import type { Words } from '../en'
import { counting } from '../plural'

const { many, number } = counting('de')

export const auth: Words['auth'] = {
  pageTitle: 'Anmelden – Posthorn',
  heading: 'Anmelden',
  server: (host) => `bei Ihren E-Mails auf ${host}`,
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
  signIn: 'Anmelden',
  demoHeading: 'Demokonten',
  demoHint: 'Dies ist eine Demo: Wählen Sie ein Konto und sehen Sie sich um.',
  signInAs: (name) => `Weiter als ${name}`,
  missing: { email: 'Geben Sie Ihre E-Mail-Adresse ein.', password: 'Geben Sie Ihr Passwort ein.' },
  capsLock: 'Die Feststelltaste ist aktiviert.',
}

export const errors: Words['errors'] = {
  'signed-out': {
    title: 'Sie sind abgemeldet',
    advice: 'Melden Sie sich wieder an, um fortzufahren. Es ist nichts verloren gegangen.',
  },
  'wrong-password': {
    title: 'E-Mail-Adresse oder Passwort stimmt nicht',
    advice: 'Prüfen Sie beides und versuchen Sie es noch einmal.',
  },
  'too-many-tries': {
    title: 'Zu viele Versuche',
    advice: 'Die Anmeldung ist kurze Zeit gesperrt. Warten Sie eine Minute und versuchen Sie es dann erneut.',
  },
  'bad-request': {
    title: 'Das wurde nicht verstanden',
    advice: 'Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  },
  'forged-request': {
    title: 'Die Anfrage kam nicht von dieser Seite',
    advice: 'Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  },
  'not-found': { title: 'Nicht gefunden', advice: 'Vielleicht wurde es verschoben oder gelöscht.' },
  'message-gone': {
    title: 'Diese Nachricht ist nicht mehr hier',
    advice: 'Sie wurde verschoben oder gelöscht, vielleicht von einem anderen Programm.',
  },
  'mailbox-gone': {
    title: 'Diesen Ordner gibt es nicht mehr',
    advice: 'Er wurde umbenannt oder gelöscht.',
  },
  'mailbox-changed': {
    title: 'Dieser Ordner hat sich auf dem Server geändert',
    advice: 'Er wird neu eingelesen. Versuchen Sie es noch einmal.',
  },
  'folder-exists': {
    title: 'Einen Ordner mit diesem Namen gibt es schon',
    advice: 'Wählen Sie einen anderen Namen.',
  },
  'folder-name': {
    title: 'So kann ein Ordner nicht heißen',
    advice: 'Wählen Sie einen anderen Namen.',
  },
  'not-allowed': {
    title: 'Das dürfen Sie hier nicht',
    advice: 'Wer diesen Ordner freigibt, bestimmt, was damit gemacht werden darf. Es wurde nichts geändert.',
  },
  'label-exists': {
    title: 'Ein Label mit diesem Namen gibt es schon',
    advice: 'Wählen Sie einen anderen Namen.',
  },
  'label-name': {
    title: 'So kann ein Label nicht heißen',
    advice: 'Mailserver speichern nur kurze Namen: Versuchen Sie weniger oder einfachere Buchstaben.',
  },
  'labels-refused': {
    title: 'Dieser Mailserver nimmt in diesem Ordner keine weiteren Labels an',
    advice: 'Es wurde nichts geändert. Bekannte Labels können weiter benutzt werden.',
  },
  'too-large': { title: 'Das ist zu groß', advice: 'So viel nimmt der Server nicht auf einmal an.' },
  'over-quota': {
    title: 'Ihr Postfach ist voll',
    advice: 'Löschen Sie etwas, leeren Sie den Papierkorb und versuchen Sie es noch einmal.',
  },
  'refused-by-server': { title: 'Der Mailserver hat abgelehnt', advice: 'Es wurde nichts geändert.' },
  'server-unreachable': {
    title: 'Der Mailserver ist nicht erreichbar',
    advice:
      'Vielleicht ist er ausgefallen oder startet neu. Es wurde nichts geändert; versuchen Sie es gleich noch einmal.',
  },
  'server-slow': {
    title: 'Der Mailserver braucht zu lange',
    advice: 'Soweit wir wissen, wurde nichts geändert; versuchen Sie es gleich noch einmal.',
  },
  'connection-lost': {
    title: 'Keine Verbindung',
    advice:
      'Prüfen Sie Ihr Netzwerk. Was Sie sehen, bleibt erhalten; es geht weiter, sobald die Verbindung wieder steht.',
  },
  'no-expunge': {
    title: 'Als gelöscht markiert, nicht entfernt',
    advice: 'Dieser Server kann einzelne Nachrichten nicht entfernen, ohne auch andere zu entfernen.',
  },
  'draft-changed': {
    title: 'Dieser Entwurf wurde anderswo geändert',
    advice: 'Wählen Sie in seinem Fenster, mit welcher Fassung es weitergeht. Beide sind gespeichert.',
  },
  'already-sent': {
    title: 'Bereits gesendet',
    advice: 'Die Nachricht ging hinaus, bevor sie aufgehalten werden konnte.',
  },
  'recipients-refused': {
    title: 'Der Server hat einen Empfänger abgelehnt',
    advice: 'Ihre Nachricht bleibt erhalten. Korrigieren Sie die Adresse und senden Sie noch einmal.',
  },
  'sender-refused': {
    title: 'Der Server erlaubt Ihnen nicht, mit dieser Adresse zu schreiben',
    advice:
      'Ihre Nachricht bleibt erhalten. Wählen Sie unter „Von“ einen anderen Absender und senden Sie noch einmal.',
  },
  'address-needs-utf8': {
    title: 'Der Mailserver kann nicht an Adressen senden, die vor dem @ andere Buchstaben als a bis z haben',
    advice: 'Fragen Sie die Person nach einer anderen Adresse oder nehmen Sie diese heraus.',
  },
  'submission-refused': {
    title: 'Nicht gesendet: Der Server hat die Nachricht abgelehnt',
    advice: 'Ihre Nachricht liegt in den Entwürfen.',
  },
  'submission-unreachable': {
    title: 'Noch nicht gesendet: Der Postausgangsserver ist nicht erreichbar',
    advice: 'Ihre Nachricht bleibt erhalten, und es wird wieder versucht.',
  },
  'password-refused': {
    title: 'Das neue Passwort wurde nicht angenommen',
    advice: 'Wählen Sie ein anderes. Das alte gilt weiter.',
  },
  'password-unsure': {
    title: 'Ob das Passwort geändert wurde, hat niemand beantwortet',
    advice:
      'Melden Sie sich mit dem neuen an; gelingt das nicht, gilt das alte weiter. Sonst wurde nichts geändert.',
  },
  'no-room': {
    title: 'Der Webserver hat keinen Platz mehr',
    advice:
      'Nichts wurde geändert, und nichts Gespeichertes ist verloren. Sagen Sie es dem, der ihn betreibt; was Sie schreiben, bleibt in diesem Browser.',
  },
  'server-untrusted': {
    title: 'Dem Mailserver ist nicht zu trauen',
    advice:
      'Sein Zertifikat ist abgelaufen oder nicht seines; deshalb wurde kein Passwort gesendet. Wer ihn betreibt, muss es erneuern; nichts wurde geändert.',
  },
  'too-busy': { title: 'Der Server ist ausgelastet', advice: 'Versuchen Sie es gleich noch einmal.' },
  'too-many-requests': {
    title: 'Das war mehr, als eine Person auf einmal verlangen darf',
    advice: 'Warten Sie eine Minute und versuchen Sie es noch einmal. Nichts ist verloren.',
  },
  internal: {
    title: 'Das ging wegen eines Fehlers in Posthorn nicht',
    advice: 'Es wurde nichts geändert. Mehr steht im Protokoll auf dem Server.',
  },
}

export const shell: Words['shell'] = {
  product: 'Posthorn',
  title: (place, unread) => (unread > 0 ? `(${number(unread)}) ${place} – Posthorn` : `${place} – Posthorn`),
  skipToMessages: 'Zu den Nachrichten springen',
  mailboxes: 'Postfächer',
  folders: 'Ordner',
  roles: {
    inbox: 'Posteingang',
    starred: 'Markiert',
    drafts: 'Entwürfe',
    sent: 'Gesendet',
    archive: 'Archiv',
    junk: 'Spam',
    trash: 'Papierkorb',
  },
  unread: (count) => `${number(count)} ungelesen`,
  newMessage: 'Neue Nachricht',
  openMailboxes: 'Postfächer anzeigen',
  closeMailboxes: 'Postfächer ausblenden',
  expand: (folder) => `Ordner in ${folder} anzeigen`,
  collapse: (folder) => `Ordner in ${folder} ausblenden`,
  account: (address) => `Konto ${address}`,
  contacts: 'Kontakte',
  outbox: 'Postausgang',
  settings: 'Einstellungen',
  signOut: 'Abmelden',
  signOutAnyway: 'Trotzdem abmelden',
  signOutUnsaved:
    'Etwas, das Sie geschrieben haben, ist nur in diesem Browser. Beim Abmelden wird es gelöscht.',
  theme: 'Darstellung',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  notifications: 'Mitteilungen',
  newMail: (count) => many(count, { one: '# neue Nachricht', other: '# neue Nachrichten' }),
  undo: 'Rückgängig',
  undone: 'Rückgängig gemacht',
  nothingToUndo: 'Es gibt nichts rückgängig zu machen',
  retry: 'Erneut versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  resize: 'Breite der Nachrichtenliste ändern',
  search: 'E-Mails durchsuchen',
  searchHint: 'E-Mails, Ordner und Befehle suchen',
  searchFor: (text) => `E-Mails nach „${text}“ durchsuchen`,
  searchMail: 'E-Mails',
  searchClear: 'Suche löschen',
  searchOptions: 'Suchoptionen',
  savedSearches: 'Gespeicherte Suchen',
  editSaved: (name) => `${name} bearbeiten`,
  searchFolders: 'Ordner',
  searchCommands: 'Befehle',
  offline:
    'Keine Verbindung. Was Sie sehen, bleibt erhalten; es geht von selbst weiter, sobald die Verbindung wieder steht.',
  mailServerOffline: 'Der Mailserver ist nicht erreichbar. Es wird weiter versucht …',
  outdated: 'Posthorn wurde aktualisiert. Was Sie gerade schreiben, bleibt erhalten.',
  reload: 'Neu laden',
  reloadsLater: 'Wird neu geladen, sobald alles gesendet und hochgeladen ist.',
  signedOut: 'Sie sind abgemeldet.',
  signIn: 'Anmelden',
  help: 'Tastenkürzel',
  helpGroups: {
    move: 'Bewegen',
    act: 'Mit Nachrichten arbeiten',
    select: 'Auswählen',
    write: 'Schreiben',
    go: 'Wechseln zu',
    app: 'Posthorn',
  },
  helpOff: 'Kürzel mit einer Taste sind in den Einstellungen ausgeschaltet.',
  notFoundTitle: 'Unter dieser Adresse gibt es nichts',
  notFoundAdvice: 'Vielleicht ist der Link alt, oder die Nachricht wurde verschoben.',
  toInbox: 'Zum Posteingang',
}

const messages = (count: number) => many(count, { one: '# Nachricht', other: '# Nachrichten' })

export const settings: Words['settings'] = {
  title: 'Einstellungen',
  pages: {
    appearance: 'Darstellung',
    writing: 'Verfassen',
    identities: 'Identitäten',
    templates: 'Vorlagen',
    folders: 'Ordner',
    labels: 'Labels',
    notifications: 'Benachrichtigungen',
    privacy: 'Datenschutz',
    account: 'Konto',
  },
  back: 'Zurück zu den E-Mails',
  saved: 'Gespeichert',
  language: 'Sprache',
  languageHint: 'Die Sprache Ihres Browsers, solange Sie keine wählen. Die Seite wird neu geladen.',
  languageSystem: 'Wie der Browser',
  theme: 'Farbschema',
  themeHint: 'Hell und Dunkel folgen Ihrem System, solange Sie nichts wählen.',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  density: 'Nachrichtenliste',
  densityHint: 'Wie viel die Liste von jeder Nachricht zeigt.',
  densities: { comfortable: 'Luftig', cosy: 'Mittel', compact: 'Kompakt' },
  densityDetail: { comfortable: 'Drei Zeilen', cosy: 'Zwei Zeilen', compact: 'Eine Zeile' },
  layout: 'Lesebereich',
  layoutHint: 'Wo eine Nachricht auf einem breiten Bildschirm geöffnet wird.',
  layouts: { right: 'Neben der Liste', below: 'Unter der Liste', off: 'Anstelle der Liste' },
  afterwards: 'Nach dem Archivieren, Löschen oder Verschieben',
  afterwardsHint: 'Was geöffnet wird, wenn die offene Nachricht die Liste verlassen hat.',
  afterwardsOf: { next: 'Die nächste Nachricht', previous: 'Die vorige Nachricht', list: 'Die Liste' },
  swipes: { swipeLeft: 'Nach links wischen', swipeRight: 'Nach rechts wischen' },
  swipeHint: 'Was geschieht, wenn Sie eine Nachricht in der Liste mit dem Finger zur Seite schieben.',
  swipeActions: {
    archive: 'Archivieren',
    delete: 'Löschen',
    junk: 'Spam',
    read: 'Gelesen oder ungelesen',
    star: 'Markieren',
    none: 'Nichts',
  },
  shortcuts: 'Kürzel mit einer Taste',
  shortcutsHint: 'Drücken Sie im Postfach ?, um alle zu sehen.',
  folders: {
    hint: 'Ausgeschaltete Ordner bleiben auf dem Server und fehlen nur in der Liste neben Ihren E-Mails.',
    special: 'Besondere Ordner',
    show: (folder) => `${folder} anzeigen`,
    counts: (total, unread) => messages(total) + (unread > 0 ? `, ${number(unread)} ungelesen` : ''),
  },
  labels: {
    hint: 'Ein Label kann an vielen Nachrichten stehen und eine Nachricht viele haben. Andere Mailprogramme sehen sie auch.',
    usual: 'Den meisten Mailprogrammen bekannt, noch nicht benutzt',
    stored: (keyword) => `Gespeichert als ${keyword}`,
    change: 'Bearbeiten',
  },
  notifications: {
    desktop: 'Desktop-Benachrichtigungen',
    desktopHints: {
      default: 'Neue E-Mails melden, während ich etwas anderes tue. Der Browser bittet Sie um Erlaubnis.',
      granted: 'Neue E-Mails melden, während ich etwas anderes tue. Ein Klick öffnet die Nachricht.',
      denied:
        'Dieser Browser erlaubt Posthorn keine Benachrichtigungen. Erlauben Sie sie zuerst in den Einstellungen des Browsers für diese Seite.',
      missing: 'Dieser Browser zeigt Benachrichtigungen nur für Seiten, die über https kommen.',
    },
    sound: 'Ton',
    soundHint: 'Zwei leise Töne bei neuer Post, solange Posthorn geöffnet ist.',
    always: 'Die Zahl der ungelesenen Nachrichten im Posteingang steht immer im Titel des Tabs.',
  },
  privacy: {
    images: 'Externe Bilder',
    imagesHint:
      'Das Laden eines Bildes kann dem Absender verraten, wann Sie lesen. Bilder kommen über diesen Server, nie direkt zu Ihnen.',
    imagePolicies: { ask: 'Jedes Mal fragen', contacts: 'Von Kontakten anzeigen', always: 'Immer anzeigen' },
    allowed: 'Absender, deren Bilder angezeigt werden',
    allowedHint: 'Von diesen Absendern zeigen Sie Bilder immer an. Nie im Spam.',
    blocked: 'Blockierte Absender',
    blockedHint:
      'Ihre neuen Nachrichten werden vom Posteingang in den Spam verschoben, solange Posthorn hier geöffnet ist, und bei Ihrem nächsten Besuch.',
    nobody: { images: 'Noch niemand.', blocked: 'Niemand ist blockiert.' },
    drop: { images: 'Entfernen', blocked: 'Freigeben' },
    receipts: 'Lesebestätigungen',
    receiptsHint:
      'Wenn ein Absender wissen möchte, dass Sie eine Nachricht gelesen haben. Sie werden gefragt, wenn die Bestätigung an jemand anderen ginge.',
    receiptPolicies: {
      ask: 'Mich fragen',
      never: 'Nie senden',
      contacts: 'An Kontakte senden',
      always: 'Immer senden',
    },
  },
}
