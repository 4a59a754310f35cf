// Small real PNGs, drawn point by point (W3C PNG, third edition): a plan drawing and a photograph's stand-in.
import { crc32, deflateSync } from 'node:zlib'

type Colour = readonly [number, number, number]

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
  const frame = Buffer.alloc(8 + body.length)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), 4 + body.length)
  return frame
}

export const png = (width: number, height: number, colourAt: (x: number, y: number) => Colour): Buffer => {
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colourAt(x, y), y * (1 + width * 3) + 1 + x * 3)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = deflateSync(rows, { level: 9 })
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

const paper: Colour = [250, 249, 246]
const ink: Colour = [44, 52, 66]
const red: Colour = [196, 62, 44]
const grid: Colour = [226, 228, 230]

interface Wall {
  x1: number
  y1: number
  x2: number
  y2: number
  thick: number
  colour: Colour
}

const walls: readonly Wall[] = [
  { x1: 40, y1: 60, x2: 600, y2: 60, thick: 5, colour: ink },
  { x1: 40, y1: 300, x2: 600, y2: 300, thick: 5, colour: ink },
  { x1: 40, y1: 60, x2: 40, y2: 300, thick: 5, colour: ink },
  { x1: 600, y1: 60, x2: 600, y2: 300, thick: 5, colour: ink },
  { x1: 40, y1: 180, x2: 260, y2: 180, thick: 2, colour: ink },
  { x1: 330, y1: 60, x2: 330, y2: 300, thick: 3, colour: red },
  { x1: 420, y1: 110, x2: 540, y2: 110, thick: 2, colour: ink },
  { x1: 420, y1: 250, x2: 540, y2: 250, thick: 2, colour: ink },
  { x1: 420, y1: 110, x2: 420, y2: 250, thick: 2, colour: ink },
  { x1: 540, y1: 110, x2: 540, y2: 250, thick: 2, colour: ink },
]

const onWall =
  (x: number, y: number) =>
  ({ x1, y1, x2, y2, thick }: Wall) =>
    x >= x1 - thick && x <= x2 + thick && y >= y1 - thick && y <= y2 + thick

/** A platform plan with the stair core and the line it moved to. */
export const planDrawing = (): Buffer =>
  png(640, 360, (x, y) => {
    const wall = walls.find(onWall(x, y))
    if (wall) return wall.colour
    if (x > 420 && x < 540 && y > 110 && y < 250 && y % 14 < 2) return ink
    return x % 20 === 0 || y % 20 === 0 ? grid : paper
  })

/** A station hall at dusk: sky, roof, platform, three lamps. */
export const stationAtDusk = (): Buffer =>
  png(480, 300, (x, y) => {
    const lamp = [90, 240, 390].some((at) => (x - at) ** 2 + (y - 120) ** 2 < 90)
    if (lamp) return [255, 231, 170]
    if (y > 88 + Math.abs(240 - x) / 12 && y < 98 + Math.abs(240 - x) / 12) return [38, 40, 54]
    if (y > 220) return [70 - (y - 220) / 4, 66 - (y - 220) / 4, 74 - (y - 220) / 4]
    const glow = Math.max(0, 1 - Math.abs(y - 200) / 180)
    return [60 + 170 * glow, 70 + 80 * glow, 120 + 10 * glow]
  })

/** A plain mark of one colour with a light diagonal, for newsletters' inline logos. */
export const logo = (colour: Colour): Buffer =>
  png(96, 96, (x, y) =>
    (x - 48) ** 2 + (y - 48) ** 2 > 2200 ? [255, 255, 255] : Math.abs(x - y) < 8 ? [255, 255, 255] : colour,
  )
