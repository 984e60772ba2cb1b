using Nadhir.Warning;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// Whether a siren's link is up. Only its own fresh word counts as up; silence for the siren's timeout, its will, or the
/// loss of the broker is down. Reports changes only. Times are on the link's clock, since the outlet's start.
/// </summary>
sealed class SirenLinkWatch(Siren siren)
{
    bool? up;
    TimeSpan lastHeard;

    /// <summary>The siren spoke, and hears us.</summary>
    public SirenLinkReceipt? Heard(TimeSpan at, DateTimeOffset now)
    {
        lastHeard = at;
        return Turn(true, now, "heard");
    }

    public SirenLinkReceipt? Lost(DateTimeOffset now, string why) => Turn(false, now, why);

    public SirenLinkReceipt? Check(TimeSpan at, DateTimeOffset now) =>
        at - lastHeard < siren.LinkTimeout ? null
        : Turn(false, now, up is null ? "not heard since the start" : $"silent for {siren.LinkTimeout.TotalSeconds:0.#} s");

    SirenLinkReceipt? Turn(bool to, DateTimeOffset now, string why)
    {
        if (up == to) return null;
        up = to;
        return new(siren.Id, to) { At = now, Detail = why };
    }
}
