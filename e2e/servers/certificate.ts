// A certificate for localhost that nobody but the test has reason to trust.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export interface Certificate {
  cert: string
  key: string
}

export const makeCertificate = (folder: string): Certificate => {
  const certificate = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const out = ['-keyout', certificate.key, '-out', certificate.cert]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, ...out], { stdio: 'ignore' })
  return certificate
}
