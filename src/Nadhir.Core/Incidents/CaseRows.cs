using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Identification;

namespace Nadhir;

/// <summary>A case file from outside; what is in it is shown only to those whose look is on record.</summary>
public sealed record CaseRow(string Id, CaseTrack Track, string Title, string? Incident, string By, DateTimeOffset OpenedAt)
{
    public ImmutableArray<DeadlineRow> Deadlines { get; init; } = [];
    public int Items { get; init; }
    public int Looks { get; init; }
    [JsonIgnore]
    public CaseContents Contents { get; init; } = CaseContents.Empty;
}

/// <param name="Overdue">Not met, and its time has passed.</param>
public sealed record DeadlineRow(string Id, string What, DateTimeOffset Due, string? To, string By, bool Overdue)
{
    public ClaimDecision? Met { get; init; }
    /// <summary>When it was due before it was set anew, oldest first.</summary>
    public ImmutableArray<DateTimeOffset> DueBefore { get; init; } = [];
}

public sealed record CaseContents(ImmutableArray<CaseItem> Items, ImmutableArray<CaseLook> Looks)
{
    public static CaseContents Empty { get; } = new([], []);
}

public sealed record CaseItem(CaseItemKind Kind, string Text, string? Source, string By, DateTimeOffset At);

public sealed record CaseLook(CaseAccess Access, string By, DateTimeOffset At);

/// <summary>Agreements and permissions in all their versions, and how flights compare with them.</summary>
/// <param name="Forgotten">Findings of older flights that left the board; all are in the journal.</param>
public sealed record PaperBoard(
    ImmutableArray<MandateVersion> Mandates, ImmutableArray<AuthorisationVersion> Authorisations,
    ImmutableArray<ConformityRow> Conformity, long Forgotten)
{
    public static PaperBoard Empty { get; } = new([], [], [], 0);

    /// <summary>What held at a time, as known to us at another.</summary>
    public (ImmutableArray<MandateVersion> Mandates, ImmutableArray<AuthorisationVersion> Authorisations) InForce(
        DateTimeOffset at, DateTimeOffset asKnownAt) =>
        ([.. Mandates.Where(version => version.RecordedAt <= asKnownAt).GroupBy(version => version.Mandate.Id, StringComparer.Ordinal)
            .Select(versions => versions.MaxBy(version => version.Version)!).Where(version => Holds(version.ValidFrom, version.ValidTo, at))],
        [.. Authorisations.Where(version => version.RecordedAt <= asKnownAt)
            .GroupBy(version => version.Authorisation.Id, StringComparer.Ordinal).Select(versions => versions.MaxBy(version => version.Version)!)
            .Where(version => Holds(version.Authorisation.ValidFrom, version.Authorisation.ValidTo, at))]);

    static bool Holds(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset at) => !(from > at) && !(to < at);
}

/// <param name="By">Who recorded it; empty for the configuration's, which is version 1.</param>
public sealed record MandateVersion(Mandate Mandate, int Version, DateTimeOffset RecordedAt, string By)
{
    public DateTimeOffset? ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }
    public string? Source { get; init; }
}

public sealed record AuthorisationVersion(Authorisation Authorisation, int Version, DateTimeOffset RecordedAt, string By, string Reason);

/// <summary>How a flight compares with what is on file: facts, each with its evidence. There is no verdict.</summary>
public enum Conformity : byte
{
    /// <summary>It matches an authorisation in code, area and time.</summary>
    Within,
    /// <summary>One is on file for it, but does not match in time or area.</summary>
    OnFileButDiffers,
    NoRecord,
}

/// <param name="Words">"within AUTH-001", "no record found", "AUTH-001 on file, but outside its area".</param>
public sealed record ConformityRow(int Track, Conformity Finding, string Words, DateTimeOffset At)
{
    /// <summary>The words as codes: one, or of each authorisation that differs its own.</summary>
    public ImmutableArray<Cause> Causes { get; init; } = [];
    public string? Authorisation { get; init; }
    /// <summary>The version of the authorisation that it was compared with.</summary>
    public int? Version { get; init; }
    public string? Mandate { get; init; }
    public ImmutableArray<string> Evidence { get; init; } = [];
}
