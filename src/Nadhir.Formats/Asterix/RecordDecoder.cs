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
        Sac = AsterixField.Find(category, "010", "SAC");
        Sic = AsterixField.Find(category, "010", "SIC");
    }

    public CategoryDefinition Category { get; }
    public AsterixField Sac { get; }
    public AsterixField Sic { get; }

    /// <returns>None, or why the record was not used; the caller reports it.</returns>
    public abstract DecodeFault Decode(in AsterixRecord record, RecordOrigin origin, IDecodeSink sink, out string detail);

    /// <summary>Categories that give a feed something.</summary>
    public static ImmutableArray<int> Categories { get; } = [21, 34, 48, 62, 63, 65];

    /// <summary>A decoder for the category, or null when it gives a feed nothing.</summary>
    public static RecordDecoder? For(CategoryDefinition category) => category.Number switch
    {
        21 => new PositionReportDecoder(category),
        34 => new ServiceMessageDecoder(category),
        48 => new PlotDecoder(category),
        62 => new SystemTrackDecoder(category),
        63 => new AliveDecoder(category, "030"),
        65 => new AliveDecoder(category, "030"),
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

/// <summary>Status messages (CAT 063, CAT 065): the source is alive, no more.</summary>
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
