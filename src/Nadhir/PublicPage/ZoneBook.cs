using System.Collections.Immutable;
using System.Text.Json;
using Nadhir.Warning;

namespace Nadhir.PublicPage;

/// <summary>One zone's state at a moment: its key tells whether anything changed, its bytes are made once, when first asked for.</summary>
sealed class ZoneFrame(ZoneKey key, Func<ZoneState> make)
{
    readonly Lazy<(ZoneState State, byte[] Json, byte[] Event)> made = new(() =>
    {
        ZoneState state = make();
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(state, PublicJson.Default.ZoneState);
        return (state, json, [.. "event: state\ndata: "u8, .. json, .. "\n\n"u8]);
    });

    public ZoneKey Key => key;
    public ZoneState State => made.Value.State;
    public byte[] Json => made.Value.Json;
    /// <summary>As a server-sent event.</summary>
    public byte[] Event => made.Value.Event;
}

/// <param name="Within">What alerts zones in it have, written as one text.</param>
readonly record struct ZoneKey(ToldAlert? Alert, Coverage Coverage, string Within);

/// <summary>What the public is told of every zone. One thread looks; any may read the frames.</summary>
sealed class ZoneBook
{
    /// <summary>Zones with alerts that a larger zone names; a count of further ones helps nobody in a hurry.</summary>
    public const int MostWithin = 20;

    readonly WatchConfiguration configuration;
    readonly PublicOptions options;
    readonly ToldAlerts told;
    readonly ZoneFrame[] frames;
    ImmutableArray<ToldAlert> alerts = [];
    CoverageBoard? coverage;

    public ZoneBook(WatchConfiguration configuration, PublicOptions options)
    {
        this.configuration = configuration;
        this.options = options;
        Directory = new(configuration.Zones, options.Languages);
        told = new(configuration, Directory, options.Distance);
        frames = new ZoneFrame[configuration.Zones.Length];
        for (int zone = 0; zone < frames.Length; zone++) frames[zone] = Frame(zone, new(null, Coverage.Full, ""));
    }

    public ZoneDirectory Directory { get; }

    public ZoneFrame this[int zone] => Volatile.Read(ref frames[zone]);

    /// <summary>Takes notice of the boards; answers which zones changed.</summary>
    public List<int> Look(Boards boards)
    {
        ImmutableArray<ToldAlert> newest = told.Read(boards);
        List<int> changed = [];
        bool same = newest.Length == alerts.Length && newest.Zip(alerts).All(pair => ReferenceEquals(pair.First, pair.Second))
            && (!options.Coverage || SameCoverage(boards.Coverage));
        if (same) return changed;
        (alerts, coverage) = (newest, boards.Coverage);
        ILookup<int, ToldAlert> byZone = newest.ToLookup(alert => alert.Zone);
        Dictionary<string, Coverage> lacking = options.Coverage
            ? boards.Coverage.Others.ToDictionary(row => row.Zone, row => row.State, StringComparer.Ordinal) : [];
        for (int zone = 0; zone < frames.Length; zone++)
        {
            ZoneKey key = new(
                Worst(Directory.Chains[zone].SelectMany(one => byZone[one])),
                lacking.GetValueOrDefault(Directory.Zones[zone].Id, Coverage.Full),
                newest.IsEmpty ? "" : Within(zone, byZone));
            if (SameKey(key, frames[zone].Key)) continue;
            Volatile.Write(ref frames[zone], Frame(zone, key));
            changed.Add(zone);
        }

        return changed;
    }

    bool SameCoverage(CoverageBoard board) =>
        coverage is not null && coverage.Full == board.Full && coverage.Others.AsSpan().SequenceEqual(board.Others.AsSpan());

    /// <summary>By reference of the alert: composing makes a new one when, and only when, what is told changed.</summary>
    static bool SameKey(in ZoneKey one, in ZoneKey other) =>
        ReferenceEquals(one.Alert, other.Alert) && one.Coverage == other.Coverage && one.Within == other.Within;

    /// <summary>What bids people to act comes first; of what has ended, the latest.</summary>
    static ToldAlert? Worst(IEnumerable<ToldAlert> holding) => holding
        .OrderByDescending(alert => alert.State switch { PublicState.Warning => 2, PublicState.Watch => 1, _ => 0 })
        .ThenByDescending(alert => alert.Since).FirstOrDefault();

    string Within(int zone, ILookup<int, ToldAlert> byZone) => string.Join(' ', Active(zone, byZone).Take(MostWithin)
        .Select(one => $"{one.Zone}:{(int)one.State}"));

    IEnumerable<(int Zone, PublicState State)> Active(int zone, ILookup<int, ToldAlert> byZone) =>
        Directory.Within[zone].SelectMany(inner => byZone[inner])
            .Where(alert => alert.State is PublicState.Watch or PublicState.Warning)
            .OrderByDescending(alert => alert.State == PublicState.Warning).ThenBy(alert => alert.Zone)
            .Select(alert => (alert.Zone, alert.State));

    ZoneFrame Frame(int zone, ZoneKey key) => new(key, () =>
    {
        Zone configured = configuration.Zones[zone];
        ToldAlert? alert = key.Alert;
        return new ZoneState
        {
            Zone = configured.Id,
            Names = Directory.Names[zone],
            Parents = [.. Directory.Chains[zone].Skip(1).Select(Directory.NameOf)],
            SecondsToShelter = configured.SecondsToShelter,
            Exercise = configuration.Exercise,
            State = alert?.State ?? PublicState.None,
            Alert = alert?.Id,
            Message = alert?.Message,
            HoldsFrom = alert is not null && alert.Zone != zone ? Directory.NameOf(alert.Zone) : null,
            Kind = alert?.Kind,
            Since = alert?.Since,
            Updated = alert?.Updated,
            Arrival = alert?.Arrival,
            DistanceKilometres = alert?.DistanceKilometres,
            Texts = alert?.Texts,
            Within = WithinOf(key.Within),
            Coverage = options.Coverage ? key.Coverage : null,
        };
    });

    ImmutableArray<ZoneWithin>? WithinOf(string written) => written.Length == 0 ? null :
    [
        .. written.Split(' ').Select(one => one.Split(':')).Select(parts =>
        {
            int zone = int.Parse(parts[0]);
            return new ZoneWithin(Directory.Zones[zone].Id, Directory.Names[zone], (PublicState)int.Parse(parts[1]));
        }),
    ];
}
