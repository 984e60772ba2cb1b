using System.Buffers.Binary;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// Units of the messages' fields (ASTM F3411-22a, 5.4.5). A value that is said to be unknown is NaN; what is beyond a
/// field's range is written as the nearest value it has.
/// </summary>
public static class RemoteIdScales
{
    /// <summary>Seconds of System and Authentication messages count from here.</summary>
    public static readonly DateTimeOffset Epoch = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Upper limits of the 95 % errors by code, metres; infinite for unknown.</summary>
    static readonly double[] horizontal =
        [double.PositiveInfinity, 18_520, 7408, 3704, 1852, 926, 555.6, 185.2, 92.6, 30, 10, 3, 1];
    static readonly double[] vertical = [double.PositiveInfinity, 150, 45, 25, 10, 3, 1];
    static readonly double[] speed = [double.PositiveInfinity, 10, 3, 1, 0.3];

    /// <summary>95 % of horizontal positions lie so close, metres; infinite when unknown or reserved.</summary>
    public static double HorizontalMetres(byte code) => Limit(horizontal, code);
    public static double VerticalMetres(byte code) => Limit(vertical, code);
    /// <summary>Metres per second.</summary>
    public static double SpeedMetresPerSecond(byte code) => Limit(speed, code);
    /// <summary>Seconds: tenths; infinite when unknown.</summary>
    public static double TimeSeconds(byte code) => code is > 0 and <= 15 ? code * 0.1 : double.PositiveInfinity;

    internal static double Altitude(ReadOnlySpan<byte> field)
    {
        ushort raw = BinaryPrimitives.ReadUInt16LittleEndian(field);
        return raw == 0 ? double.NaN : (raw * 0.5) - 1000;
    }

    internal static void WriteAltitude(Span<byte> field, double metres) =>
        BinaryPrimitives.WriteUInt16LittleEndian(
            field, double.IsNaN(metres) ? (ushort)0 : (ushort)Math.Clamp(Math.Round((metres + 1000) * 2), 1, 65_535));

    /// <summary>False when there are degrees that no place has. Both zero means unknown: NaN.</summary>
    internal static bool TryPlace(ReadOnlySpan<byte> field, out double latitude, out double longitude)
    {
        int north = BinaryPrimitives.ReadInt32LittleEndian(field);
        int east = BinaryPrimitives.ReadInt32LittleEndian(field[4..]);
        bool unknown = north == 0 && east == 0;
        latitude = unknown ? double.NaN : north / 1e7;
        longitude = unknown ? double.NaN : east / 1e7;
        return Math.Abs((long)north) <= 900_000_000 && Math.Abs((long)east) <= 1_800_000_000;
    }

    internal static void WritePlace(Span<byte> field, double latitude, double longitude)
    {
        bool unknown = double.IsNaN(latitude) || double.IsNaN(longitude);
        BinaryPrimitives.WriteInt32LittleEndian(field, unknown ? 0
            : (int)Math.Round(Math.Clamp(latitude, -90, 90) * 1e7));
        BinaryPrimitives.WriteInt32LittleEndian(
            field[4..], unknown ? 0 : (int)Math.Round(Math.Clamp(longitude, -180, 180) * 1e7));
    }

    internal static DateTimeOffset? Instant(ReadOnlySpan<byte> field)
    {
        uint seconds = BinaryPrimitives.ReadUInt32LittleEndian(field);
        return seconds == 0 ? null : Epoch.AddSeconds(seconds);
    }

    internal static void WriteInstant(Span<byte> field, DateTimeOffset? time) =>
        BinaryPrimitives.WriteUInt32LittleEndian(
            field, time is { } told ? (uint)Math.Clamp((told - Epoch).TotalSeconds, 0, uint.MaxValue) : 0);

    static double Limit(double[] table, byte code) => code < table.Length ? table[code] : double.PositiveInfinity;
}
