using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nadhir.Ingest;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir ingest REPORT.txt</c>: proposes the claims of a press report for a person to accept. Nothing is accepted by
/// itself. Exit code 0 done, 1 something was refused, 2 bad usage.
/// </summary>
static class IngestCommand
{
    public static Command Create()
    {
        Argument<string> report = new("REPORT") { Description = "The report: plain text or a saved page, in UTF-8, or UTF-16 with its mark" };
        Option<string?> encoding = new("--encoding") { Description = "How another text is written, like windows-1256" };
        Option<bool> json = new("--json") { Description = "Print the review as JSON" };
        Option<string?> review = new("--review") { Description = "Write the review to this file: set \"accept\" to true or false in it" };
        Option<string?> accept = new("--accept") { Description = "A review as a person left it: what is true is accepted, what is false rejected" };
        Option<string?> by = new("--by") { Description = "Who accepts (with --accept), or who brings the report in" };
        Option<string?> record = new("--record") { Description = "Put the report and its claims into this record" };
        Option<Uri?> server = ServerOption.Create("Send them to a running system, like http://127.0.0.1:8470");
        Option<string?> token = new("--token-file") { Description = "File with the operator's token of that system" };
        Option<string?> incident = new("--incident") { Description = "The incident the claims are of" };
        Option<string?> source = new("--source") { Description = "Our id of the document; the name of the file without its ending by default" };
        Option<string> publisher = new("--publisher") { Description = "Who published it", DefaultValueFactory = _ => "press report" };
        Option<string?> published = new("--published") { Description = "Day of publication (yyyy-MM-dd), when its first line does not say it" };
        Option<string> zone = new("--zone") { Description = "Time zone of the report's times (IANA name)", DefaultValueFactory = _ => "UTC" };
        Command command = new("ingest", "Propose the claims of a press report, each with who said it; a person accepts them")
        {
            report, json, review, accept, by, record, server, token, incident, source, publisher, published, zone,
            encoding,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                IngestReview found = IngestReview.Of(parsed.GetRequiredValue(report), parsed.GetValue(source), parsed.GetValue(publisher)!,
                    Day(parsed.GetValue(published)), Zone(parsed.GetValue(zone)!), Written(parsed.GetValue(encoding)));
                if (parsed.GetValue(review) is { } file) await File.WriteAllTextAsync(file, found.Json() + "\n", cancellation);
                foreach (UnreadParagraph unread in found.Unread)
                    await Console.Error.WriteLineAsync($"nadhir ingest: paragraph {unread.Number} was not read: {unread.Why} (“{unread.Begins}”)");
                if (parsed.GetValue(json)) parsed.InvocationConfiguration.Output.WriteLine(found.Json());
                else if (parsed.GetValue(accept) is null) Print(parsed.InvocationConfiguration.Output, found);
                if (parsed.GetValue(record) is null && parsed.GetValue(server) is null)
                    return parsed.GetValue(accept) is null ? 0 : throw new InvalidDataException("--accept needs --record or --server");
                IngestReview? decided = parsed.GetValue(accept) is { } kept ? IngestReview.Parse(await File.ReadAllTextAsync(kept, cancellation)) : null;
                if (decided is not null && string.IsNullOrWhiteSpace(parsed.GetValue(by))) throw new InvalidDataException("--accept needs --by: who accepts");
                IReadOnlyList<global::Nadhir.Command> commands = found.Commands(parsed.GetValue(by) ?? "nadhir ingest", parsed.GetValue(incident), decided);
                IngestTarget target = parsed.GetValue(record) is { } folder
                    ? IngestTarget.IntoRecord(folder, commands, TimeProvider.System)
                    : await IngestTarget.ToServer(parsed.GetValue(server)!, parsed.GetValue(token), commands, cancellation);
                foreach (string refusal in target.Refusals) await Console.Error.WriteLineAsync($"nadhir ingest: {refusal}");
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{target.Taken} taken, {target.There} there already, {target.Refusals.Count} refused"));
                return target.Refusals.Count > 0 ? 1 : 0;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or HttpRequestException)
            {
                await Console.Error.WriteLineAsync($"nadhir ingest: {fault.Message}");
                return fault is JournalDamagedException ? 1 : 2;
            }
        });
        return command;
    }

    static DateOnly? Day(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw new InvalidDataException($"'{text}' is no day (yyyy-MM-dd)");

    static Encoding? Written(string? name)
    {
        if (name is null) return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException unknown)
        {
            throw new InvalidDataException($"'{name}' is no encoding known here (like windows-1256)", unknown);
        }
    }

    static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone
        : throw new InvalidDataException($"'{name}' is not a time zone known to this machine (IANA name, like Asia/Baghdad)");

    static void Print(TextWriter output, IngestReview review)
    {
        output.WriteLine($"{review.Source}: SHA-256 {review.Sha256}, published {review.Published ?? "unknown"}, {review.Claims.Count} claims proposed");
        foreach (ProposedClaim claim in review.Claims)
        {
            output.WriteLine($"\n{claim.Id}  {claim.Kind}  {string.Join(" ← ", claim.Chain)}");
            output.WriteLine($"    “{claim.Quote}”");
            string more = string.Join("; ", new[]
            {
                claim.Time is { } time ? $"time: {time.Words}{(time.Earliest is { } from ? $" ({from:yyyy-MM-dd HH:mm}Z to {time.Latest:yyyy-MM-dd HH:mm}Z)" : "")}" : null,
                claim.Place is { } place ? $"place: {place}" : null,
                claim.Killed is { } killed ? $"killed: {killed}" : null,
                claim.Injured is { } injured ? $"injured: {injured}" : null,
                claim.Figures.Count > 0 ? string.Join(", ", claim.Figures.Select(figure => $"{figure.What}: {figure.Value.ToString(CultureInfo.InvariantCulture)}")) : null,
                claim.Doubt is { } doubt ? $"doubt: {doubt}" : null,
            }.OfType<string>());
            if (more.Length > 0) output.WriteLine($"    {more}");
        }

        if (review.Left > 0) output.WriteLine($"\n{review.Left} more were left out: a review holds 2000");
    }
}
