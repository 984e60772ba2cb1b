using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Posture;

namespace Nadhir.Simulation.Scenarios;

/// <summary>
/// Reads the timeline: what people order and report, each with who says it. Claims stand in a list of their own, word
/// for word as quoted, and are recorded by naming them.
/// </summary>
static class TimelineSection
{
    static readonly ImmutableArray<string> known =
    [
        "site.phase", "site.measure", "readiness.report", "directive.issue", "directive.report", "observer.report",
        "incident.open", "claim.record", "claims.record", "statement.record", "event.record", "sensor.outage", "siren.test",
    ];

    public static ImmutableArray<TimelineItem> Read(YamlMap root, WatchSections sections)
    {
        Dictionary<string, RecordClaim> claims = new(StringComparer.Ordinal);
        ImmutableArray<YamlMap> claimMaps = root.Maps("claims");
        ImmutableArray<RecordClaim> all = [.. claimMaps.Select(map => Claim(map, sections))];
        References.Differ(claimMaps, "id", [.. all.Select(claim => claim.Claim)]);
        foreach (RecordClaim claim in all) claims.TryAdd(claim.Claim, claim);

        ImmutableArray<TimelineItem>.Builder items = ImmutableArray.CreateBuilder<TimelineItem>();
        foreach (YamlMap map in root.Maps("timeline"))
        {
            sections.Provenance(map);
            double seconds = map.Number("t", -1e6, 1e6);
            foreach (Command command in Commands(map, claims)) items.Add(new(seconds, command));
        }

        return [.. items.OrderBy(item => item.Seconds)];
    }

    /// <summary>A quoted claim; its author is its attribution, the recorder is named by the timeline.</summary>
    static RecordClaim Claim(YamlMap map, WatchSections sections)
    {
        sections.Provenance(map);
        if (map.OptionalText("system_position") is { } position && position != "none")
            map.Fault("system_position", "can only be 'none': the system takes no position");
        return new(map.Text("id"), map.Text("type"), map.Text("quote"), map.Text("by"))
        {
            By = "",
            Incident = map.OptionalText("incident"),
            Killed = map.OptionalInteger("killed", 0, 1_000_000),
            Injured = map.OptionalInteger("injured", 0, 1_000_000),
            Grading = map.OptionalText("grading") ?? "",
        };
    }

    static IEnumerable<Command> Commands(YamlMap map, Dictionary<string, RecordClaim> claims)
    {
        string by = map.Text("by");
        switch (map.Text("do"))
        {
            case "site.phase":
                return [new SetPhase(map.Text("site"), map.Text("phase"), map.OptionalText("reason") ?? "") { By = by }];
            case "site.measure":
                return
                [
                    new RecordMeasure(map.Text("site"), map.Text("kind"), map.Choice<MeasureState>("state"))
                    {
                        By = by,
                        ReportedWhen = map.OptionalText("reported_when") ?? "",
                        Confidence = map.OptionalText("confidence") ?? "",
                        Restricted = map.Flag("restricted", false),
                    },
                ];
            case "readiness.report":
                return
                [
                    new ReportReadiness(map.Text("site"), map.Text("system"), map.Choice<ReadinessStatus>("status"))
                    {
                        By = by,
                        ReportedWhen = map.OptionalText("reported_when") ?? "",
                        Confidence = map.OptionalText("confidence") ?? "",
                        Restricted = map.Flag("restricted", false),
                    },
                ];
            case "directive.issue":
                return [Directive(map, by)];
            case "directive.report":
                return
                [
                    new ReportDirective(map.Text("directive"), map.Text("formation"),
                        map.Choice<DirectiveState>("state"), map.OptionalText("note") ?? "") { By = by },
                ];
            case "observer.report":
                return [new ReportObservation(map.Text("text")) { By = by, Zone = map.OptionalText("zone") }];
            case "incident.open":
                return [new OpenIncident(map.Text("incident"), map.Text("title"), map.Text("zone")) { By = by }];
            case "claim.record":
                return
                [
                    new RecordClaim(map.Text("claim"), map.Text("kind"), map.Text("text"), map.Text("attribution"))
                    {
                        By = by,
                        Incident = map.OptionalText("incident"),
                        Killed = map.OptionalInteger("killed", 0, 1_000_000),
                        Injured = map.OptionalInteger("injured", 0, 1_000_000),
                        Grading = map.OptionalText("grading") ?? "",
                    },
                ];
            case "claims.record":
                return Named(map, claims).Select(claim => claim with { By = by });
            case "statement.record":
                return
                [
                    new RecordStatement(map.Text("statement"), map.Text("speaker"),
                        [.. Named(map, claims).Select(claim => claim.Claim)])
                    {
                        By = by,
                        Incident = map.OptionalText("incident"),
                    },
                ];
            case "event.record":
                return
                [
                    new RecordEvent(map.Text("kind"), map.Text("text"))
                    {
                        By = by,
                        Who = map.Texts("who"),
                        Attribution = map.OptionalText("attribution") ?? "",
                    },
                ];
            case "sensor.outage":
                return [new AnnounceOutage(map.Text("sensor"), map.Flag("off"), map.Text("reason")) { By = by }];
            case "siren.test":
                return [new TestSiren(map.Text("siren")) { By = by }];
            case var other:
                string? near = Spelling.Nearest(other, known);
                if (other.Length > 0)
                    map.Fault("do", $"'{other}' cannot be done; " + (near is null ? $"known: {string.Join(", ", known)}" : $"did you mean '{near}'?"));
                return [];
        }
    }

    static IssueDirective Directive(YamlMap map, string by)
    {
        string? content = map.OptionalText("content");
        bool notReported = map.Flag("content_not_reported", false);
        if (content is null != notReported)
            map.Fault("content", "give either the content, or content_not_reported: true; no text is made up");
        return new(map.Text("directive"), map.Texts("to"), content)
        {
            By = by,
            ContentNotReported = notReported,
            Count = map.OptionalText("count") ?? "",
            Attribution = map.OptionalText("attribution") ?? "",
        };
    }

    static ImmutableArray<RecordClaim> Named(YamlMap map, Dictionary<string, RecordClaim> claims)
    {
        ImmutableArray<RecordClaim>.Builder named = ImmutableArray.CreateBuilder<RecordClaim>();
        foreach (string id in map.Texts("claims"))
        {
            if (claims.TryGetValue(id, out RecordClaim? claim)) named.Add(claim);
            else map.Fault("claims", $"there is no claim '{id}'");
        }

        return named.DrainToImmutable();
    }
}
