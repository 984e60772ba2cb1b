using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Incidents;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Warning;

namespace Nadhir;

/// <summary>
/// Everything the watch decides with. It is the first entry of every journal, so a record can be recomputed from itself
/// alone. How bytes reach us and how sirens are wired is the host's configuration, not this one.
/// </summary>
public sealed record WatchConfiguration
{
    /// <summary>Version of this shape.</summary>
    public string Schema { get; init; } = "nadhir-watch/1";
    /// <summary>Short; part of the identifiers of messages.</summary>
    public required string Name { get; init; }
    /// <summary>For people; the name when empty.</summary>
    public string Title { get; init; } = "";
    /// <summary>What it is called for people, by language tag ("ar"); null when nothing is configured.</summary>
    public ImmutableSortedDictionary<string, string>? Names { get; init; }
    /// <summary>A drill: own journal, keys, ports and look; every message says so.</summary>
    public required bool Exercise { get; init; }
    /// <summary>Who issues warnings, as in the CAP sender element.</summary>
    public required string Sender { get; init; }
    /// <summary>Origin of the tracking plane.</summary>
    public required GeoPoint Origin { get; init; }
    /// <summary>IANA name of the zone in which people read times.</summary>
    public string TimeZone { get; init; } = "UTC";
    public ImmutableArray<FeedConfiguration> Feeds { get; init; } = [];
    public ImmutableArray<Sensor> Sensors { get; init; } = [];
    public ImmutableArray<Border> Borders { get; init; } = [];
    public ImmutableArray<Zone> Zones { get; init; } = [];
    /// <summary>Whose edges are told of apart from national airspace; null when none is configured.</summary>
    public ImmutableArray<FlightInformationRegion>? Firs { get; init; }
    public ImmutableArray<Authorisation> Authorisations { get; init; } = [];
    public ImmutableArray<Mandate> Mandates { get; init; } = [];
    public PhaseLadder Ladder { get; init; } = new();
    /// <summary>Ladders of organisations that have their own.</summary>
    public ImmutableArray<PhaseLadder> Ladders { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>To whom directives are addressed; any name may be when there are none.</summary>
    public ImmutableArray<Formation> Formations { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>Null in records of old: reports on directives are only noted.</summary>
    public DirectivePolicy? Directives { get; init; }
    public ImmutableArray<Site> Sites { get; init; } = [];
    public ImmutableArray<Siren> Sirens { get; init; } = [];
    public ImmutableArray<Drill> Drills { get; init; } = [];
    /// <summary>
    /// Comes before the number of a command: a device refuses what is not newer than the newest it took. Every new record
    /// has a higher one, since its commands are counted from one again.
    /// </summary>
    public int SirenEpoch { get; init; } = 1;
    /// <summary>Null: sirens are tested only when a person asks.</summary>
    public SirenTestPlan? SirenTests { get; init; }
    public WarningPolicy Warning { get; init; } = new();
    /// <summary>How people know the sender; the sender itself when null.</summary>
    public string? SenderName { get; init; }
    /// <summary>Where people read more: a full address.</summary>
    public string? Web { get; init; }
    /// <summary>Whom people may ask.</summary>
    public string? Contact { get; init; }
    /// <summary>In which languages people are told, in this order: "en", "ar", each with or without a region; both when null.</summary>
    public ImmutableArray<string>? Languages { get; init; }

    /// <summary>The ladder a site stands on: its own organisation's, or the common one.</summary>
    public PhaseLadder LadderOf(Site site) => Ladders.FirstOrDefault(ladder => ladder.Id == site.Ladder) ?? Ladder;
}

/// <summary>A feed as the watch knows it: a name and the format of its bytes.</summary>
public sealed record FeedConfiguration
{
    public required string Id { get; init; }
    /// <summary>A name of <c>FeedFormats</c>.</summary>
    public required string Format { get; init; }
    /// <summary>Edition by category ("048" → "1.31"); newest when absent.</summary>
    public ImmutableSortedDictionary<string, string> Editions { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;
    /// <summary>
    /// Whoever runs the system vouches that nobody else can speak on this feed (a line of its own, certificates on both
    /// sides): its sensors may raise a Warning alone.
    /// </summary>
    public bool Authenticated { get; init; }
    /// <summary>Extra bytes a source appends to every datagram.</summary>
    public int TrailingBytes { get; init; }
    /// <summary>Cursor-on-Target: what events of a type are taken for, by pattern; the standard table when absent.</summary>
    public ImmutableSortedDictionary<string, string> EventTypes { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;
    /// <summary>Mode S frames (Beast, AVR): how they are read; null for the defaults, and for other formats.</summary>
    public ModeSFeedOptions? ModeS { get; init; }
    /// <summary>How to read JSON that is not of our own schema; null when it is, or for other formats.</summary>
    public PayloadMapping? Mapping { get; init; }
}
