using System.Collections.Immutable;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>Something a profile asks of a message.</summary>
/// <param name="Grade">Whether it must be, or is recommended.</param>
public abstract record CapDemand(CapGrade Grade)
{
    /// <summary>A <c>code</c> that names the profile (or, with <paramref name="Prefix"/>, one of its versions).</summary>
    public sealed record Code(string Value, bool Prefix = false) : CapDemand(CapGrade.Error);

    /// <summary>An element of the alert has one of these words.</summary>
    public sealed record AlertWord(CapGrade Grade, string Element, ImmutableArray<string> Words) : CapDemand(Grade);

    /// <summary>An Alert or Update has an info; where asked so, a Cancel too.</summary>
    public sealed record Info(bool OfCancelToo) : CapDemand(CapGrade.Error);

    /// <summary>An Update or Cancel has references.</summary>
    public sealed record References() : CapDemand(CapGrade.Error);

    /// <summary>Every info has the element, and it says something.</summary>
    public sealed record EveryInfo(CapGrade Grade, string Element) : CapDemand(Grade);

    /// <summary>An info of a message of this type does not have the element.</summary>
    public sealed record NotIn(string MessageType, string Element) : CapDemand(CapGrade.Error);

    /// <summary>All infos have the same of these elements.</summary>
    public sealed record SameInAllInfos(string Element) : CapDemand(CapGrade.Error);

    /// <summary>
    /// Every info has, directly or in each area, a named value (<c>eventCode</c>, <c>parameter</c>, <c>geocode</c>).
    /// </summary>
    /// <param name="Name">Its valueName, or how that begins.</param>
    /// <param name="One">Not more than one.</param>
    /// <param name="Letters">How many letters or digits the value has; any when 0.</param>
    public sealed record Named(
        CapGrade Grade, string Element, string Name, bool Prefix = false, bool One = false, int Letters = 0)
        : CapDemand(Grade);

    /// <summary>Each area has a polygon or a circle.</summary>
    public sealed record Shape() : CapDemand(CapGrade.Advice);

    /// <summary>There is an info in each of these languages (by the first subtag).</summary>
    public sealed record Languages(ImmutableArray<string> Tags) : CapDemand(CapGrade.Advice);

    /// <summary>The sender is an address like someone@example.org.</summary>
    public sealed record SenderAddress() : CapDemand(CapGrade.Advice);
}

/// <summary>A profile of CAP 1.2: what a country asks on top of the standard.</summary>
/// <param name="Name">As in configuration and on the command line.</param>
/// <param name="Claim">The <c>code</c> by which our own messages claim it.</param>
/// <param name="Source">The document the demands are from.</param>
public sealed record CapProfile(string Name, string Claim, string Source, ImmutableArray<CapDemand> Demands)
{
    const CapGrade Must = CapGrade.Error, Should = CapGrade.Advice;

    /// <summary>The United States. That codes stand in the lists of SAME events and places is not checked.</summary>
    public static readonly CapProfile Ipaws = new("ipaws", "IPAWSv1.0",
        "OASIS CAP v1.2 USA Integrated Public Alert and Warning System Profile 1.0 (2009)",
    [
        new CapDemand.Code("IPAWSv1.0"),
        new CapDemand.AlertWord(Must, "status", ["Actual", "Exercise", "System", "Test"]),
        new CapDemand.AlertWord(Should, "scope", ["Public"]),
        new CapDemand.Info(OfCancelToo: false),
        new CapDemand.References(),
        new CapDemand.SameInAllInfos("category"),
        new CapDemand.SameInAllInfos("eventCode"),
        new CapDemand.Named(Must, "eventCode", "SAME", One: true, Letters: 3),
        new CapDemand.EveryInfo(Must, "expires"),
        new CapDemand.EveryInfo(Must, "area"),
        new CapDemand.Named(Must, "geocode", "SAME", Letters: 6),
        new CapDemand.EveryInfo(Should, "senderName"),
        new CapDemand.EveryInfo(Should, "description"),
        new CapDemand.EveryInfo(Should, "instruction"),
        new CapDemand.Named(Should, "parameter", "EAS-ORG", Letters: 3),
        new CapDemand.Shape(),
    ]);

    /// <summary>Canada, from rule set 0.4 on. That codes stand in its lists of events and places is not checked.</summary>
    public static readonly CapProfile Canada = new("cap-cp", "profile:CAP-CP:0.4",
        "Canadian Profile of CAP, Introduction and Rule Set Beta 0.4A and 1.0",
    [
        new CapDemand.Code("profile:CAP-CP:", Prefix: true),
        new CapDemand.Info(OfCancelToo: true),
        new CapDemand.References(),
        new CapDemand.SameInAllInfos("eventCode"),
        new CapDemand.EveryInfo(Must, "language"),
        new CapDemand.Named(Must, "eventCode", "profile:CAP-CP:Event:", Prefix: true),
        new CapDemand.EveryInfo(Must, "area"),
        new CapDemand.Named(Must, "geocode", "profile:CAP-CP:Location:", Prefix: true),
        new CapDemand.EveryInfo(Should, "expires"),
        new CapDemand.EveryInfo(Should, "senderName"),
        new CapDemand.EveryInfo(Should, "responseType"),
        new CapDemand.EveryInfo(Should, "instruction"),
        new CapDemand.Languages(["en", "fr"]),
        new CapDemand.Shape(),
    ]);

    /// <summary>Australia. That codes stand in its lists of events and places is not checked.</summary>
    public static readonly CapProfile Australia = new("cap-au", "urn:oasis:names:tc:emergency:cap:1.2:profile:CAP-AU:1.0",
        "OASIS EDXL CAP v1.2 Australia (AU) Profile 1.0, Committee Specification 02 (2013)",
    [
        new CapDemand.Code("urn:oasis:names:tc:emergency:cap:1.2:profile:CAP-AU:1.0"),
        new CapDemand.Info(OfCancelToo: true),
        new CapDemand.References(),
        new CapDemand.SameInAllInfos("category"),
        new CapDemand.SameInAllInfos("eventCode"),
        new CapDemand.Named(Must, "eventCode", AustralianEvents, One: true),
        new CapDemand.EveryInfo(Must, "area"),
        new CapDemand.NotIn("Cancel", "effective"),
        new CapDemand.SenderAddress(),
        new CapDemand.EveryInfo(Should, "expires"),
        new CapDemand.EveryInfo(Should, "senderName"),
        new CapDemand.EveryInfo(Should, "responseType"),
        new CapDemand.EveryInfo(Should, "instruction"),
        new CapDemand.Shape(),
    ]);

    /// <summary>The name under which Australia's list of events is known.</summary>
    public const string AustralianEvents = "https://govshare.gov.au/xmlui/handle/10772/6495";

    public static readonly ImmutableArray<CapProfile> All = [Ipaws, Canada, Australia];

    /// <summary>The profile of a name; null when there is none.</summary>
    public static CapProfile? Find(string name) => All.FirstOrDefault(one => one.Name == name);
}
