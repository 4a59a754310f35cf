import 'server-only'
import { fontFaces, fontFamily } from './font'

// The document a body is shown in, and what its response says about it: the second and third wall
// (DESIGN.md decision 4). The parent page measures it and listens for keys; it can do nothing itself.

export interface FrameParts {
  html: string
  css: string
  kind: 'html' | 'text' | 'none'
  theme: 'light' | 'dark'
  whole: boolean
  font?: 'usual' | 'fixed'
}

/** The iframe's own sandbox says the same; said here, it holds when the document is opened by its address. */
const sandbox = 'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals'

const policy = [
  sandbox,
  "default-src 'none'",
  "script-src 'none'",
  "style-src 'unsafe-inline'",
  // 'self' is parts of the message and our image proxy; whether there is an address at all, wall one decides.
  "img-src 'self' data:",
  // The font of the interface; no rule of a message can name a font file (docs/decisions/031).
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

export const frameHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-dns-prefetch-control': 'off',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'SAMEORIGIN',
}

const light =
  '--ph-paper:#fff;--ph-ink:#1c1e26;--ph-soft:#63676f;--ph-line:#d5d8de;--ph-fold:#eceef2;--ph-link:#2f5bd8;--ph-q1:#4d6bb3;--ph-q2:#3d8268;--ph-q3:#9a6a35'
const dark =
  '--ph-paper:oklch(0.24 0.014 262);--ph-ink:#e4e6ec;--ph-soft:#9da2ad;--ph-line:#3a3f4a;--ph-fold:#333844;--ph-link:#8fb0ff;--ph-q1:#8ea7e6;--ph-q2:#7fc4a8;--ph-q3:#d8a873'

const baseStyle = (theme: FrameParts['theme'], kind: FrameParts['kind']): string => {
  const colours = theme === 'dark' ? dark : light
  // HTML mail has paper of its own; text lies on the app's.
  const paper = kind === 'html' ? 'var(--ph-paper)' : 'transparent'
  return `:root{color-scheme:${theme};${colours}}
html{background:${paper};overflow-x:auto;overflow-y:hidden}
body{margin:0;color:var(--ph-ink);font:14px/1.5 ${fontFamily};overflow-wrap:break-word}
a{color:var(--ph-link)}
body>:first-child,body>.ph-part:first-child>:first-child{margin-top:0}
body>:last-child{margin-bottom:0}
img{max-width:100%}
img[data-ph-blocked]{outline:1px dashed var(--ph-line);outline-offset:-1px}
table{max-width:100%}
pre{white-space:pre-wrap}
.ph-text{white-space:pre-wrap;tab-size:8}
.ph-quote{margin:0;padding-left:12px;border-left:2px solid currentColor}
.ph-quote-1{color:var(--ph-q1)}.ph-quote-2{color:var(--ph-q2)}.ph-quote-3{color:var(--ph-q3)}
[data-ph-font=fixed] .ph-text{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
details.ph-fold>summary{list-style:none;width:fit-content;margin:4px 0;padding:0 9px;border-radius:6px;background:var(--ph-fold);color:var(--ph-soft);font-weight:700;line-height:18px;cursor:pointer;user-select:none}
details.ph-fold>summary::-webkit-details-marker{display:none}
details.ph-fold>summary::before{content:'\\2022\\2009\\2022\\2009\\2022'}
@media print{details.ph-fold>summary{display:none}}
.ph-signature,.ph-note{color:var(--ph-soft)}
.ph-part+.ph-part{margin-top:16px;padding-top:16px;border-top:1px solid var(--ph-line)}
@media print{html{background:#fff}body{padding:0}}`
}

export const frameDocument = ({ html, css, kind, theme, whole, font = 'usual' }: FrameParts): string =>
  [
    '<!doctype html><html><head><meta charset="utf-8"><title></title>',
    '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">',
    `<style>${fontFaces}\n${baseStyle(theme, kind)}</style>`,
    css ? `<style>${css}</style>` : '',
    `</head><body data-ph-kind="${kind}" data-ph-whole="${whole ? 'yes' : 'no'}" data-ph-font="${font}">${html}</body></html>`,
  ].join('')
