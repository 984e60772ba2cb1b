using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Nadhir.DutyConsole;

namespace Nadhir.PublicPage;

/// <summary>The public's page and what it is fed from. What each answers: docs/api.md and docs/public-page.md.</summary>
public static class PublicEndpoints
{
    /// <summary>Answers that a proxy may keep are kept this long; then it asks again.</summary>
    const int FreshSeconds = 2;

    /// <summary>Nothing of any other site, and no script but ours.</summary>
    const string Policy = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    const string LanguageCookie = "nadhir-language";

    /// <summary>Adds what <see cref="MapPublicPage"/> needs, beside the console.</summary>
    public static IServiceCollection AddPublicPage(this IServiceCollection services, PublicOptions options)
    {
        services.AddSingleton(options).AddSingleton(provider =>
            new ZoneBook(provider.GetRequiredService<IConsoleSource>().Configuration, options));
        // Lines to phones are timed by real time, also where the watch's time is a scenario's.
        services.AddSingleton(provider => new ZoneStreams(options, provider.GetRequiredService<ZoneBook>(), TimeProvider.System));
        services.AddSingleton<ZonePulse>().AddHostedService(provider => provider.GetRequiredService<ZonePulse>());
        services.AddSingleton(new PublicFiles(options.WebRoot));
        services.AddSingleton(provider => new ZonePage(provider.GetRequiredService<IConsoleSource>().Configuration, options));
        services.AddSingleton(provider => new ZoneListPage(
            provider.GetRequiredService<IConsoleSource>().Configuration, provider.GetRequiredService<ZoneBook>(), options));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PublicJson.Default));
        return services;
    }

    /// <summary>The public's own port answers nothing but the public's paths. Before anything else is mapped.</summary>
    public static WebApplication UsePublicPort(this WebApplication app)
    {
        if (app.Services.GetRequiredService<PublicOptions>().Port is { } port)
        {
            app.Use((context, next) =>
            {
                if (context.Connection.LocalPort != port) return next(context);
                if (context.Request.Path == "/")
                {
                    context.Response.Redirect("/zone/");
                    return Task.CompletedTask;
                }

                if (PublicOptions.Paths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))) return next(context);
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        }

        return app;
    }

    public static WebApplication MapPublicPage(this WebApplication app)
    {
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<ZoneStreams>().CloseAll);
        RouteGroupBuilder pages = app.MapGroup("/zone").ExcludeFromDescription();
        pages.MapGet("/", List);
        pages.MapGet("/{id}", Page);
        pages.MapGet("/manifest.webmanifest", Manifest);
        foreach (string file in (string[])["zone.js", "worker.js", "icon-192.png", "icon-512.png"])
            pages.MapGet("/" + file, (HttpContext context, PublicFiles files) =>
            {
                context.Response.Headers.CacheControl = "no-cache";
                return files.Answer(file);
            });

        RouteGroupBuilder api = app.MapGroup("/api").WithTags("public");
        api.MapGet("/zones", Zones).WithSummary("Every zone with its state. May be kept for two seconds.").Produces<ZoneList>();
        api.MapGet("/zones/{id}", Zone).WithSummary("What the public is told of a zone. May be kept for two seconds.").Produces<ZoneState>();
        api.MapGet("/zones/{id}/events", Events)
            .WithSummary("Server-sent events: the state of the zone when it changes, and a heartbeat every three seconds.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
        api.MapGet("/zone-outlines", (HttpContext context, ZoneBook book) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            byte[] bytes = book.Directory.Outlines;
            return TypedResults.File(bytes, "application/json", entityTag: PublicFiles.Tag(bytes));
        }).WithSummary("Outlines of all zones, so that a phone finds its own without saying where it is.").Produces<ImmutableArray<ZoneOutline>>();
        return app;
    }

    static IResult List(HttpContext context, ZoneListPage page, ZonePulse pulse, IConsoleSource source, PublicOptions options, PublicFiles files)
    {
        string searched = context.Request.Query["q"].ToString();
        if (searched.Length > 100) searched = searched[..100];
        return Html(context, page.Write(searched, Choose(context), files.HasScript, source.Now - pulse.AsOf > options.HeartbeatEvery * 3));
    }

    static IResult Page(HttpContext context, string id, ZoneBook book, ZonePage page, ZonePulse pulse, IConsoleSource source, PublicFiles files)
    {
        PublicWords words = Choose(context);
        int zone = book.Directory.IndexOf(id);
        if (zone < 0)
        {
            string body = $"<header><h1>{PageShell.Text(words.NotFound)}</h1></header><main><p><a class=\"button\" "
                + $"href=\"/zone/?lang={words.Language}\">{PageShell.Text(words.AllZones)}</a></p></main>";
            return Html(context, PageShell.Write(words.NotFound, "/zone/", words, source.Configuration.Exercise, scripted: false,
                refreshSeconds: null, stale: false, [], body), StatusCodes.Status404NotFound);
        }

        return Html(context, page.Write(book[zone].State, words, source.Now, pulse.AsOf, files.HasScript));
    }

    /// <summary>The language that was asked for, else the one chosen before, else the first the browser prefers.</summary>
    static PublicWords Choose(HttpContext context)
    {
        PublicLanguages languages = context.RequestServices.GetRequiredService<PublicOptions>().Languages;
        string? asked = context.Request.Query["lang"], kept = context.Request.Cookies[LanguageCookie];
        if (asked is not null && languages.Has(asked))
        {
            // What a proxy may keep must not set a cookie.
            bool news = asked != kept;
            if (news)
            {
                context.Response.Cookies.Append(LanguageCookie, asked, new CookieOptions
                {
                    Path = "/zone", MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true,
                });
            }

            context.Response.Headers.CacheControl = news ? "private, no-store" : $"public, max-age={FreshSeconds}";
            return languages.Of(asked);
        }

        context.Response.Headers.CacheControl = "private, no-store";
        if (kept is not null && languages.Has(kept)) return languages.Of(kept);
        return languages.Of(context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(one => one.Quality ?? 1).SelectMany(one => (string[])[one.Value.ToString(), one.Value.ToString().Split('-')[0].ToLowerInvariant()])
            .FirstOrDefault(languages.Has) ?? "en");
    }

    static IResult Html(HttpContext context, string page, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()";
        return TypedResults.Text(page, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    static Results<FileContentHttpResult, NotFound> Zone(HttpContext context, string id, ZoneBook book, ZonePulse pulse, IConsoleSource source)
    {
        int zone = book.Directory.IndexOf(id);
        if (zone < 0) return TypedResults.NotFound();
        (DateTimeOffset at, DateTimeOffset asOf) = Moment(source, pulse);
        return Kept(context, [.. "{"u8, .. ZoneStreams.Times(at, asOf), .. ","u8, .. book[zone].Json.AsSpan(1)]);
    }

    static FileContentHttpResult Zones(HttpContext context, ZoneBook book, ZonePulse pulse, IConsoleSource source)
    {
        (DateTimeOffset at, DateTimeOffset asOf) = Moment(source, pulse);
        ZoneDirectory directory = book.Directory;
        ZoneList list = new(at, asOf, source.Configuration.Exercise,
        [
            .. directory.Zones.Select((zone, i) =>
                new ZoneListed(zone.Id, directory.Names[i], zone.Parent, zone.SecondsToShelter, book[i].State.State)),
        ]);
        return Kept(context, JsonSerializer.SerializeToUtf8Bytes(list, PublicJson.Default.ZoneList));
    }

    /// <summary>Times in whole steps, so that askers within a step get, and a proxy keeps, the same bytes.</summary>
    static (DateTimeOffset At, DateTimeOffset AsOf) Moment(IConsoleSource source, ZonePulse pulse) =>
        (Step(source.Now), Step(pulse.AsOf));

    static DateTimeOffset Step(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % (FreshSeconds * TimeSpan.TicksPerSecond)), TimeSpan.Zero);

    static FileContentHttpResult Kept(HttpContext context, byte[] bytes)
    {
        context.Response.Headers.CacheControl = $"public, max-age={FreshSeconds}";
        return TypedResults.File(bytes, "application/json", entityTag: PublicFiles.Tag(bytes));
    }

    static async Task Events(HttpContext context, string id, ZoneBook book, ZoneStreams streams)
    {
        int zone = book.Directory.IndexOf(id);
        if (zone < 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await streams.Serve(context, zone)) return;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "30";
    }

    static IResult Manifest(HttpContext context, ZoneBook book, IConsoleSource source)
    {
        PublicWords words = Choose(context);
        string start = context.Request.Query["start"].ToString();
        // Only one of our own pages may be what an installed page opens.
        bool ours = start.StartsWith("/zone/", StringComparison.Ordinal) && book.Directory.IndexOf(Uri.UnescapeDataString(start[6..])) >= 0;
        string name = source.Configuration.Exercise ? $"{words.Exercise} · {words.Title}" : words.Title;
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("short_name", words.Title);
            json.WriteString("lang", words.Language);
            json.WriteString("dir", words.Direction);
            json.WriteString("id", "/zone/");
            json.WriteString("start_url", $"{(ours ? start : "/zone/")}?lang={words.Language}");
            json.WriteString("scope", "/zone/");
            json.WriteString("display", "standalone");
            json.WriteString("background_color", "#10161d");
            json.WriteString("theme_color", "#10161d");
            json.WriteStartArray("icons");
            foreach (string size in (string[])["192", "512"])
            {
                json.WriteStartObject();
                json.WriteString("src", $"/zone/icon-{size}.png");
                json.WriteString("sizes", $"{size}x{size}");
                json.WriteString("type", "image/png");
                json.WriteString("purpose", "any");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return TypedResults.Bytes(buffer.ToArray(), "application/manifest+json");
    }
}
