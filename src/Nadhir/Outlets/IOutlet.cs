namespace Nadhir.Outlets;

/// <summary>A decision that is safely in the journal, so that an outlet may act on it.</summary>
/// <param name="Sequence">Its entry in the journal.</param>
/// <param name="Time">Arrival of the input that caused it.</param>
/// <param name="DurableAt">When the journal had it on disk, by the host's clock.</param>
/// <param name="Decision">What to act on.</param>
public readonly record struct DurableDecision(
    long Sequence, DateTimeOffset Time, DateTimeOffset DurableAt, Decision Decision);

/// <summary>
/// Carries decisions to the world outside. <see cref="Offer"/> never blocks and never throws: an outlet that cannot keep
/// up says so by a receipt.
/// </summary>
public interface IOutlet
{
    string Name { get; }
    void Offer(in DurableDecision decision);
}

/// <summary>Where outlets report what became of a decision; each report becomes an input of the journal.</summary>
public interface IReceiptSink
{
    void Offer(string source, Receipt receipt);
}
