using Nadhir.Storage;

namespace Nadhir.Transparency;

/// <summary>How a log contradicts what it signed before.</summary>
enum Discord
{
    None,
    /// <summary>Entries it had signed are gone from its end.</summary>
    Truncated,
    /// <summary>The same entries, in another order.</summary>
    Reordered,
    /// <summary>Another history than the one it signed before.</summary>
    Forked,
    /// <summary>Its checkpoint is not signed by a key trusted for it, or cannot be read.</summary>
    Unsigned,
    /// <summary>What it shows does not hash to what it signs.</summary>
    OwnTilesDiffer,
}

/// <param name="FirstDifference">The entry from which on it differs from what was seen; null when that is not known.</param>
/// <param name="Evidence">Folder in which both checkpoints are kept.</param>
sealed record AuditReport(
    string Log, Discord Discord, string What, long Size = 0, long? FirstDifference = null, string? Evidence = null);

/// <summary>Looks at one log: fetches its checkpoint, wants the proof from its tiles, cosigns or refuses and says why.</summary>
sealed class LogAudit(WitnessBook book, ILogSource log, bool mirrors)
{
    /// <exception cref="IOException">The log cannot be reached: nothing is known, nothing refused.</exception>
    public async Task<AuditReport> Look(CancellationToken stopping)
    {
        SignedCheckpoint? offered = SignedCheckpoint.Read(await log.Checkpoint(stopping), out string? fault);
        if (offered is null) return new(log.Name, Discord.Unsigned, $"its checkpoint cannot be read: {fault}");
        switch (book.Fault(offered))
        {
            case WitnessAnswer.Unsigned unsigned: return new(log.Name, Discord.Unsigned, unsigned.Why);
            case not null: return new(log.Name, Discord.Unsigned, $"no key is given for {offered.Origin}");
        }
        SignedCheckpoint? seen = book.Latest(offered.Origin);
        if (seen is not null && offered.Size < seen.Size) return await Refuse(seen, offered, [], stopping);
        long old = seen?.Size ?? 0;
        IReadOnlyList<byte[]> proof = old == 0 || old == offered.Size ? [] : await log.ConsistencyProof(old, offered.Size, stopping);
        switch (book.Add(old, proof, offered))
        {
            case WitnessAnswer.Cosigned:
                if (mirrors) await Mirror(offered.Origin).Follow(log, offered.Size, stopping);
                return new(log.Name, Discord.None, $"{offered.Size} entries cosigned, {offered.Size - old} of them new", offered.Size);
            case WitnessAnswer.Inconsistent:
                return await Refuse(seen!, offered, proof, stopping);
            case WitnessAnswer.OtherSize:
                throw new IOException("another checkpoint was cosigned meanwhile"); // The next look begins from that one.
            case var other:
                return new(log.Name, Discord.Unsigned, other.ToString()!);
        }
    }

    LeafMirror Mirror(string origin) => new(book.FolderOf(origin));

    async Task<AuditReport> Refuse(
        SignedCheckpoint seen, SignedCheckpoint offered, IReadOnlyList<byte[]> proof, CancellationToken stopping)
    {
        (long? first, bool sameInOtherOrder) = (null, false);
        bool compared = false;
        try
        {
            if (mirrors && Mirror(offered.Origin).Size >= Math.Min(seen.Size, offered.Size))
            {
                (first, sameInOtherOrder) = await Mirror(offered.Origin).Compare(log, offered.Size, stopping);
                compared = true;
            }
        }
        catch (IOException)
        {
            // It shows no tiles for what it signed: that its checkpoints contradict each other stands without them.
        }

        bool shorter = offered.Size < seen.Size;
        (Discord discord, string what) = (shorter, first) switch
        {
            (true, null) => (Discord.Truncated, $"it signed {seen.Size} entries before and shows {offered.Size} now"),
            (_, { } at) when sameInOtherOrder => (Discord.Reordered, $"from entry {at} on, the same entries in another order"),
            (_, { } at) => (Discord.Forked, $"entry {at} is not the one it showed before"),
            (false, null) when compared => (Discord.OwnTilesDiffer, "its tiles are as before, its checkpoint is not theirs"),
            _ => (Discord.Forked, $"its {offered.Size} entries do not begin with the {seen.Size} it signed before"),
        };
        string why = $"{discord}: {what}";
        return new(log.Name, discord, what, offered.Size, first, book.Keep(seen, offered, proof, why));
    }
}
