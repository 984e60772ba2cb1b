using System.Buffers.Binary;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// System message: where the operator is, and the area and class of the operation. Not told: NaN or null.
/// </summary>
public readonly record struct RemoteIdSystem
{
    public RemoteIdSystem() { }

    /// <summary>What the place of the operator is.</summary>
    public OperatorLocation Location { get; init; }
    /// <summary>0 undeclared, 1 European Union; others are reserved.</summary>
    public byte Classification { get; init; }
    public double OperatorLatitudeDegrees { get; init; } = double.NaN;
    public double OperatorLongitudeDegrees { get; init; } = double.NaN;
    /// <summary>Aircraft in the area of a group flight; 1 for one alone.</summary>
    public ushort AreaCount { get; init; }
    /// <summary>Of the cylinder of a group flight, steps of 10 m up to 2550 m.</summary>
    public double AreaRadiusMetres { get; init; }
    public double AreaCeilingMetres { get; init; } = double.NaN;
    public double AreaFloorMetres { get; init; } = double.NaN;
    /// <summary>EU: 1 open, 2 specific, 3 certified.</summary>
    public byte Category { get; init; }
    /// <summary>EU: 1 is class C0 … 7 is class C6.</summary>
    public byte Class { get; init; }
    /// <summary>Above the WGS 84 ellipsoid.</summary>
    public double OperatorAltitudeMetres { get; init; } = double.NaN;
    /// <summary>Whole seconds; null in messages of the standard's first edition.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <param name="message">25 bytes.</param>
    /// <param name="read">Nothing when false: the place is none on earth.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out RemoteIdSystem read)
    {
        read = default;
        if (!RemoteIdScales.TryPlace(message[2..], out double latitude, out double longitude)) return false;
        read = new()
        {
            Location = (OperatorLocation)(message[1] & 3),
            Classification = (byte)((message[1] >> 2) & 7),
            OperatorLatitudeDegrees = latitude,
            OperatorLongitudeDegrees = longitude,
            AreaCount = BinaryPrimitives.ReadUInt16LittleEndian(message[10..]),
            AreaRadiusMetres = message[12] * 10,
            AreaCeilingMetres = RemoteIdScales.Altitude(message[13..]),
            AreaFloorMetres = RemoteIdScales.Altitude(message[15..]),
            Category = (byte)(message[17] >> 4),
            Class = (byte)(message[17] & 15),
            OperatorAltitudeMetres = RemoteIdScales.Altitude(message[18..]),
            Time = RemoteIdScales.Instant(message[20..]),
        };
        return true;
    }

    /// <summary>Writes the 25 bytes of the message, of version 2.</summary>
    public void Write(Span<byte> message)
    {
        RemoteIdMessage.Begin(message, RemoteIdMessageType.System);
        message[1] = (byte)(((byte)Location & 3) | ((Classification & 7) << 2));
        RemoteIdScales.WritePlace(message[2..], OperatorLatitudeDegrees, OperatorLongitudeDegrees);
        BinaryPrimitives.WriteUInt16LittleEndian(message[10..], AreaCount);
        message[12] = (byte)Math.Clamp(Math.Round(AreaRadiusMetres / 10), 0, 255);
        RemoteIdScales.WriteAltitude(message[13..], AreaCeilingMetres);
        RemoteIdScales.WriteAltitude(message[15..], AreaFloorMetres);
        message[17] = (byte)((Category << 4) | (Class & 15));
        RemoteIdScales.WriteAltitude(message[18..], OperatorAltitudeMetres);
        RemoteIdScales.WriteInstant(message[20..], Time);
    }
}
