namespace Nadhir.Warning;

/// <summary>What should be sounding now.</summary>
readonly record struct DueSound(string Alert, string Tone, DateTimeOffset Until);

readonly record struct OpenCommand(string CommandId, DateTimeOffset Expires, bool Acknowledged, bool SilentTest);

/// <summary>All we know of one siren.</summary>
sealed class SirenBook
{
    /// <summary>So many of its latest commands are known by name.</summary>
    const int Remembered = 8;

    static readonly Cause neverHeardOf = Cause.Of(CauseCode.NeverHeardOf);

    readonly Queue<string> given = new();
    long oldestGiven;

    public SirenState State = SirenState.Unknown;
    public DateTimeOffset Since;
    public DateTimeOffset? LastHeard;
    public string Detail = neverHeardOf.Words;
    /// <summary>The same, where it is ours to say.</summary>
    public Cause? Cause = neverHeardOf;
    public bool LinkUp;
    public string Link = neverHeardOf.Words;
    public Cause? LinkCause = neverHeardOf;
    /// <summary>The link was up when the outlet itself fell silent.</summary>
    public bool LostWithOutlet;
    public SirenGuard Guard;
    public SirenDoubtRow? Doubt;
    public OpenCommand? Open;
    /// <summary>The last command it was given; empty before the first.</summary>
    public string Latest = "";
    /// <summary>The siren itself has said that the latest command is done, or cannot be.</summary>
    public bool IsOver;
    /// <summary>What it should be sounding now.</summary>
    public DueSound? Due;
    public SirenOrderRow? Order;
    /// <summary>The silent test under way.</summary>
    public string? Test;
    public DateTimeOffset? TestTried;
    public DateTimeOffset? TestPassed;
    public string TestDetail = "";
    public bool TestOverdue;

    public void Give(string id, long sequence)
    {
        Latest = id;
        IsOver = false;
        if (given.Count == 0) oldestGiven = sequence;
        given.Enqueue(id);
        if (given.Count <= Remembered) return;
        given.Dequeue();
        oldestGiven = Number(given.Peek())?.Sequence ?? sequence;
    }

    /// <summary>
    /// Whether the siren can have been given this: by name, or so long ago that the names are forgotten.
    /// </summary>
    public bool MayKnow(string id, int epoch) =>
        given.Contains(id)
        || (Number(id) is { } number
            && (number.Epoch < epoch || (number.Epoch == epoch && given.Count == Remembered && number.Sequence < oldestGiven)));

    /// <summary>Epoch and sequence of a command by its name.</summary>
    static (int Epoch, long Sequence)? Number(string id)
    {
        string[] parts = id.Split('-', 4);
        return parts is ["C", { } epoch, { } sequence] && int.TryParse(epoch, out int e) && long.TryParse(sequence, out long s)
            ? (e, s)
            : null;
    }
}
