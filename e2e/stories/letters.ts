// Letters as they lie in a mailbox, made by a mail composer and not by hand.
import { createTransport, type SendMailOptions } from 'nodemailer'

const press = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

export const letter = async (parts: SendMailOptions): Promise<Buffer> => {
  const { message } = await press.sendMail({
    from: { name: 'Bob Marsh', address: 'bob@posthorn.test' },
    to: { name: 'Alice Fenn', address: 'alice@posthorn.test' },
    text: 'At four, in the garden if it is dry.',
    ...parts,
  })
  if (!Buffer.isBuffer(message)) throw new Error('the composer gave no bytes')
  return message
}

/** A red square. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
)
