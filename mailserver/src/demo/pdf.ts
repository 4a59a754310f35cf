// Small real PDFs: text and lines on A4, enough for a preview to have something to show (ISO 32000-1, section 7.5).
export type Mark =
  | { text: string; x: number; y: number; size?: number; bold?: boolean }
  | { line: readonly [number, number, number, number]; width?: number }
  | { box: readonly [number, number, number, number]; grey?: number }

const escape = (text: string): string => text.replace(/[\\()]/g, '\\$&')

const draw = (mark: Mark): string => {
  if ('text' in mark) {
    const font = mark.bold ? '/F2' : '/F1'
    return `BT ${font} ${mark.size ?? 11} Tf ${mark.x} ${mark.y} Td (${escape(mark.text)}) Tj ET`
  }
  if ('line' in mark) {
    const [x1, y1, x2, y2] = mark.line
    return `${mark.width ?? 0.6} w ${x1} ${y1} m ${x2} ${y2} l S`
  }
  const [x, y, width, height] = mark.box
  return `${mark.grey ?? 0.92} g ${x} ${y} ${width} ${height} re f 0 g`
}

export const pdf = (title: string, pages: readonly (readonly Mark[])[]): Buffer => {
  const objects: string[] = []
  const add = (body: string): number => objects.push(body)
  const pageNumbers = pages.map((_, index) => 6 + index * 2)
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${pageNumbers.map((n) => `${n} 0 R`).join(' ')}] >>`)
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>')
  add(`<< /Title (${escape(title)}) /Producer (Posthorn demo) >>`)
  for (const [index, marks] of pages.entries()) {
    const content = marks.map(draw).join('\n')
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${7 + index * 2} 0 R ` +
        '/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>',
    )
    add(`<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`)
  }
  let body = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'
  const offsets = objects.map((object, index) => {
    const offset = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + table + trailer, 'latin1')
}
