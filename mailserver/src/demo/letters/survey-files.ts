// The drawings, tables and pictures that travel with the project's mail.
import { pdf } from '../pdf'
import { csv, xlsx } from '../sheet'

export const drawing = (number: string, title: string) => ({
  filename: `${number}.pdf`,
  contentType: 'application/pdf',
  content: pdf(title, [
    [
      { box: [40, 40, 515, 762], grey: 0.97 },
      { text: title, x: 60, y: 770, size: 18, bold: true },
      { text: 'Ostrava, platform 2. Section through the stair core, 1:50', x: 60, y: 748 },
      { line: [60, 700, 535, 700], width: 1.4 },
      { line: [60, 420, 535, 420], width: 1.4 },
      ...Array.from({ length: 12 }, (_, step) => ({
        line: [180 + step * 18, 420 + step * 20, 198 + step * 18, 420 + step * 20] as const,
      })),
      { text: 'stair core + 400 mm', x: 300, y: 398, size: 9 },
      { text: 'Sheet 1 of 2', x: 60, y: 60, size: 9 },
    ],
    [
      { text: 'Notes', x: 60, y: 770, size: 16, bold: true },
      { text: '1. The stair core moves 400 mm east; grid lines hold.', x: 60, y: 738 },
      { text: '2. Tactile paving follows the new edge.', x: 60, y: 720 },
      { text: '3. Canopy columns C4 to C9 are unchanged.', x: 60, y: 702 },
    ],
  ]),
})

export const levels = {
  filename: 'levels.xlsx',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  content: xlsx('Levels', [
    ['Point', 'Chainage', 'Surveyed', 'Design', 'Difference'],
    ['P2-01', 0, 214.312, 214.3, 0.012],
    ['P2-02', 20, 214.327, 214.32, 0.007],
    ['P2-03', 40, 214.331, 214.34, -0.009],
    ['P2-04', 60, 214.366, 214.36, 0.006],
    ['P2-05', 80, 214.371, 214.38, -0.009],
  ]),
}

export const noiseGrid = {
  filename: 'noise-grid-week-49.csv',
  contentType: 'text/csv',
  content: csv([
    ['day', 'from', 'to', 'position', 'instrument', 'who'],
    ['Mon', '22:00', '06:00', 'Platform 2, east end', 'NTi XL2', 'Mel'],
    ['Tue', '22:00', '06:00', 'Stair core, upper landing', 'NTi XL2', 'Mel'],
    ['Wed', '22:00', '06:00', 'Housing, Nádražní 14, "yard side"', 'Svantek 971', 'Hana'],
    ['Thu', '10:00', '12:00', 'Canopy, column C6', 'NTi XL2', 'Bob'],
  ]),
}

export const picture = (filename: string, content: Buffer) => ({
  filename,
  contentType: 'image/png',
  content,
})
