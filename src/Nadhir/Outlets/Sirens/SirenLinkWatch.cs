using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Warning;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// Whether a siren's link is up over one path. Only its own fresh word counts as up; silence for the siren's timeout, its
/// will, or the loss of the broker is down. Reports changes only, and comes up at most once a second: a siren that
/// flickers must not fill the journal. Times are on the link's clock, since the outlet's start.
/// </summary>
/// <param name="speaks">False for a device that speaks only when something changes: silence then tells nothing.</param>
sealed class SirenLinkWatch(Siren siren, bool speaks = true)
{
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    bool? up;
    TimeSpan lastHeard, lastSeen, changed;

    public bool IsUp => up == true;
    public Cause Word { get; private set; } = Cause.Of(CauseCode.NotHeardYet);

    /// <summary>The siren spoke, and hears us.</summary>
    public SirenLinkReceipt? Heard(TimeSpan at, DateTimeOffset now)
    {
        lastHeard = lastSeen = at;
        return up == false && at - changed < Rest ? null : Turn(true, now, Cause.Of(CauseCode.Heard));
    }

    public SirenLinkReceipt? Lost(DateTimeOffset now, Cause why) => Turn(false, now, why);

    public SirenLinkReceipt? Check(TimeSpan at, DateTimeOffset now)
    {
        lastSeen = at;
        return !speaks || at - lastHeard < siren.LinkTimeout ? null
            : Turn(false, now, up is null ? Cause.Of(CauseCode.NotHeardSinceStart)
                : Cause.Of(CauseCode.SilentFor, siren.LinkTimeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)));
    }

    SirenLinkReceipt? Turn(bool to, DateTimeOffset now, Cause why)
    {
        if (up == to) return null;
        (up, Word, changed) = (to, why, lastSeen);
        return new(siren.Id, to) { At = now, Detail = why.Words, Cause = why };
    }
}

/// <summary>
/// The link to a siren over all its paths: up while one of them is. Says when it goes another way, since a siren on its
/// last path is no longer safe from one fault.
/// </summary>
sealed class SirenPaths(Siren siren, ImmutableArray<string> names, SirenGuard guard, bool speaks = true)
{
    readonly ImmutableArray<SirenLinkWatch> watches = [.. names.Select(_ => new SirenLinkWatch(siren, speaks))];
    string? said;

    public int Count => names.Length;

    public bool IsUp(int path) => watches[path].IsUp;

    public SirenLinkReceipt? Heard(int path, TimeSpan at, DateTimeOffset now) => Tell(watches[path].Heard(at, now));

    public SirenLinkReceipt? Lost(int path, DateTimeOffset now, Cause why) => Tell(watches[path].Lost(now, why));

    public SirenLinkReceipt? Check(TimeSpan at, DateTimeOffset now)
    {
        SirenLinkReceipt? told = null;
        foreach (SirenLinkWatch watch in watches) told = Tell(watch.Check(at, now)) ?? told;
        return told;
    }

    SirenLinkReceipt? Tell(SirenLinkReceipt? change)
    {
        if (change is null) return null;
        if (names.Length == 1) return change with { Guard = guard };
        bool any = watches.Any(watch => watch.IsUp);
        Cause over = Cause.Over(names, watches.Select(watch => watch.Word));
        if (over.Words == said) return null;
        said = over.Words;
        return change with { Up = any, Detail = said, Cause = over, Guard = guard };
    }
}
