using CsCheck;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.ModeS;

public sealed class MessageTests
{
    static readonly Gen<uint> anyAddress = Gen.UInt[1, 0xFFFFFF];

    [Fact]
    public void Parity_by_tables_is_parity_bit_by_bit() =>
        Gen.Byte.Array[14].Sample(octets =>
        {
            Assert.Equal(ModeSParity.ResidualByBits(octets), ModeSMessage.Read(octets).Residual);
            Assert.Equal(ModeSParity.ResidualByBits(octets.AsSpan(0, 7)), ModeSMessage.Read(octets.AsSpan(0, 7)).Residual);
        }, iter: 20_000);

    [Fact]
    public void Octets_read_are_the_octets_written() =>
        Gen.Byte.Array[14].Sample(octets =>
        {
            Assert.Equal(Convert.ToHexStringLower(octets), ModeSMessage.Read(octets).ToString());
            Assert.Equal(Convert.ToHexStringLower(octets.AsSpan(0, 7)), ModeSMessage.Read(octets.AsSpan(0, 7)).ToString());
        });

    [Fact]
    public void Any_one_wrong_bit_after_the_format_is_put_right() =>
        Gen.Select(anyAddress, Gen.ULong, Gen.Int[5, 111]).Sample((address, field, bit) =>
        {
            byte[] sent = ModeSWriter.Squitter(address, field & 0xFF_FFFF_FFFF_FFFF), heard = [.. sent];
            heard[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            ModeSReceiver receiver = new();
            ModeSMessage good = ModeSMessage.Read(sent), damaged = ModeSMessage.Read(heard);
            receiver.Hear(ref good, 0, out _);
            Assert.Equal(Hearing.Believed, receiver.Hear(ref damaged, 1, out Sender sender));
            Assert.Equal((address, bit), (sender.Address, damaged.RepairedBit));
            Assert.Equal(good.ToString(), damaged.ToString());
        }, iter: 5_000);

    [Fact]
    public void Nothing_is_repaired_when_it_is_not_wanted_and_no_repair_makes_an_address_known()
    {
        byte[] heard = ModeSWriter.Squitter(0x406B90, 0x58B97218E77D23);
        heard[6] ^= 4;
        ModeSMessage one = ModeSMessage.Read(heard), other = one;
        Assert.Equal(Hearing.WrongParity, new ModeSReceiver(BitRepair.Never).Hear(ref one, 0, out _));
        Assert.Equal(Hearing.UnknownAddress, new ModeSReceiver().Hear(ref other, 0, out _));
    }

    [Fact]
    public void A_wrong_bit_of_any_other_format_is_never_put_right()
    {
        ModeSReceiver receiver = new();
        ModeSMessage known = ModeSMessage.Read(ModeSWriter.AllCall(0x406B90));
        receiver.Hear(ref known, 0, out _);
        foreach (byte[] sent in new[] { ModeSWriter.AllCall(0x406B90), ModeSWriter.Reply(4, 0x406B90, 0x5B8) })
            for (int bit = 5; bit < 49; bit++)
            {
                byte[] heard = [.. sent];
                heard[bit / 8] ^= (byte)(0x80 >> (bit % 8));
                ModeSMessage message = ModeSMessage.Read(heard);
                Assert.NotEqual(Hearing.Believed, receiver.Hear(ref message, 1, out _));
            }
    }

    [Fact]
    public void Address_laid_over_the_parity_is_believed_for_a_minute_after_it_was_announced()
    {
        ModeSReceiver receiver = new();
        ModeSMessage announced = ModeSMessage.Read(ModeSWriter.AllCall(0x406B90));
        ModeSMessage reply = ModeSMessage.Read(ModeSWriter.Reply(5, 0x406B90, IdentityCode.CodeOf(0xFC0)));
        Assert.Equal(Hearing.UnknownAddress, receiver.Hear(ref reply, 0, out _));
        receiver.Hear(ref announced, 0, out _);
        Assert.Equal(Hearing.Believed, receiver.Hear(ref reply, TimeSpan.FromSeconds(60).Ticks, out Sender sender));
        Assert.Equal((0x406B90u, true, (short)0xFC0), (sender.Address, sender.Inferred, reply.Identity));
        Assert.Equal(Hearing.UnknownAddress, receiver.Hear(ref reply, TimeSpan.FromSeconds(60.1).Ticks, out _));
    }

    [Fact]
    public void An_all_call_that_answers_an_interrogator_makes_no_address_known()
    {
        ModeSReceiver receiver = new();
        ModeSMessage answer = ModeSMessage.Read(ModeSWriter.AllCall(0x406B90, interrogator: 17));
        Assert.Equal(Hearing.UnknownAddress, receiver.Hear(ref answer, 0, out _));
        ModeSMessage squitter = ModeSMessage.Read(ModeSWriter.AllCall(0x406B90));
        receiver.Hear(ref squitter, 0, out _);
        Assert.Equal(Hearing.Believed, receiver.Hear(ref answer, 1, out _));
        Assert.Equal(17, answer.Interrogator);
    }

    [Fact]
    public void A_flood_of_addresses_that_speak_once_does_not_drive_out_those_that_speak_often()
    {
        AircraftTable table = new();
        for (uint address = 1; address <= 500; address++)
            for (int i = 0; i < 3; i++) table.Hear(address, i);
        for (uint address = 0x100000; address < 0x100000 + 200_000; address++) table.Hear(address, 1000 + address);
        int left = 0;
        for (uint address = 1; address <= 500; address++)
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref table.Find(address))) left++;
        Assert.Equal(500, left);
        Assert.True(table.Shed > 150_000);
    }

    [Theory]
    [InlineData("8D4840D6202CC371C32CE0576098", "KLM1023", 'A', 0)]
    [InlineData("8D406B902015A678D4D220AA4BDA", "EZY85MH", 'A', 0)]
    public void A_published_identification_reads_as_published(string hex, string callsign, char set, int category)
    {
        AircraftIdentification told = AircraftIdentification.Read(Field(hex));
        Assert.Equal((callsign, set, category), (told.Callsign.ToString(), told.Set, told.Category));
    }

    [Fact]
    public void Published_velocities_read_as_published()
    {
        AirborneVelocity ground = AirborneVelocity.Read(Field("8D485020994409940838175B284F"));
        Assert.Equal(159.20, ground.GroundSpeedKnots, 0.01);
        Assert.Equal(182.88, ground.TrackDegrees, 0.01);
        Assert.Equal((-832, false, 550), (ground.ClimbFeetPerMinute, ground.IsClimbBarometric, ground.GeometricLessBarometricFeet));
        AirborneVelocity air = AirborneVelocity.Read(Field("8DA05F219B06B6AF189400CBC33F"));
        Assert.Equal((375.0, true, -2304, true), (air.AirspeedKnots, air.IsTrueAirspeed, air.ClimbFeetPerMinute, air.IsClimbBarometric));
        Assert.Equal(243.98, air.HeadingDegrees, 0.01);
    }

    /// <summary>Codes of Gillham with their altitudes (Annex 10 Vol. IV, appendix to chapter 3).</summary>
    [Theory]
    [InlineData("0040", -1200)]
    [InlineData("0020", -1000)]
    [InlineData("0030", -900)]
    [InlineData("0620", 0)]
    [InlineData("0630", 100)]
    [InlineData("0320", 1000)]
    public void Codes_of_Gillham_read_as_the_table_says(string mode3A, int feet) =>
        Assert.Equal(feet, AltitudeCode.Feet(IdentityCode.CodeOf(Convert.ToInt32(mode3A, 8))));

    [Fact]
    public void Neighbours_in_the_code_of_Gillham_differ_in_one_pulse_and_cover_every_hundred_feet()
    {
        Dictionary<int, int> codeOf = [];
        for (int code = 1; code < 0x2000; code++)
            if ((code & 0x50) == 0 && AltitudeCode.Feet(code) is { } feet) codeOf.Add(feet, code);
        Assert.Equal(1_280, codeOf.Count);
        for (int feet = -1_200; feet < 126_700; feet += 100)
            Assert.Equal(1, System.Numerics.BitOperations.PopCount((uint)(codeOf[feet] ^ codeOf[feet + 100])));
    }

    [Fact]
    public void An_altitude_written_in_steps_of_25_feet_is_read_again() =>
        Gen.Int[-40, 2007].Sample(steps => Assert.Equal(25 * steps, AltitudeCode.FeetOfTwelve(AltitudeCode.TwelveOf(25 * steps))));

    [Fact]
    public void Every_identity_is_written_and_read_again()
    {
        for (int code = 0; code < 4096; code++) Assert.Equal(code, IdentityCode.Mode3A(IdentityCode.CodeOf(code)));
    }

    [Fact]
    public void A_velocity_written_is_read_again() =>
        Gen.Select(Gen.Int[-1022, 1022], Gen.Int[-1022, 1022], Gen.Int[-510, 510], Gen.Int[-126, 126]).Sample(
            (east, north, climb, difference) =>
            {
                AirborneVelocity told = AirborneVelocity.Read(AirborneVelocity.Write(east, north, climb * 64, difference * 25));
                Assert.Equal(((double)east, (double)north), (told.EastKnots, told.NorthKnots));
                Assert.Equal((climb * 64, difference * 25), (told.ClimbFeetPerMinute, told.GeometricLessBarometricFeet));
            });

    [Fact]
    public void A_supersonic_velocity_is_written_in_steps_of_four() =>
        Gen.Select(Gen.Int[256, 1022], Gen.Int[-1022, 1022]).Sample((east, north) =>
        {
            AirborneVelocity told = AirborneVelocity.Read(AirborneVelocity.Write(4 * east, 4 * north, 0));
            Assert.Equal((2, 4.0 * east, 4.0 * north), (told.Subtype, told.EastKnots, told.NorthKnots));
        });

    [Fact]
    public void An_identification_written_is_read_again() =>
        Gen.Select(Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].Array[1, 8], Gen.Int[0, 7], Gen.Int[0, 3], anyAddress).Sample(
            (name, category, set, address) =>
            {
                byte[] octets = ModeSWriter.Squitter(address, AircraftIdentification.Write((char)('A' + set), category, name));
                ModeSMessage message = ModeSMessage.Read(octets);
                AircraftIdentification told = AircraftIdentification.Read(message.Field);
                Assert.Equal((0u, address, 17), (message.Residual, message.AnnouncedAddress, message.Format));
                Assert.Equal((Callsign.From(name), category, (char)('A' + set)), (told.Callsign, told.Category, told.Set));
            });

    [Fact]
    public void Every_field_of_a_squitter_can_be_any_bits_and_is_read_without_a_throw() =>
        Gen.ULong.Sample(bits =>
        {
            ulong field = bits & 0xFF_FFFF_FFFF_FFFF;
            Span<char> characters = new char[8];
            AircraftIdentification.Read(field).Spell(characters);
            Assert.True(SurfacePosition.Read(field).SpeedKnots is double.NaN or (>= 0 and <= 175));
            Assert.InRange(AirborneVelocity.Read(field).GeometricLessBarometricFeet ?? 0, -3150, 3150);
            Assert.InRange(TargetState.Read(field).SelectedAltitudeFeet ?? 0, -1000, 100_000);
            Assert.InRange(OperationalStatus.Read(field).Version, 0, 7);
            Assert.InRange(AircraftStatus.Read(field).Mode3A, (short)-1, (short)4095);
            Assert.True(ResolutionAdvisory.Read(field).ThreatRangeNauticalMiles is double.NaN or (>= 0 and <= 12.6));
            Assert.True(ResolutionAdvisory.Read(field).ThreatBearingDegrees is double.NaN or (>= 3 and <= 357));
            Assert.True(CoarsePosition.Read(field).GroundSpeedKnots is double.NaN or (>= 8 and <= 1968));
        }, iter: 20_000);

    static ulong Field(string hex) => ModeSMessage.Read(Convert.FromHexString(hex)).Field;
}
