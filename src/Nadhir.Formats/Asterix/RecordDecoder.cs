using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>Where a record came from: handed to the decoder of its category.</summary>
/// <param name="Sensor">Index of the sensor with its SAC/SIC.</param>
readonly record struct RecordOrigin(int Sensor, DateTimeOffset Arrived);

/// <summary>Turns records of one edition into measurements.</summary>
abstract class RecordDecoder
{
    protected RecordDecoder(CategoryDefinition category)
    {
        Category = category;
        Invariant.Require(category.SourcePlace >= 0, "a source is SAC and SIC");
    }

    public CategoryDefinition Category { get; }

    /// <summary>SAC and SIC as one number, or −1; the item has the same place in every profile.</summary>
    public int SourceOf(in AsterixRecord record)
    {
        if (!record.Has(Category.SourcePlace)) return -1;
        ReadOnlySpan<byte> source = record.From(Category.SourcePlace);
        return (source[0] << 8) | source[1];
    }

    /// <returns>None, or why the record was not used; the caller reports it.</returns>
    public abstract DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail);

    /// <summary>A decoder for the category, or null when it gives a feed nothing.</summary>
    /// <param name="sensors">All sensors: their positions are the origins of planes.</param>
    /// <param name="clocks">Shared by the categories of a feed.</param>
    public static RecordDecoder? For(CategoryDefinition category, ImmutableArray<Sensor> sensors, SourceClocks clocks) =>
        category.Number switch
        {
            1 => new MonoradarDecoder(category, clocks),
            2 => new ServiceMessageDecoder(category, clocks),
            10 => new LocalTargetDecoder(category, LocalTargetItems.SurfaceMovement, sensors),
            15 => new NonCooperativeDecoder(category),
            20 => new LocalTargetDecoder(category, LocalTargetItems.Multilateration, sensors),
            21 => new PositionReportDecoder(category),
            34 => new ServiceMessageDecoder(category, clocks),
            48 => new PlotDecoder(category),
            62 => new SystemTrackDecoder(category, sensors),
            8 => new AliveDecoder(category, "090"),
            4 => new AliveDecoder(category, "020"),
            9 or 23 or 25 => new AliveDecoder(category, "070"),
            63 or 65 or 205 => new AliveDecoder(category, "030"),
            11 or 16 or 17 or 19 or 247 => new AliveDecoder(category, "140"),
            240 => new AliveDecoder(category, ""),
            _ => null,
        };

    protected static bool TryCallsign(AsterixField field, in AsterixRecord record, out Callsign callsign)
    {
        callsign = default;
        if (!field.TryReadBits(record, out ulong bits)) return false;
        Span<char> text = stackalloc char[8];
        for (int i = 7; i >= 0; i--, bits >>= 6) text[i] = SixBitText.Decode((int)(bits & 0x3F));
        callsign = Callsign.From(text);
        return true;
    }

    /// <summary>Time of the record: the moment of arrival when it tells none.</summary>
    protected static DecodeFault TryTime(
        AsterixField field, in AsterixRecord record, RecordOrigin origin, out DateTimeOffset time, out string detail)
    {
        detail = "";
        time = origin.Arrived;
        double seconds = field.Read(record);
        if (double.IsNaN(seconds) || TimeOfDay.TryResolve(seconds, origin.Arrived, out time)) return DecodeFault.None;
        detail = $"time of day {seconds} s";
        return DecodeFault.BadValue;
    }
}

/// <summary>Status messages, weather, video, directions: the source is alive, and the bytes are kept; no more.</summary>
sealed class AliveDecoder(CategoryDefinition category, string timeItem) : RecordDecoder(category)
{
    readonly AsterixField timeOfDay = AsterixField.Find(category, timeItem);

    public override DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail)
    {
        DecodeFault fault = TryTime(timeOfDay, record, origin, out DateTimeOffset time, out detail);
        if (fault == DecodeFault.None) sink.OnAlive(origin.Sensor, time);
        return fault;
    }
}
