using System.Text.Json;
using System.Text.Json.Serialization;
using Nadhir.DutyConsole;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Custody;

/// <summary>
/// What a person orders about the record: <c>hold.place</c>, <c>hold.lift</c> or <c>key.change</c>. A hold is of a time,
/// or of <see cref="Hours"/> before and after an incident was opened.
/// </summary>
sealed record CustodyOrder(string Type, string By, string Reason)
{
    public string Hold { get; init; } = "";
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public string? Incident { get; init; }
    public double Hours { get; init; } = 24;
}

/// <summary>What became of it; <see cref="Key"/> is the one that signs from now on, after a change.</summary>
sealed record CustodyAnswer(string Done, string? Key = null);

/// <summary><c>/api/custody</c>, for operators: what is on record about the record itself, and orders about it.</summary>
static class CustodyEndpoints
{
    const double MostHours = 24 * 366;

    public static WebApplication MapCustody(this WebApplication app, LiveCustody custody)
    {
        app.MapGet("/api/custody", (HttpContext context, ConsoleAccess access) => !access.IsOperator(context)
            ? CommandProblem.NotSignedIn()
            : Results.Json(custody.Notes(), CustodyOrders.Default.IReadOnlyListCustodyNote)).ExcludeFromDescription();
        app.MapPost("/api/custody", async (HttpContext context, ConsoleAccess access, CancellationToken cancellation) =>
        {
            if (!access.IsOperator(context)) return CommandProblem.NotSignedIn();
            try
            {
                CustodyOrder? order = await context.Request.ReadFromJsonAsync(CustodyOrders.Default.CustodyOrder, cancellation);
                return order is null ? Refused(400, Cause.Of(CauseCode.Malformed, "there is no order")) : Results.Json(await Carry(custody, order, cancellation), CustodyOrders.Default.CustodyAnswer);
            }
            catch (CustodyException refused)
            {
                return Refused(409, refused.Cause, refused.Message);
            }
            catch (Exception unread) when (unread is JsonException or InvalidOperationException)
            {
                return Refused(400, Cause.Of(CauseCode.Malformed, unread.Message));
            }
        }).ExcludeFromDescription();
        return app;
    }

    static async Task<CustodyAnswer> Carry(LiveCustody custody, CustodyOrder order, CancellationToken cancellation)
    {
        switch (order.Type)
        {
            case "hold.place":
                HoldPlaced hold = new(order.Hold, order.From ?? default, order.To ?? default) { By = order.By, Reason = order.Reason };
                if (order.Incident is { } incident)
                    hold = order.Hours is > 0 and <= MostHours ? custody.Around(hold, incident, TimeSpan.FromHours(order.Hours)) : throw new CustodyException("hours are more than none and at most a year's", Cause.Of(CauseCode.FieldNotBetween, "hours", 0, MostHours));
                else if (order.From is null || order.To is null) throw new CustodyException(Cause.Of(CauseCode.GiveTimes));
                await custody.PlaceHold(hold, cancellation);
                return new(FormattableString.Invariant($"hold {hold.Hold}: {hold.From:O} to {hold.To:O}"));
            case "hold.lift":
                await custody.LiftHold(new HoldLifted(order.Hold) { By = order.By, Reason = order.Reason }, cancellation);
                return new($"hold {order.Hold} lifted");
            case "key.change":
                NoteKey key = await custody.ChangeKey(order.By, order.Reason, cancellation);
                return new($"signed from now on with {key}", key.ToString());
            default:
                throw new CustodyException($"'{order.Type}' is none of hold.place, hold.lift, key.change", Cause.Of(CauseCode.FieldUnknown, "type"));
        }
    }

    static IResult Refused(int code, Cause why, string? words = null) => Results.Json(
        new CommandProblem { Title = "refused", Status = code, Detail = words ?? why.Words, Cause = why },
        ConsoleJson.Default.CommandProblem, "application/problem+json", code);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CustodyOrder))]
[JsonSerializable(typeof(CustodyAnswer))]
[JsonSerializable(typeof(IReadOnlyList<CustodyNote>))]
sealed partial class CustodyOrders : JsonSerializerContext;
