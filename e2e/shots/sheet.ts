import { readFileSync, writeFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'

interface Sheet {
  /** What lies on it, in order: files of pictures. */
  pictures: readonly string[]
  /** How wide each is, and how many stand beside one another. */
  width: number
  columns: number
  colour: string
}

/** Many pictures on one. */
export const putOnSheet = async (
  browser: Browser,
  file: string,
  { pictures, width, columns, colour }: Sheet,
): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: columns * (width + 8) + 10, height: 1000 } })
  const images = pictures.map(
    (picture) =>
      `<img width="${width}" src="data:image/png;base64,${readFileSync(picture).toString('base64')}">`,
  )
  await page.setContent(
    `<body style="margin:8px;background:${colour};display:grid;grid-template-columns:repeat(${columns},${width}px);gap:8px">${images.join('')}`,
  )
  writeFileSync(file, await page.screenshot({ fullPage: true }))
  await page.close()
}
