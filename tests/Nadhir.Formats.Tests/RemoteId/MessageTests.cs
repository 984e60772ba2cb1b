using CsCheck;
using Nadhir.Formats.RemoteId;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.RemoteId;

/// <summary>Messages to values and back.</summary>
public sealed class MessageTests
{
    static readonly Gen<byte> nibble = Gen.Byte[0, 15];
    /// <summary>A value that a field can hold, or that it is not told.</summary>
    static Gen<double> Steps(int least, int most, double step, double from = 0) =>
        Gen.Select(Gen.Int[least, most], Gen.Int[0, 9], (i, unknown) => unknown == 0 ? double.NaN : from + (i * step));
    static readonly Gen<double> anyAltitude = Steps(1, 65_535, 0.5, -1000);
    static readonly Gen<(double Latitude, double Longitude)> anyPlace = Gen.Select(
        Gen.Int[-900_000_000, 900_000_000], Gen.Int[-1_800_000_000, 1_800_000_000], Gen.Int[0, 9],
        (north, east, unknown) => unknown == 0
            || (north == 0 && east == 0) ? (double.NaN, double.NaN) : (north / 1e7, east / 1e7));
    static readonly Gen<DateTimeOffset?> anyInstant = Gen.UInt.Select(
        seconds => seconds == 0 ? (DateTimeOffset?)null : RemoteIdScales.Epoch.AddSeconds(seconds));
    static Gen<ShortText> AnyText(int length) => Gen.Byte.Array[0, length].Select(bytes => ShortText.From(bytes));

    static readonly Gen<RemoteIdLocation> anyLocation = Gen.Select(
        Gen.Select(nibble, Gen.Bool, Steps(0, 359, 1), Gen.OneOf(Steps(0, 255, 0.25), Steps(1, 254, 0.75, 63.75))),
        Gen.Select(Steps(-124, 124, 0.5), anyPlace, anyAltitude, anyAltitude),
        Gen.Select(anyAltitude, nibble, nibble, nibble), Gen.Select(nibble, nibble, Gen.Int[0, 36_001]))
        .Select((a, b, c, d) => new RemoteIdLocation
        {
            Status = (RemoteIdStatus)a.Item1,
            IsHeightAboveGround = a.Item2,
            TrackDegrees = a.Item3,
            SpeedMetresPerSecond = a.Item4,
            ClimbMetresPerSecond = b.Item1,
            LatitudeDegrees = b.Item2.Latitude,
            LongitudeDegrees = b.Item2.Longitude,
            PressureAltitudeMetres = b.Item3,
            GeodeticAltitudeMetres = b.Item4,
            HeightMetres = c.Item1,
            HorizontalAccuracy = c.Item2,
            VerticalAccuracy = c.Item3,
            PressureAccuracy = c.Item4,
            SpeedAccuracy = d.Item1,
            TimeAccuracy = d.Item2,
            SecondsOfHour = d.Item3 == 36_001 ? double.NaN : d.Item3 / 10.0,
        });

    static readonly Gen<RemoteIdSystem> anySystem = Gen.Select(
        Gen.Select(Gen.Byte[0, 3], Gen.Byte[0, 7], anyPlace, Gen.UShort),
        Gen.Select(Gen.Byte, anyAltitude, anyAltitude, anyAltitude), Gen.Select(nibble, nibble, anyInstant))
        .Select((a, b, c) => new RemoteIdSystem
        {
            Location = (OperatorLocation)a.Item1,
            Classification = a.Item2,
            OperatorLatitudeDegrees = a.Item3.Latitude,
            OperatorLongitudeDegrees = a.Item3.Longitude,
            AreaCount = a.Item4,
            AreaRadiusMetres = b.Item1 * 10,
            AreaCeilingMetres = b.Item2,
            AreaFloorMetres = b.Item3,
            OperatorAltitudeMetres = b.Item4,
            Category = c.Item1,
            Class = c.Item2,
            Time = c.Item3,
        });

    static readonly Gen<RemoteIdAuthentication> anyPage = Gen.Select(
        Gen.Select(nibble, nibble, Gen.Byte, Gen.Byte), anyInstant, AnyText(RemoteIdAuthentication.FirstPageLength))
        .Select((a, time, bytes) => a.Item2 == 0
            ? new RemoteIdAuthentication
            {
                AuthenticationType = a.Item1, LastPage = a.Item3, Length = a.Item4, Time = time, Bytes = bytes,
            }
            : new RemoteIdAuthentication { AuthenticationType = a.Item1, Page = a.Item2, Bytes = bytes });

    [Fact]
    public void What_is_written_into_a_location_is_read_out_of_it() => anyLocation.Sample(told =>
    {
        byte[] message = new byte[RemoteIdMessage.Length];
        told.Write(message);
        Assert.True(RemoteIdLocation.TryRead(message, out RemoteIdLocation read));
        Assert.Equal(told, read);
    });

    [Fact]
    public void What_is_written_into_a_system_message_is_read_out_of_it() => anySystem.Sample(told =>
    {
        byte[] message = new byte[RemoteIdMessage.Length];
        told.Write(message);
        Assert.True(RemoteIdSystem.TryRead(message, out RemoteIdSystem read));
        Assert.Equal(told, read);
    });

    [Fact]
    public void What_is_written_into_an_authentication_page_is_read_out_of_it() => anyPage.Sample(told =>
    {
        byte[] message = new byte[RemoteIdMessage.Length];
        told.Write(message);
        Assert.Equal(told, RemoteIdAuthentication.Read(message));
    });

    [Fact]
    public void What_is_written_into_texts_and_identifiers_is_read_out_of_them() =>
        Gen.Select(nibble, nibble, AnyText(20)).Sample((first, second, text) =>
        {
            byte[] message = new byte[RemoteIdMessage.Length];
            RemoteIdBasicId basic = new((RemoteIdIdType)first, second, text);
            basic.Write(message);
            Assert.Equal(basic, RemoteIdBasicId.Read(message));
            RemoteIdSelfId self = new(first, text);
            self.Write(message);
            Assert.Equal(self, RemoteIdSelfId.Read(message));
            RemoteIdOperatorId id = new(second, text);
            id.Write(message);
            Assert.Equal(id, RemoteIdOperatorId.Read(message));
        });

    [Fact]
    public void A_pack_gives_back_its_messages() => anyLocation.Array[1, 9].Sample(told =>
    {
        byte[] messages = new byte[told.Length * RemoteIdMessage.Length], pack = new byte[messages.Length + 3];
        for (int i = 0; i < told.Length; i++) told[i].Write(messages.AsSpan(i * RemoteIdMessage.Length));
        Assert.Equal(pack.Length, RemoteIdMessage.WritePack(messages, pack));
        ReadOnlySpan<byte> rest = pack;
        Assert.Equal(DecodeFault.None, RemoteIdMessage.TryTake(ref rest, out ReadOnlySpan<byte> read));
        Assert.True(rest.IsEmpty);
        Assert.Equal(messages, read.ToArray());
    });

    [Fact]
    public void Values_beyond_a_field_are_written_as_the_nearest_it_holds()
    {
        byte[] message = new byte[RemoteIdMessage.Length];
        new RemoteIdLocation
        {
            SpeedMetresPerSecond = 900, ClimbMetresPerSecond = -90, GeodeticAltitudeMetres = 1e6, TrackDegrees = 359.7,
        }.Write(message);
        Assert.True(RemoteIdLocation.TryRead(message, out RemoteIdLocation read));
        Assert.Equal((RemoteIdLocation.HighestSpeed, -62, 31_767.5, 0),
            (read.SpeedMetresPerSecond, read.ClimbMetresPerSecond, read.GeodeticAltitudeMetres, read.TrackDegrees));
    }

    [Fact]
    public void A_place_that_is_none_on_earth_is_refused()
    {
        byte[] message = new byte[RemoteIdMessage.Length];
        message[8] = 0x7F; // 213 degrees north
        Assert.False(RemoteIdLocation.TryRead(message, out _));
    }

    [Fact]
    public void The_other_encoders_messages_are_read_as_it_meant_them()
    {
        Assert.Equal("1581F45T7228K00SERIA", RemoteIdBasicId.Read(Vectors.Bytes("basic")).ToString());
        Assert.True(RemoteIdLocation.TryRead(Vectors.Bytes("location"), out RemoteIdLocation location));
        Assert.Equal(new RemoteIdLocation
        {
            Status = RemoteIdStatus.Airborne, TrackDegrees = 290, SpeedMetresPerSecond = 18.5,
                ClimbMetresPerSecond = -1.5,
            LatitudeDegrees = 50.4501, LongitudeDegrees = 30.5234, PressureAltitudeMetres = 210,
            GeodeticAltitudeMetres = 235.5, HeightMetres = 60, HorizontalAccuracy = 10, VerticalAccuracy = 4,
            PressureAccuracy = 3, SpeedAccuracy = 3, TimeAccuracy = 1, SecondsOfHour = 1234.5,
        }, location);
        Assert.Equal((10, 10, 0.1), (RemoteIdScales.HorizontalMetres(10), RemoteIdScales.VerticalMetres(4),
            RemoteIdScales.TimeSeconds(1)));
        Assert.True(RemoteIdSystem.TryRead(Vectors.Bytes("system"), out RemoteIdSystem system));
        Assert.Equal(new RemoteIdSystem
        {
            Location = OperatorLocation.TakeOff, Classification = 1, OperatorLatitudeDegrees = 50.44,
            OperatorLongitudeDegrees = 30.51, AreaCount = 1, OperatorAltitudeMetres = 180,
            Time = RemoteIdScales.Epoch.AddSeconds(120_000_000),
        }, system);
        Assert.Equal("UKR-OP-0001", RemoteIdOperatorId.Read(Vectors.Bytes("operator")).Id.ToString());
    }

    [Theory]
    [InlineData("location")]
    [InlineData("system")]
    [InlineData("basic")]
    [InlineData("operator")]
    public void The_other_encoders_messages_are_written_again_byte_for_byte(string name)
    {
        byte[] message = Vectors.Bytes(name), again = new byte[RemoteIdMessage.Length];
        switch (RemoteIdMessage.TypeOf(message))
        {
            case RemoteIdMessageType.Location:
                Assert.True(RemoteIdLocation.TryRead(message, out RemoteIdLocation location));
                location.Write(again);
                break;
            case RemoteIdMessageType.System:
                Assert.True(RemoteIdSystem.TryRead(message, out RemoteIdSystem system));
                system.Write(again);
                break;
            case RemoteIdMessageType.BasicId:
                RemoteIdBasicId.Read(message).Write(again);
                break;
            default:
                RemoteIdOperatorId.Read(message).Write(again);
                break;
        }

        Assert.Equal(message, again);
    }
}
