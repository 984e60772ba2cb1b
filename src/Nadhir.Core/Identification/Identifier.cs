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
        ImmutableArray<string>.Builder said = ImmutableArray.CreateBuilder<string>();
        var onFile = new List<Authorisation>();
        if (track.Mode3A >= 0)
        {
            string code = OctalCode(track.Mode3A);
            said.Add($"Mode 3/A {code}");
            onFile.AddRange(byMode3A[code]);
        }

        if (track.ModeSAddress != 0)
        {
            string address = track.ModeSAddress.ToString("X6", CultureInfo.InvariantCulture);
            said.Add($"Mode S address {address}");
            onFile.AddRange(byAddress[address]);
        }

        if (!track.Callsign.IsNone)
        {
            said.Add($"callsign {track.Callsign}");
            onFile.AddRange(byCallsign[track.Callsign.ToString().ToUpperInvariant()]);
        }

        if (said.Count == 0) return new(IdentityKind.NonCooperative, null, ["no transponder reply", "no authorisation on file"]);
        if (track.LastReply is { } reply && track.LastSeen - reply > silence)
        {
            said.Add($"silent since {Local(reply)}");
            Authorisation? plan = onFile.FirstOrDefault(each => each.Area is not null && KeepsTo(each, track));
            if (plan is not null) said.Add($"still keeps to the area of {plan.Id}");
            return new(IdentityKind.NonCooperative, null, said.ToImmutable())
            {
                KeepsTo = plan?.Id,
                Differences =
                [
                    .. onFile.DistinctBy(each => each.Id, StringComparer.Ordinal)
                        .Select(each => $"{each.Id} on file, but silent since {Local(reply)}"),
                ],
            };
        }

        ImmutableArray<string> differences = [];
        foreach (Authorisation authorisation in onFile.DistinctBy(a => a.Id, StringComparer.Ordinal))
        {
            string? mismatch = Mismatch(authorisation, track);
            if (mismatch is null)
            {
                said.Add(authorisation.Area is null ? "no area limit" : "inside the area");
                said.Add($"within {Local(authorisation.ValidFrom)} to {Local(authorisation.ValidTo)}");
                heights[track.Id] = track.State.HeightMetres;
                return new(IdentityKind.Authorised, authorisation.Id, said.ToImmutable());
            }

            differences = differences.Add($"{authorisation.Id} on file, but {mismatch}");
            said.Add(differences[^1]);
        }

        if (onFile.Count == 0) said.Add("no authorisation on file");
        return new(IdentityKind.Cooperative, null, said.ToImmutable()) { Differences = differences };
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

    string? Mismatch(Authorisation authorisation, Track track)
    {
        DateTimeOffset at = track.State.Time;
        if (at < authorisation.ValidFrom || at > authorisation.ValidTo)
            return $"valid {Local(authorisation.ValidFrom)} to {Local(authorisation.ValidTo)}";
        if (areas.TryGetValue(authorisation.Id, out PlaneArea? area)
            && area.Nearest(track.State.East, track.State.North).SignedMetres < -AreaMarginMetres)
        {
            return "outside its area";
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
