using Microsoft.Extensions.FileProviders;

namespace Nadhir.DutyConsole;

/// <summary>Serves the built web application, or says plainly that there is none.</summary>
static class ConsolePages
{
    /// <summary>Everything comes from us: no other site's script, frame, font or picture.</summary>
    static string Policy(MapSources map) => $"default-src 'self'; img-src 'self' data: blob:{Pictures(map.Wms)}; style-src 'self' 'unsafe-inline'; "
        + "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>A configured map service may send pictures, and nothing else.</summary>
    static string Pictures(WmsSource? service) => service is null ? "" : " " + service.Address.GetLeftPart(UriPartial.Authority);

    public static void UseConsolePages(this WebApplication app)
    {
        string policy = Policy(app.Services.GetRequiredService<ConsoleOptions>().Map);
        app.Use(async (context, next) =>
        {
            context.Response.Headers["Content-Security-Policy"] = policy;
            context.Response.Headers["X-Content-Type-Options"] = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            await next(context);
        });

        string root = app.Services.GetRequiredService<ConsoleOptions>().WebRoot;
        if (!File.Exists(Path.Combine(root, "index.html")))
        {
            app.MapGet("/", () => TypedResults.Text(
                "Nadhir is running, but its console was not built.\n"
                + "Build it with Node 20 or newer:  cd web && npm ci && npm run build\n"
                + "then build and start Nadhir again. The API is at /api/boards, its description at /openapi/v1.json.\n"))
                .ExcludeFromDescription();
            return;
        }

        PhysicalFileProvider files = new(Path.GetFullPath(root));
        PackedFiles packed = new(files);
        app.Use((context, next) =>
        {
            // Easy to say aloud and to type on a phone.
            if (context.Request.Path == "/report") context.Request.Path = "/report.html";
            return next(context);
        });
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.Use((context, next) =>
        {
            packed.Choose(context);
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = packed.ContentTypes,
            OnPrepareResponse = response =>
            {
                PackedFiles.Describe(response.Context);
                response.Context.Response.Headers.CacheControl =
                    // Built files carry their content's hash in their name; the page and the map do not.
                    response.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
            },
        });
    }
}
