namespace Nadhir.Warning;

/// <summary>Sentences that a person may add to what an alert tells people to do: written and reviewed beforehand, in every language.</summary>
public enum Advice : byte { None, StayInside, AwayFromWindows, FallingDebris, ClearRoads, OfficialWordOnly }

/// <summary>What people have added to an alert while it lasts.</summary>
/// <param name="By">Who ordered the latest of it; null when nobody has.</param>
/// <param name="KeptUntil">Until then no rule ends the alert, nor proposes its end.</param>
public readonly record struct Addendum(string? By, Advice Advice, DateTimeOffset? KeptUntil)
{
    public bool Keeps(DateTimeOffset now) => KeptUntil > now;
}
