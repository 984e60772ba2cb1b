using Microsoft.AspNetCore.Http.HttpResults;
using Nadhir.DutyConsole;
using Nadhir.Paper;

namespace Nadhir.Briefs;

/// <summary><c>/brief</c>: the situation now as a page, and as PDF; restricted rows for operators only.</summary>
static class BriefEndpoints
{
    public static void MapBrief(this WebApplication app)
    {
        app.MapGet("/brief", ContentHttpResult (HttpContext context, IConsoleSource source, ConsoleAccess access, string? lang) =>
            TypedResults.Content(HtmlPage.Write(Now(context, source, access, lang)), "text/html; charset=utf-8")).ExcludeFromDescription();
        app.MapGet("/brief.pdf", Results<FileContentHttpResult, JsonHttpResult<CommandProblem>> (HttpContext context, IConsoleSource source, ConsoleAccess access, string? lang) =>
        {
            try
            {
                return TypedResults.Bytes(PdfPages.Write(Now(context, source, access, lang), PageFonts.Load()), "application/pdf");
            }
            catch (FontsMissingException missing)
            {
                return CommandProblem.Answer(StatusCodes.Status503ServiceUnavailable, "No fonts to print with", Cause.Of(CauseCode.NoFonts, missing.Message));
            }
        }).ExcludeFromDescription();
    }

    static Paper.Paper Now(HttpContext context, IConsoleSource source, ConsoleAccess access, string? language)
    {
        context.Response.Headers.CacheControl = "no-store";
        return SituationBrief.Of(source.Current, source.Configuration, language == "ar" ? "ar" : "en", access.IsOperator(context));
    }
}
