using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Geodesy;

namespace Nadhir.Identification;

/// <summary>A flight plan or permission on file. Matched by what the flight says of itself, area and time.</summary>
public sealed record Authorisation
{
    public required string Id { get; init; }
    public required string Holder { get; init; }
    public string Basis { get; init; } = "";
    public string Activity { get; init; } = "";
    public string? Mandate { get; init; }
    /// <summary>Where it holds; everywhere when absent.</summary>
    public Area? Area { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }
    public required DateTimeOffset ValidTo { get; init; }
    /// <summary>Mode 3/A codes in octal digits ("4301").</summary>
    public ImmutableArray<string> Mode3A { get; init; } = [];
    /// <summary>ICAO 24-bit addresses in hexadecimal.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];
    public ImmutableArray<string> Callsigns { get; init; } = [];
}

/// <summary>An agreement that authorisations rest on. Its terms may be unknown to us; then we say so.</summary>
public sealed record Mandate
{
    public required string Id { get; init; }
    public required string Text { get; init; }
    public string StatedBy { get; init; } = "";
    public bool TermsKnown { get; init; }
}

/// <summary>What a track is by its own word and our files. There is no "hostile".</summary>
public enum IdentityKind : byte { NonCooperative, Cooperative, Authorised }

/// <summary>The identity with its evidence, in plain words.</summary>
public sealed record Identity(IdentityKind Kind, string? Authorisation, ImmutableArray<string> Evidence)
{
    /// <summary>The authorisation whose area a flight keeps to although it has fallen silent.</summary>
    public string? KeepsTo { get; init; }

    public static Identity None { get; } = new(IdentityKind.NonCooperative, null, []);

    public static Identity By(IdentityKind kind, string? authorisation, ImmutableArray<Cause> evidence) =>
        new(kind, authorisation, [.. evidence.Select(one => one.Words)]) { Causes = evidence };

    /// <summary>The evidence as codes, in its order; the record has the words alone.</summary>
    [JsonIgnore]
    public ImmutableArray<Cause> Causes { get; init; } = [];

    /// <summary>Of the evidence: authorisations on file for it that do not match, each with what differs.</summary>
    [JsonIgnore]
    public ImmutableArray<Cause> Differences { get; init; } = [];
}
