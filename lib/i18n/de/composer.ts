import type { Words } from '../en'
import { counting } from '../plural'

const { many, number } = counting('de')

export const composer: Words['composer'] = {
  newMessage: 'Neue Nachricht',
  from: 'Von',
  to: 'An',
  cc: 'Cc',
  bcc: 'Bcc',
  subject: 'Betreff',
  message: 'Nachricht',
  send: 'Senden',
  sending: 'Wird gesendet …',
  minimise: 'Minimieren',
  restore: 'Wiederherstellen',
  maximise: 'Ganze Seite',
  dock: 'Kleines Fenster',
  close: 'Speichern und schließen',
  discard: 'Entwurf verwerfen',
  attachFiles: 'Dateien anhängen',
  dropHere: 'Dateien hier ablegen, um sie anzuhängen',
  formatting: 'Formatierung',
  templates: 'Vorlagen',
  templatesEdit: 'Vorlagen bearbeiten',
  openWriting: 'Geöffnete Nachrichten',

  removeRecipient: (who) => `${who} entfernen`,
  editRecipient: (who) => `${who}, bearbeiten`,
  recipientsOf: (field) => `Empfänger im Feld ${field}`,
  suggestions: 'Vorschläge',
  people: (count) => many(count, { one: '# Person', other: '# Personen' }),
  problems: {
    'no-at': (text) => `„${text}“ ist keine Adresse: Das @ fehlt.`,
    'no-local-part': (text) => `Bei „${text}“ steht nichts vor dem @.`,
    'no-domain': (text) => `Bei „${text}“ steht nichts nach dem @.`,
    'incomplete-domain': (text) =>
      `„${text}“ ist keine vollständige Adresse. Vorher wird die Nachricht nicht gesendet.`,
    'too-long': (text) => `„${text.slice(0, 40)}…“ ist für eine Adresse zu lang.`,
    'odd-character': (text) => `„${text}“ enthält ein Zeichen, das in keiner Adresse stehen kann.`,
  },
  severalProblems: (count) =>
    `${number(count)} Adressen sind nicht vollständig. Vorher wird die Nachricht nicht gesendet.`,
  noRecipients: 'An wen geht die Nachricht? Es gibt noch keinen Empfänger.',

  format: {
    bold: 'Fett',
    italic: 'Kursiv',
    underline: 'Unterstrichen',
    strike: 'Durchgestrichen',
    code: 'Code',
    link: 'Link',
    bulletList: 'Aufzählung',
    numberedList: 'Nummerierte Liste',
    quote: 'Zitat',
    codeBlock: 'Codeblock',
    heading: 'Überschrift',
    rule: 'Linie',
    clear: 'Formatierung entfernen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    left: 'Linksbündig',
    center: 'Zentriert',
    right: 'Rechtsbündig',
    toPlain: 'Nur Text',
    toRich: 'Formatierter Text',
    more: 'Mehr',
  },
  linkAddress: 'Adresse des Links',
  linkApply: 'Übernehmen',
  linkRemove: 'Link entfernen',
  linkBroken: 'Diese Adresse kann nicht geöffnet werden.',

  uploads: {
    region: 'Dateien',
    progress: (done, total) => `${done} von ${total}`,
    remove: (name) => `${name} entfernen`,
    cancel: (name) => `${name} abbrechen`,
    retry: (name) => `${name} noch einmal versuchen`,
    again: 'Erneut versuchen',
    failed: 'Nicht hochgeladen: Die Verbindung brach ab.',
    tooLarge: (limit) => `Größer als die erlaubten ${limit}.`,
    waiting: (count) =>
      many(count, {
        one: 'Die Nachricht geht hinaus, sobald die Datei hochgeladen ist.',
        other: 'Die Nachricht geht hinaus, sobald # Dateien hochgeladen sind.',
      }),
    broken:
      'Eine Datei konnte nicht hochgeladen werden. Versuchen Sie es noch einmal oder entfernen Sie sie.',
  },
  promised: 'Sie schreiben von einem Anhang, aber es ist nichts angehängt.',
  manyVisible: (count) => `${number(count)} Personen sehen die Adressen der anderen.`,
  hideThem: 'Nach Bcc verschieben',
  sendAnyway: 'Trotzdem senden',

  draftSaved: (time) => `Entwurf gespeichert um ${time}`,
  draftSaving: 'Wird gespeichert …',
  draftKept: 'In diesem Browser aufbewahrt',
  draftNotSaved: 'Noch nicht auf dem Server gespeichert. Der Text ist in diesem Browser aufbewahrt.',
  closedSaved: 'Entwurf gespeichert',
  closesLater: 'Der Entwurf schließt sich, sobald seine Dateien hochgeladen sind.',
  discarded: 'Entwurf verworfen',
  undo: 'Rückgängig',
  found: 'In diesem Browser wurde eine angefangene Nachricht gefunden.',
  openFound: 'Weiterschreiben',

  sent: 'Nachricht gesendet',
  planned: (when) => `Wird gesendet: ${when}`,
  sendLater: 'Später senden',
  sentAgain: 'Ihre Nachricht ist wieder geöffnet',
  tooLate: 'Zu spät: Die Nachricht ist schon hinausgegangen.',
  notSent: (why) => `Nicht gesendet: ${why} Ihre Nachricht ist wieder geöffnet.`,
  parked: (subject, why) => `„${subject}“ wurde nicht gesendet: ${why}`,
  unsure: (subject) =>
    `„${subject}“ wurde vielleicht gesendet: Die Verbindung brach ab, bevor der Server es bestätigte.`,
  refused: (who) => `Der Server hat ${who} abgelehnt.`,
  open: 'Öffnen',
  noSubject: '(kein Betreff)',

  attribution: (who, day, time) => `Am ${day} um ${time} schrieb ${who}:`,
  attributionUndated: (who) => `${who} schrieb:`,
  forwarded: 'Weitergeleitete Nachricht',
  forwardedFields: { from: 'Von', date: 'Datum', subject: 'Betreff', to: 'An', cc: 'Cc' },
  quoteFailed: 'Das Original konnte nicht geladen werden und wird deshalb nicht zitiert.',
  draftFailed: 'Dieser Entwurf konnte nicht geöffnet werden.',

  redirect: {
    title: 'Umleiten',
    hint: (subject) =>
      `„${subject}“ geht unverändert weiter, unter dem Namen dessen, der es schrieb. Es steht dabei, dass Sie es weitergegeben haben.`,
    send: 'Umleiten',
    sent: (count) =>
      many(count, { one: 'Nachricht umgeleitet', other: 'Nachricht an # Personen umgeleitet' }),
  },

  attachmentStems: ['anhang', 'anhäng', 'angehäng', 'anbei', 'beigefüg', 'beilieg', 'anlage', 'attach'],
}
