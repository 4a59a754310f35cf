import { expect, it } from 'vitest'
import { composer } from '@/lib/i18n/en/composer'
import { promisesAttachment } from './reminder'

it.each([
  ['The plan is attached.', true],
  ['Please find the attachment below', true],
  ['I am attaching two drawings', true],
  ['see the enclosed invoice', true],
  ['The file is in the ATTACHMENT', true],
  ['He lives unattached', false],
  ['Nothing here', false],
  ['Thanks!\n\nBob wrote:\n> the plan is attached', false],
  ['', false],
])('%j', (text, promises) => expect(promisesAttachment(text, composer.attachmentStems)).toBe(promises))
