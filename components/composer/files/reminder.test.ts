import { describe, expect, it } from 'vitest'
import { promisesAttachment } from './reminder'

const said: Record<string, [string, boolean][]> = {
  English: [
    ['The plan is attached.', true],
    ['Please find the attachment below', true],
    ['I am attaching two drawings', true],
    ['see the enclosed invoice', true],
    ['The file is in the ATTACHMENT', true],
    ['He lives unattached', false],
    ['the military attaché', false],
    ['Nothing here', false],
    ['', false],
  ],
  German: [
    ['Den Plan finden Sie im Anhang.', true],
    ['anbei die Rechnung', true],
    ['Die angehängten Dateien sind die neuen', true],
    ['Ich hänge dir die beiden Zeichnungen an.', true],
    ['Ich füge den Vertrag bei', true],
    ['siehe Anlage', true],
    ['Die Anlage im Park ist schön', false],
    ['Er ist sehr anhänglich', false],
    ['Ich hänge das Bild auf', false],
    ['Der Anhänger ist kaputt', false],
    ['die Anhänger des Vereins', false],
    ['Ich hänge sehr an dir', false],
    ['Ich hänge sehr an dieser Stadt.', false],
    ['Ich vergaß, den Plan anzuhängen', true],
    ['Die Anhänge sind da', true],
    ['Ich hänge die Pläne an, dann sehen wir weiter', true],
    ['Ich hänge die Pläne an und rufe morgen an', true],
  ],
  Japanese: [
    ['資料を添付しますのでご確認ください。', true],
    ['添付ファイルをご覧ください', true],
    ['請求書を同封いたします', true],
    ['ファイルをお送りします。', true],
    ['今回は添付なしで失礼します', false],
    ['よろしくお願いします', false],
  ],
  Arabic: [
    ['تجدون المخطط مرفقًا بهذه الرسالة', true],
    ['أرفقتُ لك الملف', true],
    ['كما هو مبيّن بالمرفق', true],
    ['والمرفقات أدناه', true],
    ['سأرفق العقد', true],
    ['تجدون طيّه نسخة من العقد', true],
    ['المرافق العامة مغلقة اليوم', false],
    ['شكرًا جزيلًا', false],
  ],
}

describe.each(Object.entries(said))('a forgotten attachment in %s', (_, texts) =>
  it.each(texts)('%j', (text, promised) => expect(promisesAttachment(text)).toBe(promised)),
)

it.each([
  'Thanks!\n\nBob wrote:\n> the plan is attached',
  'For you.\n\n---------- Forwarded message ----------\nFrom: Bob\nThe plan is attached.',
  'Bye\n\n-- \nThis message and any attachments are confidential.',
])('what others said, or a signature, promises nothing: %j', (text) =>
  expect(promisesAttachment(text)).toBe(false),
)

it('takes no longer for what was made to be slow', () => {
  const slow = ['hänge '.repeat(20_000), 'füge'.repeat(25_000), '-'.repeat(100_000), 'و'.repeat(100_000)]
  const started = performance.now()
  for (const text of slow) promisesAttachment(text)
  expect(performance.now() - started).toBeLessThan(2000)
})
