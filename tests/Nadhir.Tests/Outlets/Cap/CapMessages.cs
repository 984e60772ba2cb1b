using System.Collections.Immutable;
using CsCheck;
using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Cap;

/// <summary>Messages as the watch composes them.</summary>
static class CapMessages
{
    public static readonly DateTimeOffset Sent = new(2026, 3, 1, 1, 30, 15, TimeSpan.Zero);

    static readonly string[] TimeZones = ["Asia/Baghdad", "UTC", "Nowhere/None"];

    static readonly ImmutableArray<ImmutableArray<GeoPoint>> SquareWithHole =
    [
        [new(32, 44), new(33, 44), new(33, 45), new(32, 45)],
        [new(32.4, 44.4), new(32.6, 44.4), new(32.6, 44.6), new(32.4, 44.6)],
        [new(34, 44), new(34.5, 44), new(34.25, 44.5), new(34, 44)],
    ];

    public static readonly Area Circle = new() { Centre = new GeoPoint(32.61603, 44.02488), RadiusMetres = 15_000 };
    public static readonly Area Polygon = new() { Rings = SquareWithHole };

    public static readonly Gen<PublicMessage> Any = Gen.Select(
        Gen.Enum<AlertState>(), Gen.Enum<ThreatKind>(), Gen.Bool, Gen.Bool, Gen.Int[0, 3],
        Gen.Select(Gen.Int[-3600, 3600], Gen.Int[0, 3600], Gen.Int[0, 200], Gen.Int[0, 2].Select(i => TimeZones[i]), Gen.String))
        .Select((state, kind, exercise, circle, earlier, rest) =>
        {
            (int early, int length, int seconds, string timeZone, string name) = rest;
            ArrivalInterval? arrival = length == 0
                ? null
                : new(Sent.AddSeconds(early), Sent.AddSeconds(early + length));
            return Compose(state, kind, exercise, circle ? Circle : Polygon, earlier, arrival, seconds, timeZone, name);
        });

    public static PublicMessage Compose(
        AlertState state, ThreatKind kind = ThreatKind.LowSlow, bool exercise = false, Area? area = null, int earlier = 0,
        ArrivalInterval? arrival = null, int seconds = 90, string timeZone = "Asia/Baghdad", string name = "Karbala", int number = 0)
    {
        WatchConfiguration configuration = new()
        {
            Name = "demo",
            Exercise = exercise,
            Sender = "warning@civil-protection.example",
            Origin = new GeoPoint(33, 44),
            TimeZone = timeZone,
        };
        Zone zone = new()
        {
            Id = "karbala",
            Name = name,
            Names = ImmutableSortedDictionary<string, string>.Empty.Add("ar", "كربلاء"),
            Area = area ?? Circle,
            SecondsToShelter = seconds,
        };
        ImmutableArray<MessageReference> before =
        [
            .. Enumerable.Range(1, earlier).Select(n => new MessageReference(
                configuration.Sender, $"nadhir-demo-a{number}-{n}", Sent.AddMinutes(n - earlier - 1))),
        ];
        return MessageComposer.Compose(configuration, zone, $"a{number}", state, kind, arrival, before, Sent.AddSeconds(number));
    }
}
