using System.Collections.Frozen;
using System.Text.Json;
using Nadhir.Assessment;
using Nadhir.DutyConsole;
using Nadhir.Tracking;

namespace Nadhir.Film;

/// <summary>
/// What a console shows at one moment, byte for byte as it is sent: tracks where they were by the watch's own time, what
/// is said of them, and every board for operators and for everyone. It stands for the first <see cref="Sequence"/>
/// entries of the journal and for nothing else.
/// </summary>
sealed class FilmMoment
{
    public required long Sequence { get; init; }
    public required DateTimeOffset Time { get; init; }
    /// <summary>Rows kept from those who are no operators.</summary>
    public required int Withheld { get; init; }
    /// <summary>A frame as of /api/tracks/live.</summary>
    public required byte[] Tracks { get; init; }
    /// <summary>By track, its description as JSON.</summary>
    public required SortedDictionary<int, byte[]> Descriptions { get; init; }
    /// <summary>Sections in the order of <see cref="BoardsFrame.SectionNames"/>.</summary>
    public required byte[][] ForOperators { get; init; }
    /// <summary>The same array of a section where everyone sees all of it.</summary>
    public required byte[][] ForEveryone { get; init; }

    public static FilmMoment Of(Boards boards, WatchConfiguration configuration)
    {
        (Boards open, int withheld) = Audience.PublicPart(boards, configuration);
        byte[][] all = BoardsFrame.Encode(boards);
        byte[][] some = BoardsFrame.Encode(open);
        for (int i = 0; i < all.Length; i++)
            if (some[i].AsSpan().SequenceEqual(all[i])) some[i] = all[i];
        SortedDictionary<int, byte[]> descriptions = [];
        FrozenSet<int> threatening = ConsolePulse.Threatening(boards.Alerts);
        foreach (TrackRow row in boards.Tracks)
        {
            if (row.Track.Status == TrackStatus.Dropped) continue;
            descriptions[row.Track.Id] = JsonSerializer.SerializeToUtf8Bytes(
                TrackDescriptions.Describe(row, configuration, threatening.Contains(row.Track.Id) ? HeadingFan.Of(row.Track) : null), ConsoleJson.Default.TrackDescription);
        }

        return new()
        {
            Sequence = boards.Sequence,
            Time = boards.Now,
            Withheld = withheld,
            Tracks = TrackFrame.Encode(boards.Tracks, configuration.Exercise, boards.Now, boards.Sequence),
            Descriptions = descriptions,
            ForOperators = all,
            ForEveryone = some,
        };
    }

    /// <summary>The boards as of /api/boards; only what changed since <paramref name="before"/>, when it is given.</summary>
    public byte[] Boards(bool isOperator, FilmMoment? before = null)
    {
        byte[][] now = isOperator ? ForOperators : ForEveryone;
        byte[][]? then = before is null ? null : isOperator ? before.ForOperators : before.ForEveryone;
        return BoardsFrame.Json(Time, Sequence, isOperator ? 0 : Withheld, now, i => then is null || !IsSame(then[i], now[i]));
    }

    /// <summary>Descriptions as a JSON array; only those that changed since <paramref name="before"/>, when it is given.</summary>
    public byte[] Described(FilmMoment? before = null)
    {
        using MemoryStream json = new();
        json.WriteByte((byte)'[');
        foreach ((int track, byte[] said) in Descriptions)
        {
            if (before is not null && before.Descriptions.TryGetValue(track, out byte[]? earlier) && IsSame(earlier, said)) continue;
            if (json.Length > 1) json.WriteByte((byte)',');
            json.Write(said);
        }

        json.WriteByte((byte)']');
        return json.ToArray();
    }

    public bool IsSameAs(FilmMoment other) =>
        Sequence == other.Sequence && Time == other.Time && Withheld == other.Withheld && IsSame(Tracks, other.Tracks)
        && Descriptions.Count == other.Descriptions.Count
        && Descriptions.All(one => other.Descriptions.TryGetValue(one.Key, out byte[]? said) && IsSame(said, one.Value))
        && ForOperators.Zip(other.ForOperators).All(pair => IsSame(pair.First, pair.Second))
        && ForEveryone.Zip(other.ForEveryone).All(pair => IsSame(pair.First, pair.Second));

    internal static bool IsSame(byte[] one, byte[] other) => ReferenceEquals(one, other) || one.AsSpan().SequenceEqual(other);
}
