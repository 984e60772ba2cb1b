using CsCheck;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Tests.ModeS;

public sealed class CompactPositionTests
{
    static readonly Gen<GeoPoint> anyPlace = Gen.Select(Gen.Double[-89.9, 89.9], Gen.Double[-180, 180])
        .Select((north, east) => new GeoPoint(north, east));

    [Theory]
    [InlineData(0, 59)]
    [InlineData(10.47, 59)]
    [InlineData(10.48, 58)]
    [InlineData(-33, 50)]
    [InlineData(59.9, 30)]
    [InlineData(86.9, 2)]
    [InlineData(87.1, 1)]
    [InlineData(-90, 1)]
    public void Zones_of_longitude_grow_fewer_towards_the_poles(double latitude, int zones) =>
        Assert.Equal(zones, CompactPositionReporting.LongitudeZones(latitude));

    /// <summary>The worked example of "The 1090 MHz riddle" (chapter 5), also in other decoders' tests.</summary>
    [Fact]
    public void A_published_pair_gives_the_published_place()
    {
        CompactPosition even = Place("8D40621D58C382D690C8AC2863A7"), odd = Place("8D40621D58C386435CC412692AD6");
        Assert.True(CompactPositionReporting.TryGlobal(even, odd, oddIsLater: false, surface: false, default, out GeoPoint place));
        Assert.Equal(52.2572021484375, place.LatitudeDegrees, 1e-9);
        Assert.Equal(3.91937255859375, place.LongitudeDegrees, 1e-9);
        Assert.True(CompactPositionReporting.TryLocal(even, surface: false, new(52.258, 3.918), out GeoPoint near));
        Assert.Equal(52.2572021484375, near.LatitudeDegrees, 1e-9);
        Assert.Equal(3.91937255859375, near.LongitudeDegrees, 1e-9);
    }

    [Fact]
    public void A_published_pair_on_the_surface_gives_the_published_place()
    {
        CompactPosition even = Place("8C4841753AAB238733C8CD4020B1"), odd = Place("8C4841753A8A35323FAEBDAC702D");
        Assert.True(CompactPositionReporting.TryGlobal(even, odd, oddIsLater: true, surface: true, new(51.99, 4.375), out GeoPoint place));
        Assert.Equal(52.320607, place.LatitudeDegrees, 1e-5);
        Assert.Equal(4.734735, place.LongitudeDegrees, 1e-5);
    }

    [Fact]
    public void What_is_encoded_is_found_again_near_a_reference_within_half_a_zone() =>
        Gen.Select(anyPlace, Gen.Bool, Gen.Bool, Gen.Double[-0.35, 0.35], Gen.Double[-0.35, 0.35]).Sample(
            (place, odd, surface, north, east) =>
            {
                CompactPosition told = CompactPositionReporting.Encode(place, odd, surface);
                GeoPoint reference = new(Math.Clamp(place.LatitudeDegrees + north, -90, 90), place.LongitudeDegrees + east);
                Assert.True(CompactPositionReporting.TryLocal(told, surface, reference, out GeoPoint found));
                AssertNear(place, found, surface);
            },
            iter: 20_000);

    [Fact]
    public void A_pair_of_one_place_gives_the_place_or_says_that_it_straddles_two_bands() =>
        Gen.Select(anyPlace, Gen.Bool, Gen.Bool).Sample(
            (place, oddIsLater, surface) =>
            {
                CompactPosition even = CompactPositionReporting.Encode(place, odd: false, surface);
                CompactPosition odd = CompactPositionReporting.Encode(place, odd: true, surface);
                bool sure = CompactPositionReporting.TryGlobal(even, odd, oddIsLater, surface, place, out GeoPoint found);
                if (sure) AssertNear(place, found, surface);
                else Assert.NotEqual(
                    CompactPositionReporting.LongitudeZones(place.LatitudeDegrees - 0.0001),
                    CompactPositionReporting.LongitudeZones(place.LatitudeDegrees + 0.0001));
            },
            iter: 20_000);

    /// <summary>Half a step is 2.5 m in the air, of longitude near the poles up to 10 m; on the surface a quarter.</summary>
    static void AssertNear(GeoPoint place, GeoPoint found, bool surface) =>
        Assert.InRange(PositionFinder.Distance(place, found), 0, surface ? 3 : 12);

    static CompactPosition Place(string message) =>
        CompactPosition.Read(ModeSMessage.Read(Convert.FromHexString(message)).Field);
}
