namespace Nadhir.PublicPage;

/// <summary>The look of the public's pages. Part of every page, so that none ever stands there without it.</summary>
static class PageStyle
{
    public const string Css =
        """
        :root{--page:#10161d;--panel:#1b2530;--line:#53677c;--text:#fff;--dim:#c6d2de;--exercise:#b26bff;
        font:400 18px/1.4 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',Tahoma,sans-serif;
        color:var(--text);background:var(--page);color-scheme:dark}
        *{box-sizing:border-box}
        [hidden]{display:none!important}
        body{margin:0;min-height:100vh}
        .exercise body{border:10px solid;border-image:repeating-linear-gradient(45deg,#b26bff 0 14px,#2a0f45 14px 28px) 10}
        .drill{margin:0;padding:8px;text-align:center;font-weight:800;background:var(--exercise);color:#1a0b2b;
        position:sticky;top:0;z-index:3}
        header,main,footer{max-width:560px;margin:0 auto;padding:10px 14px}
        header{display:flex;gap:8px 12px;align-items:center;flex-wrap:wrap}
        h1{font-size:24px;line-height:1.25;margin:0;flex:1 1 100%}
        .parents{margin:0;color:var(--dim);flex:1 1 100%}
        .top{display:flex;flex:1 1 100%;flex-wrap:wrap;justify-content:space-between;gap:12px}
        a{color:#9cc9ff}
        .button,button,input{display:inline-block;min-height:52px;padding:11px 16px;border:2px solid var(--line);
        border-radius:12px;background:var(--panel);color:var(--text);font:inherit;font-weight:700;text-decoration:none}
        button{cursor:pointer;touch-action:manipulation}
        input{width:100%;font-weight:400}
        :focus-visible{outline:4px solid #ffd23e;outline-offset:2px}
        .state{border-radius:16px;padding:16px;background:#2c3947;color:#fff;border:4px solid #8ea2b6}
        .state[data-state=Warning]{background:#c4000f;border-color:#fff}
        .state[data-state=Watch]{background:#ffd23e;border-color:#fff;color:#1d1600}
        .state[data-state=AllClear],.state[data-state=Correction]{background:#0a7d33;border-color:#fff}
        .badge{display:flex;align-items:center;gap:14px;margin:0;font-size:34px;line-height:1.15;font-weight:800}
        .shape{font-size:46px;line-height:1}
        .headline{font-size:21px;font-weight:700;margin:10px 0 6px}
        .do{font-size:21px;margin:6px 0 0}
        dl{margin:12px 0;display:grid;gap:8px}
        dl div{background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:10px 14px}
        dt{color:var(--dim)}
        dd{margin:0;font-weight:700;font-size:22px}
        dd.large{font-size:38px;line-height:1.15;font-variant-numeric:tabular-nums}
        dd small{font-size:20px;font-weight:400;color:var(--dim)}
        .note{border:2px solid #ffd23e;border-radius:12px;padding:10px 14px;margin:10px 0}
        .link{border-radius:12px;padding:12px 14px;margin:0 0 10px;background:#000;border:3px dashed #fff;font-weight:700}
        .link p{margin:4px 0}
        ul{list-style:none;margin:8px 0;padding:0;display:grid;gap:8px}
        li a{display:block;min-height:52px;padding:12px 14px;border:2px solid var(--line);border-radius:12px;
        background:var(--panel);color:var(--text);text-decoration:none;font-weight:700}
        li small{display:block;color:var(--dim);font-weight:400}
        .tag{float:inline-end;font-weight:800;padding:0 8px;border-radius:8px;background:#2c3947;margin-inline-start:8px}
        .tag[data-state=Warning]{background:#c4000f;color:#fff}
        .tag[data-state=Watch]{background:#ffd23e;color:#1d1600}
        .tag[data-state=AllClear],.tag[data-state=Correction]{background:#0a7d33;color:#fff}
        .plain{color:var(--dim);font-size:16px}
        form{display:flex;gap:8px;margin:8px 0}
        /* Knowledge that is old never looks current: grey, hatched, dashed. */
        :root:not([data-link=live]) .state{color:#fff;border:4px dashed #fff;
        background:repeating-linear-gradient(45deg,#3f464d 0 12px,#2b3036 12px 24px)}
        :root:not([data-link=live]) .tag{background:#3f464d;color:#fff}
        /* Should neither script nor reload come about, the page itself says so after a while. */
        .asleep{visibility:hidden;height:0;overflow:hidden;animation:asleep 0s 45s forwards}
        :root[data-script] .asleep{display:none}
        @keyframes asleep{to{visibility:visible;height:auto}}
        @media (min-width:700px){:root{font-size:20px}}
        """;
}
