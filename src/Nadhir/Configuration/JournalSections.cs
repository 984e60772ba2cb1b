using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Journal;
using Nadhir.Transparency;

namespace Nadhir.Configuration;

/// <summary>Who may look at the journal as a log, who vouches for it, and how long payloads are kept.</summary>
public sealed record JournalConfiguration
{
    public bool HashesArePublic { get; init; }
    public string? ReaderTokenFile { get; init; }
    /// <summary>Keys of witnesses and where they answer.</summary>
    public ImmutableArray<(NoteKey Key, Uri Address)> Witnesses { get; init; } = [];
    public TimeSpan WitnessEvery { get; init; } = TimeSpan.FromMinutes(1);
    public Uri? TimestampAuthority { get; init; }
    public TimeSpan TimestampEvery { get; init; } = TimeSpan.FromHours(1);
    /// <summary>After this time the payloads received in closed records are withheld; null: never.</summary>
    public TimeSpan? Retention { get; init; }

    internal LogOptions Options() => new()
    {
        HashesArePublic = HashesArePublic,
        ReaderToken = ReaderTokenFile is { } file ? File.ReadAllText(file).Trim() : null,
        Witnesses = Witnesses,
        WitnessEvery = WitnessEvery,
        TimestampAuthority = TimestampAuthority,
        TimestampEvery = TimestampEvery,
    };
}

/// <summary>Reads the section <c>journal</c>.</summary>
sealed class JournalSections(OutlineFiles files)
{
    public JournalConfiguration Read(YamlMap? map)
    {
        JournalConfiguration standard = new();
        if (map is null) return standard;
        return new()
        {
            HashesArePublic = map.Flag("public_hashes", standard.HashesArePublic),
            ReaderTokenFile = files.Existing(map, "reader_token_file", required: false),
            Witnesses = [.. map.Maps("witnesses").Select(Witness)],
            WitnessEvery = TimeSpan.FromSeconds(map.Number("witness_every_s", 1, 86_400, standard.WitnessEvery.TotalSeconds)),
            TimestampAuthority = map.Has("timestamp_authority") ? HostSections.Web(map, "timestamp_authority") : null,
            TimestampEvery = TimeSpan.FromSeconds(map.Number("timestamp_every_s", 1, 604_800, standard.TimestampEvery.TotalSeconds)),
            Retention = map.OptionalNumber("retention_days", 1, 36_500) is { } days ? TimeSpan.FromDays(days) : null,
        };
    }

    static (NoteKey Key, Uri Address) Witness(YamlMap map)
    {
        string line = map.Text("key");
        NoteKey? key = NoteKey.Read(line, out string? fault);
        if (fault is null && key!.Algorithm != NoteKey.Ed25519Cosignature) fault = "it is not a witness's key";
        if (fault is not null && line.Length > 0) map.Fault("key", $"cannot be used: {fault}");
        return (key ?? new NoteKey("none", NoteKey.Ed25519Cosignature, default), HostSections.Web(map, "url"));
    }
}
