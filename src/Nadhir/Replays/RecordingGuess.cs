using Nadhir.Feeds;
using Nadhir.Formats.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>What format bytes are in, by what they hold. What no other format claims is taken for ASTERIX.</summary>
static class RecordingGuess
{
    public const string Asterix = "asterix";
    /// <summary>Datagrams of a destination that are looked at.</summary>
    const int MostLookedAt = 16;

    /// <exception cref="RecordingUnclearException">Two formats claim it.</exception>
    public static string OfFile(string path, ReadOnlyMemory<byte> bytes) => Claims(bytes) switch
    {
        [] => Asterix,
        [var only] => only,
        var several => throw new RecordingUnclearException(
            $"{path}: may be {string.Join(" or ", several)}; say --as FORMAT"),
    };

    /// <summary>Of datagrams sent to one place: all that are looked at have to agree.</summary>
    public static string OfDatagrams(IEnumerable<ReadOnlyMemory<byte>> datagrams)
    {
        string? agreed = null;
        foreach (ReadOnlyMemory<byte> datagram in datagrams.Where(each => !each.IsEmpty).Take(MostLookedAt))
        {
            if (Claims(datagram) is not [var only] || (agreed is not null && agreed != only)) return Asterix;
            agreed = only;
        }

        return agreed ?? Asterix;
    }

    /// <summary>Of a stream over TCP, which may be anything: null for what is of none of our formats.</summary>
    public static string? OfStream(ReadOnlyMemory<byte> bytes) =>
        Claims(bytes) switch
        {
            [var only] => only,
            [] when AreBlocks(bytes.Span) => Asterix,
            _ => null,
        };

    static bool AreBlocks(ReadOnlySpan<byte> bytes)
    {
        const int enough = 3;
        int blocks = 0;
        while (blocks < enough && AsterixBlock.TryTake(ref bytes, out AsterixBlock block) == DecodeFault.None)
        {
            if (AsterixCatalogue.Newest(block.Category) is null) return false;
            blocks++;
        }

        return blocks == enough || (blocks > 0 && bytes.IsEmpty);
    }

    static string[] Claims(ReadOnlyMemory<byte> bytes) =>
        [.. FeedFormats.Names.Where(name => FeedFormats.Find(name)!.Recording?.IsOne(bytes) == true)];
}
