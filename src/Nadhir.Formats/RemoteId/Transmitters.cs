using System.Collections.Immutable;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// Puts the messages of each transmitter together and makes reports of them. A Location message does not say whose it
/// is: the last Basic ID of the same transmitter does. What is known of a transmitter is forgotten ten minutes after
/// it was last heard; at most 4,096 are known at a time, and as many identities with their numbers.
/// </summary>
sealed class Transmitters
{
    public const int Most = 4096;
    static readonly TimeSpan forgetAfter = TimeSpan.FromMinutes(10);
    /// <summary>An identity of a lesser kind replaces a better one that was not repeated for so long.</summary>
    static readonly TimeSpan identityLasts = TimeSpan.FromMinutes(1);
    /// <summary>A transmitter whose clock is further off is taken at the time of arrival, seconds.</summary>
    const double MostAhead = 2, MostLate = 10;
    /// <summary>A circle that holds 95 % of a two-dimensional error, in sigmas of one axis.</summary>
    const double SigmasOf95 = 2.4477;

    readonly RecentTable<ulong, Transmitter> known = new(Most, forgetAfter);
    readonly RecentTable<ShortText, Number> numbers = new(Most, forgetAfter);
    int lastNumber;

    public int Count => known.Count;

    /// <summary>The transmitter of this address.</summary>
    public Transmitter Heard(ulong address, DateTimeOffset arrived)
    {
        Transmitter transmitter = known.Hear(address, arrived);
        if (transmitter.Number < 0) transmitter.Number = Next();
        return transmitter;
    }

    public void Take(Transmitter transmitter, in RemoteIdBasicId said, DateTimeOffset arrived)
    {
        if (said.Id.IsEmpty || said.IdType == RemoteIdIdType.None) return;
        bool better = Rank(said.IdType) >= Rank(transmitter.Identity.IdType);
        if (!better && arrived - transmitter.IdentityHeard <= identityLasts) return;
        bool changed = transmitter.Identity.Id != said.Id;
        transmitter.Identity = said;
        transmitter.IdentityHeard = arrived;
        Number number = numbers.Hear(said.Id, arrived);
        if (number.Value < 0)
        {
            // The number it had before it said who it is stays its number; one that changes its name gets another.
            bool renamed = changed && transmitter.Callsign != default;
            number.Value = transmitter.Number >= 0 && !renamed ? transmitter.Number : Next();
        }

        transmitter.Number = number.Value;
        if (changed) transmitter.Callsign = CallsignOf(said);
    }

    /// <summary>A report of a place; none when the message holds none.</summary>
    public static bool TryReport(
        Transmitter? transmitter, in RemoteIdLocation at, int sensor, DateTimeOffset arrived, out Measurement report)
    {
        report = default;
        if (double.IsNaN(at.LatitudeDegrees)) return false;
        double horizontal = RemoteIdScales.HorizontalMetres(at.HorizontalAccuracy);
        double east = double.NaN, north = double.NaN;
        if (at.SpeedMetresPerSecond == 0) east = north = 0;
        else if (!double.IsNaN(at.TrackDegrees))
        {
            (double sin, double cos) = Math.SinCos(at.TrackDegrees * Angles.DegreesToRadians);
            (east, north) = (at.SpeedMetresPerSecond * sin, at.SpeedMetresPerSecond * cos);
        }

        report = new()
        {
            Kind = MeasurementKind.PositionReport,
            Sensor = sensor,
            Time = TimeOf(at.SecondsOfHour, arrived),
            LatitudeDegrees = at.LatitudeDegrees,
            LongitudeDegrees = at.LongitudeDegrees,
            HeightMetres = double.IsNaN(at.GeodeticAltitudeMetres) ? at.PressureAltitudeMetres
                : at.GeodeticAltitudeMetres,
            VelocityEast = east,
            VelocityNorth = double.IsNaN(east) ? double.NaN : north,
            ClimbRate = at.ClimbMetresPerSecond,
            SigmaHorizontalMetres = double.IsFinite(horizontal) ? horizontal / SigmasOf95 : double.NaN,
            SourceTrack = transmitter?.Number ?? -1,
            Callsign = transmitter?.Callsign ?? default,
            ReportedAs = new(ClassOf(transmitter?.Identity.AircraftType ?? 0)),
        };
        return true;
    }

    /// <summary>
    /// Seconds of an hour belong to the hour that brings them nearest to the arrival. A clock that is then still far
    /// off is not used: each transmitter has its own, and one that is wrong must not spoil the receiver's.
    /// </summary>
    internal static DateTimeOffset TimeOf(double secondsOfHour, DateTimeOffset arrived)
    {
        if (double.IsNaN(secondsOfHour)) return arrived;
        long ticksPerHour = TimeSpan.TicksPerHour;
        var hour = new DateTimeOffset(arrived.UtcTicks - (arrived.UtcTicks % ticksPerHour), TimeSpan.Zero);
        double age = (arrived - hour).TotalSeconds - secondsOfHour;
        if (age > 1800) age -= 3600;
        else if (age < -1800) age += 3600;
        return age is >= -MostAhead and <= MostLate ? arrived.AddTicks(-(long)Math.Round(age * 1e7)) : arrived;
    }

    /// <summary>
    /// The last eight characters: a serial number begins with its maker. Eight hexadecimal digits of numbers that are
    /// no text.
    /// </summary>
    static Callsign CallsignOf(in RemoteIdBasicId said)
    {
        if (said.IdType is RemoteIdIdType.UtmUuid) return Callsign.From(said.Id.ToHex(4));
        if (said.IdType is RemoteIdIdType.SessionId) return Callsign.From(said.Id.ToHex(5).AsSpan(2));
        Span<char> text = stackalloc char[ShortText.Capacity];
        text = text[..said.Id.Write(text)];
        return Callsign.From(text[Math.Max(0, text.Length - 8)..]);
    }

    /// <summary>UA type of the Basic ID (ASTM F3411-22a, table 6), by its own word.</summary>
    static ObjectClass ClassOf(byte aircraftType) => aircraftType switch
    {
        0 => ObjectClass.None,
        1 => ObjectClass.UavFixedWing,
        2 or 3 => ObjectClass.UavRotor,
        4 => ObjectClass.UavHybrid,
        5 or 13 => ObjectClass.Uav,
        6 => ObjectClass.Glider,
        8 or 9 or 10 => ObjectClass.Balloon,
        11 => ObjectClass.Parachute,
        12 => ObjectClass.Rocket,
        _ => ObjectClass.Other,
    };

    static int Rank(RemoteIdIdType type) => type switch
    {
        RemoteIdIdType.SerialNumber => 4,
        RemoteIdIdType.RegistrationId => 3,
        RemoteIdIdType.SessionId => 2,
        RemoteIdIdType.UtmUuid => 1,
        _ => 0,
    };

    int Next() => lastNumber = lastNumber == int.MaxValue ? 1 : lastNumber + 1;

    sealed class Number
    {
        public int Value { get; set; } = -1;
    }
}

/// <summary>One transmitter as it is known now.</summary>
sealed class Transmitter
{
    public RemoteIdBasicId Identity { get; set; }
    public DateTimeOffset IdentityHeard { get; set; }
    public Callsign Callsign { get; set; }
    public int Number { get; set; } = -1;
}
