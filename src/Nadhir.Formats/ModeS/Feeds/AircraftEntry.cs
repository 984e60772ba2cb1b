using System.Buffers.Text;
using System.Text.Json;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// One aircraft of an <c>aircraft.json</c> (readsb README-json; dump1090-fa and its kin tell less). Values are the
/// file's: feet, knots, degrees, feet per minute, seconds; NaN, −1 and null say that a member is absent.
/// </summary>
public readonly record struct AircraftEntry
{
    public AircraftEntry() { }

    public Sender Sender { get; private init; }
    public Callsign Callsign { get; private init; }
    public double LatitudeDegrees { get; private init; } = double.NaN;
    public double LongitudeDegrees { get; private init; } = double.NaN;
    /// <summary>Age of the position when the file was written.</summary>
    public double SeenPositionSeconds { get; private init; } = double.NaN;
    /// <summary>Age of the last message.</summary>
    public double SeenSeconds { get; private init; } = double.NaN;
    public double BarometricFeet { get; private init; } = double.NaN;
    public double GeometricFeet { get; private init; } = double.NaN;
    public bool OnGround { get; private init; }
    public double GroundSpeedKnots { get; private init; } = double.NaN;
    public double TrackDegrees { get; private init; } = double.NaN;
    public double BarometricClimb { get; private init; } = double.NaN;
    public double GeometricClimb { get; private init; } = double.NaN;
    public short Mode3A { get; private init; } = -1;
    /// <summary>DO-260 version, NIC, NACp and SIL; −1 when not told.</summary>
    public int Version { get; private init; } = -1;
    public int Integrity { get; private init; } = -1;
    public int PositionAccuracy { get; private init; } = -1;
    public int IntegrityLevel { get; private init; } = -1;
    /// <summary>Radius of containment, metres.</summary>
    public double ContainmentMetres { get; private init; } = double.NaN;

    public bool HasPlace => !double.IsNaN(LatitudeDegrees) && !double.IsNaN(LongitudeDegrees);

    /// <summary>
    /// Reads the object the reader is about to begin. Members with another type of value than they should have are
    /// passed over; a damaged object throws <see cref="JsonException"/>, which the caller turns into a fault.
    /// </summary>
    /// <returns>False when the object is no aircraft: without an address, or a place that is none on earth.</returns>
    internal static bool TryRead(ref Utf8JsonReader reader, out AircraftEntry read)
    {
        read = new();
        Members members = new();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueIsEscaped ? default : reader.ValueSpan;
            reader.Read();
            members.Take(name, ref reader);
        }

        return members.TryFinish(out read);
    }

    ref struct Members
    {
        ReadOnlySpan<byte> type;
        AircraftEntry entry;
        uint address;
        bool hasAddress, isIcao, worked, relayed;

        public Members() => entry = new();

        public void Take(ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                reader.Skip();
                return;
            }

            if (reader.TokenType is JsonTokenType.StartArray)
            {
                // Which values are by multilateration or TIS-B, not by the aircraft.
                bool place = HoldsPlace(ref reader);
                if (name.SequenceEqual("mlat"u8)) worked |= place;
                else if (name.SequenceEqual("tisb"u8)) relayed |= place;
                return;
            }

            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number))
                TakeNumber(name, number);
            else if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
                TakeText(name, reader.ValueSpan);
        }

        void TakeNumber(ReadOnlySpan<byte> name, double value)
        {
            if (!double.IsFinite(value)) return;
            if (name.SequenceEqual("lat"u8)) entry = entry with { LatitudeDegrees = value };
            else if (name.SequenceEqual("lon"u8)) entry = entry with { LongitudeDegrees = value };
            else if (name.SequenceEqual("seen_pos"u8)) entry = entry with { SeenPositionSeconds = value };
            else if (name.SequenceEqual("seen"u8)) entry = entry with { SeenSeconds = value };
            else if (name.SequenceEqual("alt_baro"u8) || name.SequenceEqual("altitude"u8))
                entry = entry with { BarometricFeet = value };
            else if (name.SequenceEqual("alt_geom"u8)) entry = entry with { GeometricFeet = value };
            else if (name.SequenceEqual("gs"u8) || name.SequenceEqual("speed"u8))
                entry = entry with { GroundSpeedKnots = value };
            else if (name.SequenceEqual("track"u8)) entry = entry with { TrackDegrees = value };
            else if (name.SequenceEqual("baro_rate"u8) || name.SequenceEqual("vert_rate"u8))
                entry = entry with { BarometricClimb = value };
            else if (name.SequenceEqual("geom_rate"u8)) entry = entry with { GeometricClimb = value };
            else if (name.SequenceEqual("rc"u8)) entry = entry with { ContainmentMetres = value };
            else if (name.SequenceEqual("nac_p"u8)) entry = entry with { PositionAccuracy = Small(value) };
            else if (name.SequenceEqual("nic"u8)) entry = entry with { Integrity = Small(value) };
            else if (name.SequenceEqual("sil"u8)) entry = entry with { IntegrityLevel = Small(value) };
            else if (name.SequenceEqual("version"u8)) entry = entry with { Version = Small(value) };
        }

        void TakeText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (name.SequenceEqual("hex"u8))
            {
                isIcao = value.IsEmpty || value[0] != '~';
                ReadOnlySpan<byte> digits = isIcao ? value : value[1..];
                hasAddress = digits.Length is >= 1 and <= 6
                    && Utf8Parser.TryParse(digits, out address, out int used, 'x') && used == digits.Length;
            }
            else if (name.SequenceEqual("type"u8)) type = value;
            else if (name.SequenceEqual("flight"u8)) entry = entry with { Callsign = SbsLine.ReadCallsign(value) };
            else if (name.SequenceEqual("squawk"u8) && SbsLine.TryOctal(value, out short code))
                entry = entry with { Mode3A = code };
            else if (name.SequenceEqual("alt_baro"u8) && value.SequenceEqual("ground"u8))
                entry = entry with { OnGround = true };
        }

        public readonly bool TryFinish(out AircraftEntry read)
        {
            read = entry with { Sender = new(address, isIcao, RelayOf(), Inferred: false) };
            if (!hasAddress || Math.Abs(entry.LatitudeDegrees) > 90 || Math.Abs(entry.LongitudeDegrees) > 180)
                return false;
            return double.IsNaN(entry.LatitudeDegrees) == double.IsNaN(entry.LongitudeDegrees);
        }

        /// <summary>What is not plainly the aircraft's own word is taken for someone else's.</summary>
        readonly Relay RelayOf()
        {
            if (type.StartsWith("tisb"u8) || (type.IsEmpty && relayed)) return Relay.TrafficInformation;
            if (type.StartsWith("adsr"u8)) return Relay.Rebroadcast;
            bool own = type.IsEmpty || type.StartsWith("adsb"u8) || type.SequenceEqual("mode_s"u8);
            if (worked || !own) return Relay.Multilateration;
            return relayed ? Relay.TrafficInformation : Relay.None;
        }

        static bool HoldsPlace(ref Utf8JsonReader reader)
        {
            int depth = reader.CurrentDepth;
            bool place = false;
            while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
                place |= reader.TokenType == JsonTokenType.String && reader.ValueSpan.SequenceEqual("lat"u8);
            return place;
        }

        static int Small(double value) => value is >= 0 and <= 15 ? (int)value : -1;
    }
}
