using System.Buffers.Binary;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// Writes plots as one CAT 048 data block, straight to bytes. The layout of the items used here has not changed from
/// edition 1.15 to 1.32. Not thread safe; reusable after <see cref="Finish"/>.
/// </summary>
public sealed class PlotBlockWriter
{
    const double RangeUnitMetres = Conversions.MetresPerNauticalMile / 256;
    const double HeightUnitMetres = 25 * Conversions.MetresPerFoot;
    /// <summary>More than any record written here needs.</summary>
    const int LongestRecord = 64;

    byte[] buffer = new byte[2048];
    int length = 3;

    /// <summary>Records in the block so far.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the block so far, with its header: to keep a block within a datagram.</summary>
    public int Length => length;

    /// <summary>Appends a record. The range must be below 256 NM: the item holds no more.</summary>
    public void Add(in PlotFields plot)
    {
        double rangeUnits = Math.Round(plot.RangeMetres / RangeUnitMetres);
        Invariant.Require(rangeUnits is >= 0 and < 65536, "a plot of CAT 048 is nearer than 256 NM");
        Invariant.Require(double.IsFinite(plot.AzimuthRadians), "an azimuth is finite");
        Invariant.Require(length + LongestRecord <= ushort.MaxValue, "a block is shorter than 64 KiB");
        if (length + LongestRecord > buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);

        double flightLevel = Math.Round(plot.FlightLevelMetres / Conversions.MetresPerFlightLevel * 4);
        double height = Math.Round(plot.Height3DMetres / HeightUnitMetres);
        bool hasLevel = Math.Abs(flightLevel) < 8192, hasHeight = Math.Abs(height) < 8192;
        bool hasAddress = plot.ModeSAddress != 0, hasCallsign = !plot.Callsign.IsNone;

        int specification = 0xF0_00_00;                                           // I010 I140 I020 I040
        if (plot.Mode3A >= 0) specification |= 0x08_00_00;                        // I070
        if (hasLevel) specification |= 0x04_00_00;                                // I090
        if (hasAddress) specification |= 0x80_00;                                 // I220
        if (hasCallsign) specification |= 0x40_00;                                // I240
        if (hasHeight) specification |= 0x08;                                     // I110
        PutSpecification(specification);

        Put8(plot.Sac);
        Put8(plot.Sic);
        Put24(TimeOfDay(plot.TimeOfDaySeconds));
        Put8((TypeOf(plot) << 5) | (plot.Simulated ? 0x10 : 0));
        Put16((int)rangeUnits);
        Put16((int)Math.Round(plot.AzimuthRadians / (2 * Math.PI) * 65536) & 0xFFFF);
        if (plot.Mode3A >= 0) Put16(plot.Mode3A & 0xFFF);
        if (hasLevel) Put16((int)flightLevel & 0x3FFF);
        if (hasAddress) Put24((int)(plot.ModeSAddress & 0xFFFFFF));
        if (hasCallsign) PutCallsign(plot.Callsign);
        if (hasHeight) Put16((int)height & 0x3FFF);
        Count++;
    }

    /// <summary>The block: category, length, records. The writer is empty afterwards.</summary>
    public byte[] Finish()
    {
        buffer[0] = 48;
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(1), (ushort)length);
        byte[] block = buffer[..length];
        length = 3;
        Count = 0;
        return block;
    }

    /// <summary>Time of day in 1/128 s, wrapped at midnight.</summary>
    internal static int TimeOfDay(double seconds)
    {
        int units = (int)Math.Round(seconds % 86400 * 128) % (86400 * 128);
        return units < 0 ? units + (86400 * 128) : units;
    }

    /// <summary>TYP of I048/020.</summary>
    static int TypeOf(in PlotFields plot) => (plot.Primary, plot.Secondary, plot.ModeSAddress != 0) switch
    {
        (true, false, _) => 1,
        (false, true, false) => 2,
        (true, true, false) => 3,
        (false, true, true) => 5,
        (true, true, true) => 7,
        _ => 0,
    };

    void PutSpecification(int threeOctets)
    {
        // An octet is sent when it or a later one names an item; the last bit says that another follows.
        bool third = (threeOctets & 0xFE) != 0, second = third || (threeOctets & 0xFE00) != 0;
        Put8(((threeOctets >> 16) & 0xFE) | (second ? 1 : 0));
        if (second) Put8(((threeOctets >> 8) & 0xFE) | (third ? 1 : 0));
        if (third) Put8(threeOctets & 0xFE);
    }

    void PutCallsign(Callsign callsign)
    {
        ulong bits = SixBitText.Encode(callsign.ToString());
        Put24((int)(bits >> 24));
        Put24((int)(bits & 0xFFFFFF));
    }

    void Put8(int value) => buffer[length++] = (byte)value;

    void Put16(int value)
    {
        Put8(value >> 8);
        Put8(value);
    }

    void Put24(int value)
    {
        Put8(value >> 16);
        Put16(value);
    }
}
