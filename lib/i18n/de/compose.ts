import type { LaterWords } from '../en/later'
import { counting } from '../plural'

const { number } = counting('de')

export const compose: LaterWords['compose'] = {
  font: 'Schriftart',
  size: 'Größe',
  colour: 'Farbe',
  marker: 'Hervorhebung',
  usual: { font: 'Serifenlos', size: 'Mittel', ink: 'Übliche Farbe', marker: 'Keine Hervorhebung' },
  fonts: {
    serif: 'Mit Serifen',
    fixed: 'Feste Breite',
    wide: 'Breit',
    narrow: 'Schmal',
    round: 'Rund',
  },
  sizes: { small: 'Klein', large: 'Groß', huge: 'Sehr groß' },
  colours: {
    '#1f2328': 'Schwarz',
    '#6b7280': 'Grau',
    '#b42318': 'Rot',
    '#c2410c': 'Orange',
    '#a16207': 'Ocker',
    '#15803d': 'Grün',
    '#0e7490': 'Petrol',
    '#1d4ed8': 'Blau',
    '#6d28d9': 'Violett',
    '#be185d': 'Rosa',
    '#fef08a': 'Gelb',
    '#bbf7d0': 'Hellgrün',
    '#bfdbfe': 'Hellblau',
    '#fbcfe8': 'Hellrosa',
    '#fed7aa': 'Hellorange',
    '#e5e7eb': 'Hellgrau',
  },
  emoji: 'Emoji',
  table: 'Tabelle',
  newTable: (rows, columns) => `${number(rows)} Zeilen, ${number(columns)} Spalten`,
  tableActs: {
    rowBelow: 'Zeile darunter einfügen',
    columnAfter: 'Spalte dahinter einfügen',
    removeRow: 'Diese Zeile entfernen',
    removeColumn: 'Diese Spalte entfernen',
    removeTable: 'Tabelle entfernen',
  },

  insertPicture: 'Bild einfügen',
  picture: 'Bild',
  pictureSizes: { small: 'Klein', medium: 'Mittel', large: 'Groß', original: 'Originalgröße' },
  pictureText: 'Was es zeigt',
  pictureRemove: 'Entfernen',
  pictureTooLarge: 'Dieses Bild ist zu groß für eine Signatur.',
  attachInstead: 'Stattdessen anhängen',
  putIntoText: (name) => `${name} in den Text setzen`,
  makeSmaller: (size) => `Verkleinern (${size})`,
  makeSmallerOf: (name, size) => `${name} verkleinern, jetzt ${size}`,
  notSmaller: 'Dieses Bild kann nicht verkleinert werden.',
  rename: (name) => `${name} umbenennen`,
  fileName: 'Dateiname',
  moveFile: (name) => `${name}: mit den Pfeiltasten links und rechts verschieben`,
  look: (name) => `${name} ansehen`,

  more: 'Weitere Optionen',
  replyTo: 'Antwort an',
  showReplyTo: 'Antworten an eine andere Adresse',
  priority: 'Priorität',
  priorities: { high: 'Hohe Priorität', normal: 'Normale Priorität', low: 'Niedrige Priorität' },
  receipt: 'Lesebestätigung anfordern',
  notice: 'Zustellbestätigung anfordern',
  wishes: {
    high: 'Hohe Priorität',
    low: 'Niedrige Priorität',
    receipt: 'Bittet um Lesebestätigung',
    notice: 'Bittet um Zustellbestätigung',
    at: (when) => `Wird gesendet: ${when}`,
  },
  dropWish: (wish) => `Zurücknehmen: ${wish}`,

  quoteWaiting: 'Wird gesendet, sobald die ursprüngliche Nachricht da ist.',
  nearDomain: (address, domain) =>
    `„${address}“ ist fast eine Adresse bei ${domain}, das Sie kennen. Ist das so gemeint?`,
  useDomain: (domain) => `In ${domain} ändern`,
  keepDomain: 'So lassen',
  unusual: (who) => `An ${who} haben Sie noch nie geschrieben.`,
  leaveOut: 'Weglassen',
  keepThem: 'Behalten',

  elsewhere: {
    changed:
      'Dieser Entwurf wurde auch in einem anderen Fenster oder auf einem anderen Gerät geändert. Beide Fassungen liegen in den Entwürfen.',
    changedHeld:
      'Noch nicht gesendet: Dieser Entwurf wurde auch in einem anderen Fenster oder auf einem anderen Gerät geändert. Wählen Sie, mit welcher Fassung es weitergeht.',
    gone: 'Dieser Entwurf wurde in einem anderen Fenster oder auf einem anderen Gerät gesendet oder gelöscht. Was Sie hier schreiben, wird als neuer Entwurf gespeichert.',
    goneHeld:
      'Noch nicht gesendet: Dieser Entwurf wurde in einem anderen Fenster oder auf einem anderen Gerät gesendet oder gelöscht. Machen Sie nur weiter, wenn er von hier gesendet werden soll.',
    mine: 'Diese behalten',
    other: 'Die andere nehmen',
    both: 'Beide behalten',
    goOn: 'Hier weiterschreiben',
    drop: 'Diese verwerfen',
  },
}
