using System.Text;
using System.Text.Json;
using CsCheck;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Registers;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Formats.ModeS.Text;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>Coarse TIS-B, and what ACAS broadcasts of its advice.</summary>
public sealed class GroundAndAcasTests
{
    /// <summary>Bits laid out by hand after DO-260B 2.2.17.3.5.</summary>
    [Fact]
    public void A_coarse_position_is_read_bit_by_bit()
    {
        CoarsePosition told = CoarsePosition.Read(0x0B8714143E87D0);
        Assert.Equal((5, 0, 38_000, 90.0, 288.0), (told.ServiceVolume, told.SurveillanceStatus, told.AltitudeFeet, told.TrackDegrees, told.GroundSpeedKnots));
        Assert.Equal(new CompactPosition(false, 1000 << 5, 2000 << 5), told.Place);
        CoarsePosition empty = CoarsePosition.Read(0xE0000001000000);
        Assert.True(CoarsePosition.MarksOwnAddress(0xE0000001000000) && empty.Place.IsOdd);
        Assert.Equal((3, (int?)null, double.NaN, double.NaN), (empty.SurveillanceStatus, empty.AltitudeFeet, empty.TrackDegrees, empty.GroundSpeedKnots));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 32)]
    [InlineData(62, 1952)]
    [InlineData(63, 1968)]
    public void Its_speed_is_the_middle_of_a_step(int code, double knots) =>
        Assert.Equal(knots, CoarsePosition.Read(CoarsePosition.Write(0, 0, 0, code, default)).GroundSpeedKnots);

    [Fact]
    public void A_pair_of_coarse_positions_gives_the_place_to_a_step_of_the_grid() =>
        Gen.Select(Gen.Double[-80, 80], Gen.Double[-179, 179]).Sample((latitude, longitude) =>
        {
            GeoPoint place = new(latitude, longitude);
            CompactPosition even = Sent(place, odd: false), odd = Sent(place, odd: true);
            if (!CompactPositionReporting.TryGlobal(even, odd, oddIsLater: true, surface: false, place, out GeoPoint found)) return;
            Assert.InRange(Math.Abs(found.LatitudeDegrees - latitude), 0, 0.00078);
            Assert.InRange(PositionFinder.Distance(place, found), 0, 250);
        }, iter: 20_000);

    static CompactPosition Sent(GeoPoint place, bool odd) => CoarsePosition.Read(CoarsePosition.Write(
        0, 0, double.NaN, 0, CompactPositionReporting.Encode(place, odd, surface: false, bits: 12))).Place;

    [Fact]
    public void A_corrective_climb_against_one_threat()
    {
        ResolutionAdvisory told = ResolutionAdvisory.Read(
            ResolutionAdvisory.Write(0b11_0000_1000_0000, 0b1000, terminated: false, multiple: false, 0x70C0DE));
        Assert.True(told is { IsActive: true, IsOneSided: true, IsCorrective: true, IsDownward: false, IsPositive: true, IsReversal: false });
        Assert.Equal((0x70C0DEu, ThreatIdentity.Address, 0b1000), (told.ThreatAddress, told.Threat, told.Complements));
        Assert.False(told.IsTerminated || told.CorrectsUpward || told.RequiresClimb);
    }

    [Fact]
    public void Advice_between_several_threats_has_other_bits()
    {
        ResolutionAdvisory told = ResolutionAdvisory.Read(
            ResolutionAdvisory.Write(0b01_1001_1000_0000, 0, terminated: true, multiple: true, 1));
        Assert.True(told is { IsActive: true, IsOneSided: false, CorrectsUpward: true, RequiresClimb: true, IsReversal: true, IsCrossing: true, IsTerminated: true });
        Assert.False(told.IsCorrective || told.IsPositive || told.CorrectsDownward || told.RequiresDescent);
    }

    /// <summary>The register that a Comm-B reply carries tells the same behind its first eight bits.</summary>
    [Fact]
    public void The_broadcast_says_what_register_3_0_says() =>
        Gen.ULong.Sample(bits =>
        {
            ulong told = bits & 0xFFFF_FFFF_FFFF, register = told | 0x30UL << 48;
            ResolutionAdvisory ours = ResolutionAdvisory.Read(told | 0xE2UL << 48);
            RegisterDefinition theirs = RegisterCatalogue.Find(0x30)!;
            Assert.Equal(theirs["advisories"].Read(register), ours.Advisories);
            Assert.Equal(theirs["terminated"].Read(register) != 0, ours.IsTerminated);
            double range = theirs["threatRange"].Read(register), bearing = theirs["threatBearing"].Read(register);
            Assert.Equal(range < 0 ? double.NaN : range / 1852, ours.ThreatRangeNauticalMiles, 1e-9);
            Assert.Equal(bearing is < 0 or > 360 ? double.NaN : bearing, ours.ThreatBearingDegrees);
        }, iter: 20_000);

    [Fact]
    public void Both_are_printed()
    {
        GeoPoint place = new(33.5, 44.6);
        StringBuilder text = new();
        foreach (bool odd in new[] { false, true })
            ModeSWriter.AppendAvr(text, ModeSWriter.NonTransponderSquitter(
                0x70C0DE, CoarsePosition.Write(5, 30_000, 90, 10, CompactPositionReporting.Encode(place, odd, surface: false, bits: 12)), 3), 12_000_000);
        ModeSWriter.AppendAvr(text, ModeSWriter.Squitter(
            0x70C0DE, ResolutionAdvisory.Write(0b11_1000_1000_0000, 0, terminated: false, multiple: false, 0xABCDEF)), 12_000_000);
        using MemoryStream output = new();
        Assert.Equal(0, ModeSPrinter.Avr(Encoding.ASCII.GetBytes(text.ToString()), output, TextWriter.Null));
        JsonElement[] lines = [.. Encoding.UTF8.GetString(output.ToArray()).TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(("coarse_position", "tisb", 5, 288.0), (lines[1].GetProperty("kind").GetString(), lines[1].GetProperty("relay").GetString(),
            lines[1].GetProperty("serviceVolume").GetInt32(), lines[1].GetProperty("groundSpeedKnots").GetDouble()));
        Assert.Equal(33.5, lines[1].GetProperty("latitude").GetDouble(), 0.001);
        Assert.Equal(("corrective downward positive", "abcdef", 2), (lines[2].GetProperty("advice").GetString(),
            lines[2].GetProperty("threatIcao").GetString(), lines[2].GetProperty("subtype").GetInt32()));
    }
}
