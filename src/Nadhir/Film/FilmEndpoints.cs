using Microsoft.AspNetCore.Http.HttpResults;
using Nadhir.DutyConsole;

namespace Nadhir.Film;

/// <summary>
/// The past as a console shows it: what there is, what happened when, one moment, and moments on from one. Whoever sees a
/// row live sees it here, and nobody else.
/// </summary>
static class FilmEndpoints
{
    /// <summary>Marks in one answer.</summary>
    const int MostMarks = 2000;

    /// <summary>Adds what <see cref="MapFilm"/> needs beside the console.</summary>
    public static void AddFilm(this IServiceCollection services, FilmPart film)
    {
        services.AddSingleton(film).AddSingleton<FilmStream>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, FilmJson.Default));
    }

    public static WebApplication MapFilm(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/film").WithTags("film");
        api.MapGet("", (HttpContext context, FilmPart film) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(film.Range(), FilmJson.Default.FilmRange);
        }).WithSummary("What there is of the film: from when to when, and what is missing.").Produces<FilmRange>();
        api.MapGet("/marks", Marks).WithSummary("Alerts, crossings and phases on the film, between two times.");
        api.MapGet("/boards", Boards).WithSummary("All boards as they were at a time.").Produces<Boards>();
        api.MapGet("/at", At).WithSummary("A moment: boards, descriptions and tracks, framed as docs/api.md says.")
            .Produces(StatusCodes.Status200OK, contentType: FilmStream.ContentType);
        api.MapGet("/stream", (HttpContext context, FilmStream stream, DateTimeOffset from, double? speed) => stream.Serve(context, from, speed ?? 1))
            .WithSummary("Moments on from a time, at a speed of 1 to 60.").Produces(StatusCodes.Status200OK, contentType: FilmStream.ContentType);
        return app;
    }

    static Results<JsonHttpResult<FilmMarks>, JsonHttpResult<CommandProblem>> Marks(
        HttpContext context, FilmPart film, ConsoleAccess access, DateTimeOffset? from, DateTimeOffset? to) => Read(film, reader =>
    {
        context.Response.Headers.CacheControl = "no-store";
        List<FilmMark> marks = reader.Marks(from ?? DateTimeOffset.UnixEpoch, to ?? DateTimeOffset.MaxValue, access.IsOperator(context), MostMarks + 1);
        return TypedResults.Json(new FilmMarks([.. marks.Take(MostMarks)], marks.Count > MostMarks), FilmJson.Default.FilmMarks);
    });

    static Results<FileContentHttpResult, JsonHttpResult<CommandProblem>> Boards(
        HttpContext context, FilmPart film, FilmStream stream, ConsoleAccess access, DateTimeOffset at)
    {
        byte[]? boards = null;
        Results<Ok, JsonHttpResult<CommandProblem>> read = Read(film, reader =>
        {
            boards = stream.Find(reader, at)?.Boards(access.IsOperator(context));
            return TypedResults.Ok();
        });
        if (read.Result is JsonHttpResult<CommandProblem> problem) return problem;
        context.Response.Headers.CacheControl = "no-store";
        return boards is null ? NoSuchMoment() : TypedResults.Bytes(boards, "application/json");
    }

    static Results<FileContentHttpResult, JsonHttpResult<CommandProblem>> At(
        HttpContext context, FilmPart film, FilmStream stream, ConsoleAccess access, DateTimeOffset t, DateTimeOffset? after)
    {
        byte[]? framed = null;
        Results<Ok, JsonHttpResult<CommandProblem>> read = Read(film, reader =>
        {
            if (stream.Find(reader, t, after) is { } moment) framed = FilmStream.Frame(moment, null, access.IsOperator(context));
            return TypedResults.Ok();
        });
        if (read.Result is JsonHttpResult<CommandProblem> problem) return problem;
        context.Response.Headers.CacheControl = "no-store";
        return framed is null ? NoSuchMoment() : TypedResults.Bytes(framed, FilmStream.ContentType);
    }

    static JsonHttpResult<CommandProblem> NoSuchMoment() =>
        CommandProblem.Answer(StatusCodes.Status404NotFound, "Not found", Cause.Of(CauseCode.NoSuchMoment));

    static Results<T, JsonHttpResult<CommandProblem>> Read<T>(FilmPart film, Func<FilmReader, T> read) where T : IResult
    {
        try
        {
            using FilmReader reader = new(film.File);
            return read(reader);
        }
        catch (FilmDamagedException broken)
        {
            film.Damaged(broken);
            return CommandProblem.Answer(StatusCodes.Status503ServiceUnavailable, "No film now", Cause.Of(CauseCode.NoFilmNow));
        }
        catch (IOException fault)
        {
            return CommandProblem.Answer(StatusCodes.Status503ServiceUnavailable, "No film now", Cause.Of(CauseCode.AsSaid, fault.Message));
        }
    }
}
