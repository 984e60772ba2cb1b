using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Identification;

/// <summary>
/// Compares what a track says of itself with the authorisations on file. States matches and mismatches as evidence; it
/// knows no verdicts.
/// </summary>
sealed class Identifier
{
    /// <summary>A flight already inside an area is held to be inside until it is this far out.</summary>
    const double AreaMarginMetres = 5000;

    const double AheadSeconds = 60;
    /// <summary>A flight keeps to its plan while it is no farther from the height of its last words, metres.</summary>
    const double HeightKept = 1000;

    static readonly Identity silent =
        Identity.By(IdentityKind.NonCooperative, null, [Cause.Of(CauseCode.NoReply), Cause.Of(CauseCode.NoneOnFile)]);

    /// <summary>Where authorised tracks were last, by their own words.</summary>
    readonly Dictionary<int, double> heights = [];

    /// <summary>What is still seen and has said nothing for so long is held to say nothing.</summary>
    static readonly TimeSpan silence = TimeSpan.FromSeconds(60);

    readonly ILookup<string, Authorisation> byMode3A, byAddress, byCallsign;
    readonly Dictionary<string, PlaneArea> areas = new(StringComparer.Ordinal);
    readonly TimeZoneInfo zone;

    public Identifier(WatchConfiguration configuration, StereographicPlane plane)
    {
        // As they are typed: without leading zeros, in small letters, with blanks, longer than a transponder can say.
        byMode3A = Index(configuration.Authorisations, a => a.Mode3A, key => key.PadLeft(4, '0'));
        byAddress = Index(configuration.Authorisations, a => a.Addresses, key => key.PadLeft(6, '0'));
        byCallsign = Index(configuration.Authorisations, a => a.Callsigns, key => Callsign.From(key).ToString());
        foreach (Authorisation authorisation in configuration.Authorisations)
            if (authorisation.Area is { } area) areas[authorisation.Id] = new PlaneArea(area, plane);
        zone = TimeZoneInfo.TryFindSystemTimeZoneById(configuration.TimeZone, out TimeZoneInfo? known) ? known : TimeZoneInfo.Utc;
    }

    public Identity Identify(Track track)
    {
        ImmutableArray<Cause>.Builder said = ImmutableArray.CreateBuilder<Cause>();
        var onFile = new List<Authorisation>();
        if (track.Mode3A >= 0)
        {
            string code = OctalCode(track.Mode3A);
            said.Add(Cause.Of(CauseCode.SaysMode3A, code));
            onFile.AddRange(byMode3A[code]);
        }

        if (track.ModeSAddress != 0)
        {
            string address = track.ModeSAddress.ToString("X6", CultureInfo.InvariantCulture);
            said.Add(Cause.Of(CauseCode.SaysAddress, address));
            onFile.AddRange(byAddress[address]);
        }

        if (!track.Callsign.IsNone)
        {
            said.Add(Cause.Of(CauseCode.SaysCallsign, track.Callsign));
            onFile.AddRange(byCallsign[track.Callsign.ToString().ToUpperInvariant()]);
        }

        if (said.Count == 0) return silent;
        if (track.LastReply is { } reply && track.LastSeen - reply > silence)
        {
            said.Add(Cause.Of(CauseCode.SilentSince, Local(reply)));
            Authorisation? plan = onFile.FirstOrDefault(each => each.Area is not null && KeepsTo(each, track));
            if (plan is not null) said.Add(Cause.Of(CauseCode.KeepsToArea, plan.Id));
            return Identity.By(IdentityKind.NonCooperative, null, said.ToImmutable()) with
            {
                KeepsTo = plan?.Id,
                Differences =
                [
                    .. onFile.DistinctBy(each => each.Id, StringComparer.Ordinal)
                        .Select(each => Cause.Of(CauseCode.OnFileButSilent, each.Id, Local(reply))),
                ],
            };
        }

        ImmutableArray<Cause> differences = [];
        foreach (Authorisation authorisation in onFile.DistinctBy(a => a.Id, StringComparer.Ordinal))
        {
            Cause? mismatch = Mismatch(authorisation, track);
            if (mismatch is null)
            {
                said.Add(Cause.Of(authorisation.Area is null ? CauseCode.NoAreaLimit : CauseCode.InsideArea));
                said.Add(Cause.Of(CauseCode.WithinTime, Local(authorisation.ValidFrom), Local(authorisation.ValidTo)));
                heights[track.Id] = track.State.HeightMetres;
                return Identity.By(IdentityKind.Authorised, authorisation.Id, said.ToImmutable());
            }

            differences = differences.Add(mismatch);
            said.Add(mismatch);
        }

        if (onFile.Count == 0) said.Add(Cause.Of(CauseCode.NoneOnFile));
        return Identity.By(IdentityKind.Cooperative, null, said.ToImmutable()) with { Differences = differences };
    }

    /// <summary>Four octal digits of the twelve bits.</summary>
    public static string OctalCode(short mode3A) => Convert.ToString(mode3A, 8).PadLeft(4, '0');

    public void Forget(int track) => heights.Remove(track);

    /// <summary>It is where it is expected, and where it will be in a minute as it flies.</summary>
    bool KeepsTo(Authorisation plan, Track track)
    {
        if (!heights.TryGetValue(track.Id, out double before) || !(Math.Abs(track.State.HeightMetres - before) < HeightKept)) return false;
        if (Mismatch(plan, track) is not null || !areas.TryGetValue(plan.Id, out PlaneArea? area)) return false;
        double east = track.State.East + (track.State.VelocityEast * AheadSeconds);
        double north = track.State.North + (track.State.VelocityNorth * AheadSeconds);
        return area.Nearest(east, north).SignedMetres >= -AreaMarginMetres;
    }

    /// <summary>What differs; null when it matches.</summary>
    Cause? Mismatch(Authorisation authorisation, Track track)
    {
        DateTimeOffset at = track.State.Time;
        if (at < authorisation.ValidFrom || at > authorisation.ValidTo)
            return Cause.Of(CauseCode.OnFileButValid, authorisation.Id, Local(authorisation.ValidFrom), Local(authorisation.ValidTo));
        if (areas.TryGetValue(authorisation.Id, out PlaneArea? area)
            && area.Nearest(track.State.East, track.State.North).SignedMetres < -AreaMarginMetres)
        {
            return Cause.Of(CauseCode.OnFileButOutside, authorisation.Id);
        }

        return null;
    }

    string Local(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static ILookup<string, Authorisation> Index(
        ImmutableArray<Authorisation> all, Func<Authorisation, ImmutableArray<string>> keys, Func<string, string> whole) =>
        all.SelectMany(a => keys(a).Select(key => (Key: whole(key.Trim().ToUpperInvariant()), a)))
            .ToLookup(p => p.Key, p => p.a, StringComparer.Ordinal);
}
