using System.Buffers.Binary;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// Location/Vector message: where the aircraft is and how it moves. Numbers that are not told are NaN.
/// </summary>
public readonly record struct RemoteIdLocation
{
    /// <summary>The highest speed the field can hold; it stands for that and more.</summary>
    public const double HighestSpeed = 254.25;
    const double SlowScale = 0.25, FastScale = 0.75, FastFrom = 255 * SlowScale;
    const byte UnknownSpeed = 255;
    const sbyte UnknownClimb = 126, MostClimb = 124;
    const ushort UnknownTime = 0xFFFF, TenthsOfAnHour = 36_000;

    public RemoteIdLocation() { }

    public RemoteIdStatus Status { get; init; }
    /// <summary>True: <see cref="HeightMetres"/> is above the ground; false: above the place of take-off.</summary>
    public bool IsHeightAboveGround { get; init; }
    /// <summary>Direction of flight from true north, clockwise, whole degrees.</summary>
    public double TrackDegrees { get; init; } = double.NaN;
    /// <summary>Over the ground, metres per second; steps of 0.25, above 63.75 of 0.75.</summary>
    public double SpeedMetresPerSecond { get; init; } = double.NaN;
    /// <summary>Upwards, metres per second, steps of 0.5, at most 62 either way.</summary>
    public double ClimbMetresPerSecond { get; init; } = double.NaN;
    public double LatitudeDegrees { get; init; } = double.NaN;
    public double LongitudeDegrees { get; init; } = double.NaN;
    /// <summary>By pressure at 1013.25 hPa, steps of 0.5 m from −1000 m.</summary>
    public double PressureAltitudeMetres { get; init; } = double.NaN;
    /// <summary>Above the WGS 84 ellipsoid.</summary>
    public double GeodeticAltitudeMetres { get; init; } = double.NaN;
    public double HeightMetres { get; init; } = double.NaN;
    /// <summary>Codes; <see cref="RemoteIdScales"/> says what they mean.</summary>
    public byte HorizontalAccuracy { get; init; }
    public byte VerticalAccuracy { get; init; }
    public byte PressureAccuracy { get; init; }
    public byte SpeedAccuracy { get; init; }
    public byte TimeAccuracy { get; init; }
    /// <summary>Since the last full hour, UTC, tenths.</summary>
    public double SecondsOfHour { get; init; } = double.NaN;

    /// <param name="message">25 bytes.</param>
    /// <param name="read">Nothing when false: the place is none on earth.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out RemoteIdLocation read)
    {
        read = default;
        if (!RemoteIdScales.TryPlace(message[5..], out double latitude, out double longitude)) return false;
        byte flags = message[1], speed = message[3];
        bool west = (flags & 2) != 0, fast = (flags & 1) != 0;
        int track = message[2] + (west ? 180 : 0);
        sbyte climb = (sbyte)message[4];
        ushort tenths = BinaryPrimitives.ReadUInt16LittleEndian(message[21..]);
        read = new()
        {
            Status = (RemoteIdStatus)(flags >> 4),
            IsHeightAboveGround = (flags & 4) != 0,
            TrackDegrees = track < 360 ? track : double.NaN,
            SpeedMetresPerSecond = !fast ? speed * SlowScale
                : speed == UnknownSpeed ? double.NaN : FastFrom + (speed * FastScale),
            ClimbMetresPerSecond = climb is >= -MostClimb and <= MostClimb ? climb * 0.5 : double.NaN,
            LatitudeDegrees = latitude,
            LongitudeDegrees = longitude,
            PressureAltitudeMetres = RemoteIdScales.Altitude(message[13..]),
            GeodeticAltitudeMetres = RemoteIdScales.Altitude(message[15..]),
            HeightMetres = RemoteIdScales.Altitude(message[17..]),
            VerticalAccuracy = (byte)(message[19] >> 4),
            HorizontalAccuracy = (byte)(message[19] & 15),
            PressureAccuracy = (byte)(message[20] >> 4),
            SpeedAccuracy = (byte)(message[20] & 15),
            SecondsOfHour = tenths <= TenthsOfAnHour ? tenths / 10.0 : double.NaN,
            TimeAccuracy = (byte)(message[23] & 15),
        };
        return true;
    }

    /// <summary>Writes the 25 bytes of the message, of version 2.</summary>
    public void Write(Span<byte> message)
    {
        RemoteIdMessage.Begin(message, RemoteIdMessageType.Location);
        bool fast = !(SpeedMetresPerSecond <= FastFrom);
        int track = double.IsNaN(TrackDegrees) ? 361 : (int)Math.Round(TrackDegrees) % 360;
        int flags = (IsHeightAboveGround ? 4 : 0) | (track >= 180 ? 2 : 0) | (fast ? 1 : 0);
        message[1] = (byte)(((byte)Status << 4) | flags);
        message[2] = (byte)(track >= 180 ? track - 180 : track);
        message[3] = double.IsNaN(SpeedMetresPerSecond) ? UnknownSpeed
            : fast ? (byte)Math.Clamp(Math.Round((SpeedMetresPerSecond - FastFrom) / FastScale), 0, 254)
            : (byte)Math.Clamp(Math.Round(SpeedMetresPerSecond / SlowScale), 0, 255);
        message[4] = double.IsNaN(ClimbMetresPerSecond) ? (byte)UnknownClimb
            : (byte)(sbyte)Math.Clamp(Math.Round(ClimbMetresPerSecond * 2), -MostClimb, MostClimb);
        RemoteIdScales.WritePlace(message[5..], LatitudeDegrees, LongitudeDegrees);
        RemoteIdScales.WriteAltitude(message[13..], PressureAltitudeMetres);
        RemoteIdScales.WriteAltitude(message[15..], GeodeticAltitudeMetres);
        RemoteIdScales.WriteAltitude(message[17..], HeightMetres);
        message[19] = (byte)((VerticalAccuracy << 4) | (HorizontalAccuracy & 15));
        message[20] = (byte)((PressureAccuracy << 4) | (SpeedAccuracy & 15));
        BinaryPrimitives.WriteUInt16LittleEndian(message[21..], double.IsNaN(SecondsOfHour)
            ? UnknownTime : (ushort)Math.Clamp(Math.Round(SecondsOfHour * 10), 0, TenthsOfAnHour));
        message[23] = (byte)(TimeAccuracy & 15);
    }
}
