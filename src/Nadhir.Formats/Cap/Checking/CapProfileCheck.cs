using System.Collections.Immutable;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>Measures a message against a profile's demands.</summary>
sealed class CapProfileCheck(CapProfile profile, CapFindings findings)
{
    public void Check(CapNode alert)
    {
        foreach (CapDemand demand in profile.Demands) Check(alert, demand);
    }

    void Check(CapNode alert, CapDemand demand)
    {
        string type = alert.TextOf("msgType") ?? "";
        switch (demand)
        {
            case CapDemand.Code code:
                Unless(alert.All("code").Any(one => code.Prefix
                    ? one.Text.Trim().StartsWith(code.Value, StringComparison.Ordinal)
                    : one.Text.Trim() == code.Value), alert, demand,
                    $"no code {code.Value}{(code.Prefix ? "…" : "")} claims the profile");
                break;
            case CapDemand.AlertWord word:
                Unless(word.Words.Contains(alert.TextOf(word.Element) ?? "", StringComparer.Ordinal), alert, demand,
                    $"{word.Element} {alert.TextOf(word.Element)} is not one of {string.Join(", ", word.Words)}");
                break;
            case CapDemand.Info needed:
                bool mayLackIt = type is "Ack" or "Error" || type == "Cancel" && !needed.OfCancelToo;
                Unless(mayLackIt || alert.First("info") is not null, alert, demand, "there is no info");
                break;
            case CapDemand.References:
                Unless(type is not ("Update" or "Cancel") || !string.IsNullOrEmpty(alert.TextOf("references")), alert, demand,
                    $"msgType {type} needs references");
                break;
            case CapDemand.SenderAddress:
                Unless(alert.TextOf("sender")?.Split('@') is [{ Length: > 0 }, { Length: > 0 }], alert, demand,
                    "sender should be an address like someone@example.org");
                break;
            case CapDemand.SameInAllInfos same:
                ImmutableArray<string>[] sets = [.. alert.All("info").Select(info => Values(info, same.Element))];
                Unless(sets.All(set => set.SequenceEqual(sets[0], StringComparer.Ordinal)), alert, demand,
                    $"not all infos have the same {same.Element}");
                break;
            case CapDemand.Languages languages:
                foreach (string tag in languages.Tags)
                    Unless(alert.All("info").Any(info => (info.TextOf("language") ?? "en-US").Split('-')[0] == tag), alert, demand,
                        $"there is no info in the language {tag}");
                break;
            default:
                foreach (CapNode info in alert.All("info")) Info(info, type, demand);
                break;
        }
    }

    void Info(CapNode info, string type, CapDemand demand)
    {
        switch (demand)
        {
            case CapDemand.EveryInfo every:
                Unless(info.First(every.Element) is { } there && (there.Children.Count > 0 || !string.IsNullOrWhiteSpace(there.Text)),
                    info, demand, $"info has no {every.Element}");
                break;
            case CapDemand.NotIn not:
                Unless(type != not.MessageType || info.First(not.Element) is null, info, demand,
                    $"{not.Element} is not used with msgType {type}");
                break;
            case CapDemand.Shape:
                foreach (CapNode area in info.All("area"))
                    Unless(area.First("polygon") is not null || area.First("circle") is not null, area, demand,
                        "an area should have a polygon or a circle");
                break;
            case CapDemand.Named { Element: "geocode" } geocode:
                foreach (CapNode area in info.All("area")) Named(area, geocode);
                break;
            case CapDemand.Named named:
                Named(info, named);
                break;
            default:
                throw new InvariantBrokenException($"no answer for {demand}");
        }
    }

    void Named(CapNode parent, CapDemand.Named demand)
    {
        CapNode[] found =
        [
            .. parent.All(demand.Element).Where(one => one.TextOf("valueName") is { } name && (demand.Prefix
                ? name.StartsWith(demand.Name, StringComparison.Ordinal)
                : name == demand.Name)),
        ];
        string label = $"{demand.Element} {demand.Name}{(demand.Prefix ? "…" : "")}";
        Unless(found.Length > 0, parent, demand, $"{parent.Name} has no {label}");
        Unless(!demand.One || found.Length <= 1, parent, demand, $"{parent.Name} has more than one {label}");
        foreach (CapNode one in found)
        {
            string value = one.TextOf("value") ?? "";
            Unless(demand.Letters == 0 ? value.Length > 0 : value.Length == demand.Letters && value.All(char.IsAsciiLetterOrDigit),
                one, demand, $"{label} is '{CapSchema.Shown(value)}'"
                    + (demand.Letters > 0 ? $": {demand.Letters} letters or digits are expected" : ""));
        }
    }

    static ImmutableArray<string> Values(CapNode info, string element) =>
    [
        .. info.All(element).Select(one => one.Children.Count == 0
            ? one.Text.Trim()
            : $"{one.TextOf("valueName")}={one.TextOf("value")}").Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal),
    ];

    void Unless(bool holds, CapNode node, CapDemand demand, string what)
    {
        if (!holds) findings.Add(CapLayer.Profile, demand.Grade, node.Line, what, profile.Name);
    }
}
