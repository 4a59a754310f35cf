// Twenty newsletters as companies send them: tables, inline styles, brand colours, pictures, old and new habits. The
// companies are made up; the habits are not.

interface Newsletter {
  subject: string
  from: { name: string; address: string }
  html: string
}

const remote = 'https://images.example.org'

/** A wordmark: black letters on nothing, the commonest fault of dark modes. */
const wordmark = (text: string, colour = '#111'): string =>
  `<span style="font:700 22px/1 Arial;letter-spacing:.04em;color:${colour}">${text}</span>`

const button = (text: string, paper: string, ink = '#ffffff', radius = 6): string =>
  `<table cellpadding="0" cellspacing="0" border="0" align="center"><tr><td bgcolor="${paper}" style="background:${paper};border-radius:${radius}px;padding:12px 28px"><a href="https://shop.example.org/go" style="color:${ink};text-decoration:none;font:bold 15px Arial">${text}</a></td></tr></table>`

const row = (content: string, style = ''): string =>
  `<tr><td style="padding:20px 32px;${style}">${content}</td></tr>`

const sheet = (
  rows: string,
  {
    width = 600,
    paper = '#ffffff',
    around = '#f2f2f2',
    font = 'Arial,Helvetica,sans-serif',
    ink = '#333333',
  } = {},
): string =>
  `<html><head><style>body{margin:0}img{border:0}@media(max-width:480px){.col{display:block!important;width:100%!important}}</style></head><body bgcolor="${around}" style="margin:0;background:${around}"><table width="100%" bgcolor="${around}" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 0"><table width="${width}" bgcolor="${paper}" cellpadding="0" cellspacing="0" style="background:${paper};font:15px/1.6 ${font};color:${ink}">${rows}</table></td></tr></table></body></html>`

const footer = (
  text: string,
  style = 'color:#999999;font-size:12px;text-align:center;border-top:1px solid #eeeeee',
): string =>
  row(
    `${text}<br><a href="https://shop.example.org/u" style="color:inherit">Unsubscribe</a> · <a href="https://shop.example.org/p" style="color:inherit">Preferences</a>`,
    style,
  )

const columns = (...cells: string[]): string =>
  `<table width="100%" cellpadding="0" cellspacing="0"><tr>${cells.map((cell) => `<td class="col" valign="top" width="${Math.floor(100 / cells.length)}%" style="padding:8px">${cell}</td>`).join('')}</tr></table>`

const product = (name: string, price: string): string =>
  `<div style="background:#fafafa;border:1px solid #eee;border-radius:8px;padding:12px;text-align:center"><img src="${remote}/${name}.jpg" width="140" height="120" alt="${name}"><p style="margin:8px 0 2px;font-weight:bold;color:#222">${name}</p><p style="margin:0;color:#0a7d3b">${price}</p></div>`

const letter = (subject: string, name: string, html: string): Newsletter => ({
  subject,
  from: { name, address: `news@${name.toLowerCase().replace(/[^a-z]+/g, '') || 'news'}.example` },
  html,
})

export const newsletters: Newsletter[] = [
  letter(
    'Spring arrivals',
    'Juniper & Co',
    sheet(
      row(wordmark('JUNIPER'), 'text-align:center;border-bottom:3px solid #1f6f4a') +
        row(`<img src="${remote}/hero.jpg" width="536" height="220" alt="Garden furniture in the sun">`) +
        row(`<h1 style="margin:0;color:#1f6f4a;font-size:28px;text-align:center">Outside again</h1>`) +
        row(columns(product('Bench', '€ 149'), product('Lantern', '€ 29'), product('Throw', '€ 45'))) +
        row(button('See it all', '#1f6f4a')) +
        footer('Juniper & Co, Harbour Street 4'),
    ),
  ),
  letter(
    'Your weekly digest',
    'The Long Read',
    sheet(
      row(
        `<h1 style="font:italic 32px Georgia;margin:0;color:#000">The Long Read</h1>`,
        'border-bottom:1px solid #000',
      ) +
        ['The tunnel under the pass', 'What the tide tables leave out', 'A short history of the night train']
          .map((title) =>
            row(
              `<p style="font:bold 20px Georgia;margin:0"><a href="https://read.example.org" style="color:#1a0dab">${title}</a></p><p style="margin:6px 0 0;color:#555">Nine years, two bores and a village that moved twice. Our correspondent walked it end to end.</p>`,
              'border-bottom:1px solid #ddd',
            ),
          )
          .join('') +
        footer('You get this on Saturdays.'),
      { font: 'Georgia,serif', around: '#fffdf7', paper: '#fffdf7' },
    ),
  ),
  letter(
    'Receipt 20261107',
    'Brightwater Billing',
    sheet(
      row(wordmark('brightwater', '#0057b8')) +
        row(
          `<p>Thank you, Alice. We received <b>€ 1,240.00</b>.</p><table width="100%" cellpadding="8" cellspacing="0" style="border-collapse:collapse">${[
            ['Survey, platform 2', '980.00'],
            ['Travel', '180.00'],
            ['Printing', '80.00'],
          ]
            .map(
              ([what, sum]) =>
                `<tr><td style="border-bottom:1px solid #e5e5e5">${what}</td><td align="right" style="border-bottom:1px solid #e5e5e5">${sum}</td></tr>`,
            )
            .join(
              '',
            )}<tr bgcolor="#f6f9fc"><td><b>Total</b></td><td align="right"><b>1,240.00</b></td></tr></table>`,
        ) +
        footer('VAT CZ12345678'),
      { around: '#f6f9fc' },
    ),
  ),
  letter(
    'Reset your password',
    'Cartway',
    sheet(
      row(wordmark('cartway', '#5b21b6'), 'text-align:center') +
        row('<p>Somebody, we hope you, asked for a new password.</p>') +
        row(button('Choose a new password', '#5b21b6', '#ffffff', 24)) +
        row(
          '<p style="color:#6b7280;font-size:13px">The link is good for one hour. If it was not you, there is nothing to do.</p>',
        ),
      { width: 480, around: '#f9fafb' },
    ),
  ),
  letter(
    'New on the night stage',
    'Klub Nord',
    sheet(
      row(wordmark('KLUB NORD', '#ffffff'), 'text-align:center;background:#000') +
        row(
          '<h1 style="color:#ff2e63;font-size:34px;margin:0">Friday: low tide</h1><p style="color:#dddddd">Doors at nine. Three rooms, one of them quiet.</p>',
          'background:#111',
        ) +
        row(button('Tickets', '#ff2e63'), 'background:#111') +
        footer('Quay 7', 'background:#000;color:#888;text-align:center;font-size:12px'),
      { around: '#000000', paper: '#111111', ink: '#eeeeee' },
    ),
  ),
  letter(
    'You are invited: open day',
    'Ostrava Museum',
    sheet(
      `<tr><td background="${remote}/bg.jpg" bgcolor="#264653" style="background:#264653;padding:60px 32px;text-align:center"><h1 style="color:#ffffff;font-size:36px;margin:0">Open day</h1><p style="color:#e9c46a;font-size:18px">Saturday 28 November, 10 to 18</p>${button('Come along', '#e9c46a', '#264653')}</td></tr>` +
        row('<p>Every workshop is open, and the big press runs at noon.</p>') +
        footer('Ostrava Museum'),
    ),
  ),
  letter(
    'A letter from the editor',
    'Hana Novotná',
    `<html><body style="font-family:Georgia;font-size:17px;line-height:1.6;color:#222;max-width:560px"><p>Dear reader,</p><p>this week I went to see the <a href="https://read.example.org">stair core</a> for myself. It is smaller than the drawings say, and better.</p><blockquote style="border-left:4px solid #ccc;margin:0;padding-left:16px;color:#666">“Nobody looks up,” the foreman said. I did.</blockquote><p>Until next week,<br>Hana</p></body></html>`,
  ),
  letter(
    '12 new jobs for you',
    'Werkbank',
    sheet(
      row('<h2 style="margin:0;color:#0f172a">12 new jobs near Ostrava</h2>') +
        ['Noise engineer', 'Site surveyor', 'Track planner']
          .map((job) =>
            row(
              `<div style="border:1px solid #cbd5e1;border-radius:10px;padding:16px"><b style="color:#0f172a">${job}</b><br><span style="color:#64748b">Ostrava Rail · full time</span> <span style="background:#dcfce7;color:#166534;border-radius:9px;padding:2px 8px;font-size:12px">new</span></div>`,
              'padding:6px 32px',
            ),
          )
          .join('') +
        row(button('See all', '#0f172a')) +
        footer('You asked for alerts.'),
      { around: '#f1f5f9' },
    ),
  ),
  letter(
    'Your trip to Brno',
    'Railways',
    sheet(
      row('<span style="color:#fff;font-size:20px;font-weight:bold">Your trip</span>', 'background:#c8102e') +
        row(
          columns(
            '<b style="font-size:26px;color:#c8102e">08:12</b><br>Ostrava hl. n.',
            '<b style="font-size:26px;color:#c8102e">10:26</b><br>Brno hl. n.',
            '<b>Coach 23</b><br>Seat 61, window',
          ),
        ) +
        row(
          '<table width="100%" cellpadding="6" bgcolor="#fff3cd" style="border:1px solid #ffe69c"><tr><td style="color:#664d03">Platform changes are announced 20 minutes before.</td></tr></table>',
        ) +
        footer('Ticket 4711-0815'),
    ),
  ),
  letter(
    'Your statement is ready',
    'First Harbour Bank',
    sheet(
      row(
        `<table width="100%"><tr><td>${wordmark('FIRST HARBOUR', '#002b5c')}</td><td align="right" style="color:#666;font-size:12px">21 November 2026</td></tr></table>`,
        'border-bottom:2px solid #b08d57',
      ) +
        row(
          '<p>Dear Ms Fenn,</p><p>your statement for October can be read in online banking. We never ask for your PIN in a message.</p>',
        ) +
        row(
          '<font face="Times New Roman" size="2" color="#444444">First Harbour Bank plc is authorised and regulated. This message was sent to alice@posthorn.test.</font>',
          'background:#f7f3ec',
        ),
      { font: "'Times New Roman',serif" },
    ),
  ),
  letter(
    'Ingrid mentioned you',
    'Pinboard',
    sheet(
      row(
        columns(
          `<div style="width:48px;height:48px;border-radius:24px;background:#ffd6a5;text-align:center;line-height:48px;color:#7a4100;font-weight:bold">IS</div>`,
          '<b>Ingrid Solheim</b> mentioned you in <a href="https://pin.example.org" style="color:#1d9bf0">platform 2</a><p style="background:#f7f9f9;border-radius:14px;padding:12px;color:#0f1419">@alice the revised set is up</p>',
        ),
      ) + row(button('Answer', '#1d9bf0', '#ffffff', 20)),
      { width: 520, around: '#ffffff' },
    ),
  ),
  letter(
    '[posthorn/web] Fix the frame (#214)',
    'Codehost',
    `<html><body style="font-family:-apple-system,'Segoe UI',sans-serif;font-size:14px;color:#24292f"><p><strong>@tomas</strong> commented on this pull request.</p><hr style="border:0;border-top:1px solid #d0d7de"><p>In <code style="background:#eff1f3;padding:2px 4px;border-radius:4px">frame.ts</code>:</p><pre style="background:#f6f8fa;padding:12px;border-radius:6px"><span style="color:#cf222e">-  height: auto</span>\n<span style="color:#116329">+  height: content</span></pre><p style="font-size:12px;color:#57606a">Reply to this email directly or <a href="https://code.example.org" style="color:#0969da">view it</a>.</p></body></html>`,
  ),
  letter(
    'How did we do?',
    'Parcelhouse',
    sheet(
      row('<h2 style="text-align:center;margin:0">How was your delivery?</h2>') +
        row(
          `<table align="center" cellspacing="6"><tr>${['#d7263d', '#f46036', '#f9c80e', '#9bc53d', '#2e933c'].map((colour, at) => `<td bgcolor="${colour}" width="52" height="52" align="center" style="border-radius:8px"><a href="https://s.example.org/${at}" style="color:${at === 2 ? '#333' : '#fff'};font:bold 20px Arial;text-decoration:none">${at + 1}</a></td>`).join('')}</tr></table>`,
        ) +
        footer('Five seconds, we promise.'),
      { width: 480 },
    ),
  ),
  letter(
    'Warning: line 2 interrupted',
    'City Transport',
    sheet(
      row(
        '<b style="color:#000">LINE 2 INTERRUPTED</b>',
        'background:#ffcc00;text-align:center;font-size:18px',
      ) +
        row(
          '<p>Until Sunday no trams run between Harbour and Castle. <b style="color:#c00000">Replacement buses every 6 minutes.</b></p><ul><li>Harbour: stop B</li><li>Castle: stop D, <u>across the road</u></li></ul>',
        ) +
        footer('City Transport'),
    ),
  ),
  letter(
    'Release 4.2',
    'Atlas Maps',
    sheet(
      row(
        '<h1 style="background:linear-gradient(90deg,#6a11cb,#2575fc);color:#fff;padding:28px;border-radius:12px;margin:0;background-color:#4a3fd0">Atlas 4.2</h1>',
      ) +
        row(
          '<h3 style="color:#2575fc">Contours that stay</h3><p>They no longer vanish when you zoom.</p><h3 style="color:#2575fc">Offline, honestly</h3><p>What is on the phone is said to be on the phone.</p>',
        ) +
        row(
          `<img src="${remote}/shot.png" width="536" height="240" alt="The new map" style="border-radius:8px;box-shadow:0 4px 12px rgba(0,0,0,.2)">`,
        ) +
        footer('Atlas Maps GmbH'),
      { around: '#ffffff', font: "'Helvetica Neue',Helvetica,sans-serif" },
    ),
  ),
  letter(
    'Thank you',
    'Winter Shelter',
    sheet(
      row(
        '<p style="font:italic 24px/1.4 Georgia;color:#9d174d;text-align:center;margin:0">“It was the first warm night of the year.”</p>',
        'background:#fdf2f8',
      ) +
        row('<p>Because of you the shelter stayed open for 41 nights.</p>') +
        row(button('Give again', '#be185d')) +
        footer('Winter Shelter, registered charity'),
      { around: '#fce7f3' },
    ),
  ),
  letter(
    'We have a dark side of our own',
    'Nightfall',
    `<html><head><meta name="color-scheme" content="light dark"><style>.p{background:#ffffff;color:#222222}.h{color:#3b0764}@media (prefers-color-scheme: dark){.p{background:#1b1026!important;color:#e9d5ff!important}.h{color:#d8b4fe!important}}</style></head><body class="p" style="margin:0;font-family:Arial"><div class="p" style="padding:32px"><h1 class="h">Made for both</h1><p>This message brings colours for the night itself.</p></div></body></html>`,
  ),
  letter(
    'Price list, wide as ever',
    'Anglers’ Supply',
    `<html><body><table border="1" width="980" cellpadding="6" style="border-collapse:collapse;font:13px Verdana"><tr bgcolor="#003366">${['Article', 'Size', 'Colour', 'Unit', 'Price', 'Price 10+', 'Stock'].map((head) => `<th><font color="white">${head}</font></th>`).join('')}</tr>${Array.from({ length: 9 }, (_, at) => `<tr bgcolor="${at % 2 ? '#e6eef7' : 'white'}">${['Float', `${at + 1} g`, 'red', 'piece', '1.20', '0.95', '140'].map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></body></html>`,
  ),
  letter(
    'النشرة الأسبوعية',
    'Al Nashra',
    `<html dir="rtl"><body style="background:#f4f1ea;margin:0"><table width="100%"><tr><td align="center"><table width="560" bgcolor="#ffffff" style="font:17px/1.8 Tahoma;color:#2b2b2b"><tr><td dir="rtl" style="padding:24px;border-top:6px solid #0f766e"><h2 style="color:#0f766e;margin:0">أخبار هذا الأسبوع</h2><p>افتُتح الجسر الجديد يوم الخميس بحضور أهل المدينة، ويُتوقَّع أن يخفّف الازدحام.</p>${button('اقرأ المزيد', '#0f766e')}</td></tr></table></td></tr></table></body></html>`,
  ),
  letter(
    '秋の新着のお知らせ',
    '山のパン屋',
    sheet(
      row(
        `<!--[if mso]><p>Outlook</p><![endif]--><font color="#8b4513" size="5">山のパン屋</font>`,
        'text-align:center;background:#fdf6ec',
      ) +
        row('<p>栗のパンと、くるみの田舎パンが焼きあがりました。<br>土曜日は朝七時から営業いたします。</p>') +
        row(
          columns(
            '<div style="background:#fbe9d0;padding:14px;color:#5b3a1a">栗のパン<br><b>420円</b></div>',
            '<div style="background:#fbe9d0;padding:14px;color:#5b3a1a">くるみ<br><b>380円</b></div>',
          ),
        ) +
        footer('配信停止'),
      { around: '#fdf6ec', font: "'Hiragino Kaku Gothic Pro',Meiryo,sans-serif" },
    ),
  ),
]
