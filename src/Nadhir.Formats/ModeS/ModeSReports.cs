using System.Runtime.CompilerServices;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.ModeS;

/// <summary>
/// Makes position reports of what is heard. Only a position makes a measurement; speed, height, identity and quality
/// are kept for the address and go with its next position, while they are young. What a ground station rebroadcasts of
/// another link (ADS-R) is the aircraft's own word like any other; what it says of its own (TIS-B) is another system's
/// track, and is kept apart.
/// </summary>
sealed class ModeSReports(AircraftTable aircraft, int sensor, Reception reception)
{
    /// <summary>
    /// How long a velocity goes with positions, and a pressure altitude with positions that tell none.
    /// </summary>
    public static readonly long VelocityFor = TimeSpan.FromSeconds(5).Ticks;
    static readonly long altitudeFor = TimeSpan.FromSeconds(10).Ticks;
    /// <summary>The weather changes slowly, the code seldom.</summary>
    static readonly long differenceFor = TimeSpan.FromSeconds(60).Ticks, identityFor = TimeSpan.FromSeconds(120).Ticks;

    /// <summary>Positions that gave no place, or none to be believed.</summary>
    public long WithoutPlace { get; private set; }

    /// <summary>Takes a message that is believed.</summary>
    /// <returns>True when it made a measurement.</returns>
    public bool Take(in ModeSMessage message, in Sender sender, long ticks, IDecodeSink sink)
    {
        switch (message.Format)
        {
            case 17 or 18 or 19:
                return CoarsePosition.IsIn(message)
                    ? TakeCoarse(message.Field, sender, ticks, sink)
                    : TakeSquitter(message.Field, sender, ticks, sink);
            case 0 or 4 or 16 or 20:
                ref AircraftState level = ref aircraft.Find(sender.Key);
                if (!Unsafe.IsNullRef(ref level) && message.AltitudeFeet is { } feet)
                    KeepAltitude(ref level, feet, ticks);
                return false;
            case 5 or 21:
                ref AircraftState named = ref aircraft.Find(sender.Key);
                if (!Unsafe.IsNullRef(ref named)) KeepIdentity(ref named, message.Identity, ticks);
                return false;
            default:
                return false;
        }
    }

    bool TakeSquitter(ulong field, in Sender sender, long ticks, IDecodeSink sink)
    {
        ref AircraftState state = ref aircraft.Hear(sender.Key, ticks);
        switch (SquitterType.KindOf(field))
        {
            case SquitterKind.AirbornePosition or SquitterKind.AirbornePositionGeometric:
                return TakeAirborne(field, ref state, sender, ticks, sink);
            case SquitterKind.SurfacePosition:
                return TakeSurface(field, ref state, sender, ticks, sink);
            case SquitterKind.NoPosition:
                if (AltitudeCode.FeetOfTwelve(field.Bits(9, 12)) is { } feet) KeepAltitude(ref state, feet, ticks);
                return false;
            case SquitterKind.Velocity:
                KeepVelocity(AirborneVelocity.Read(field), ref state, ticks);
                return false;
            case SquitterKind.Identification:
                state.Callsign = AircraftIdentification.Read(field).Callsign;
                return false;
            case SquitterKind.Status:
                AircraftStatus status = AircraftStatus.Read(field);
                if (status.Mode3A >= 0) KeepIdentity(ref state, status.Mode3A, ticks);
                return false;
            case SquitterKind.TargetState:
                TargetState target = TargetState.Read(field);
                if (target.IsKnown && state.Version > 0)
                    (state.PositionAccuracy, state.QualityAt) = (target.PositionAccuracy, ticks);
                return false;
            case SquitterKind.OperationalStatus:
                KeepStatus(OperationalStatus.Read(field), ref state, ticks);
                return false;
            default:
                return false;
        }
    }

    bool TakeAirborne(ulong field, ref AircraftState state, in Sender sender, long ticks, IDecodeSink sink)
    {
        AirbornePosition told = AirbornePosition.Read(field);
        if (told.AltitudeFeet is { } feet && !told.IsGeometric) KeepAltitude(ref state, feet, ticks);
        if (!state.Place.TryPlace(told.Place, surface: false, double.NaN, ticks, reception, out GeoPoint place))
        {
            WithoutPlace++;
            return false;
        }

        double height = told.IsGeometric && told.AltitudeFeet is { } geometric
            ? geometric * Conversions.MetresPerFoot
            : HeightOf(state, ticks);
        bool moving = ticks - state.VelocityAt <= VelocityFor;
        Report(place, height, moving ? state.VelocityEast : double.NaN, moving ? state.VelocityNorth : double.NaN,
            moving ? state.ClimbRate : double.NaN,
            // What a ground station sends has another meaning in the bit of the supplement (IMF).
            PositionQuality.SigmaMetres(state, told.TypeCode, told.Supplement && sender.Relay == Relay.None),
            state, sender, ticks, sink);
        return true;
    }

    bool TakeCoarse(ulong field, in Sender sender, long ticks, IDecodeSink sink)
    {
        ref AircraftState state = ref aircraft.Hear(sender.Key, ticks);
        CoarsePosition told = CoarsePosition.Read(field);
        if (told.AltitudeFeet is { } feet) KeepAltitude(ref state, feet, ticks);
        if (!state.Place.TryPlace(told.Place, surface: false, double.NaN, ticks, reception, out GeoPoint place))
        {
            WithoutPlace++;
            return false;
        }

        double speed = told.GroundSpeedKnots * Conversions.MetresPerSecondPerKnot;
        (double sin, double cos) = Math.SinCos(told.TrackDegrees * Angles.DegreesToRadians);
        Report(place, HeightOf(state, ticks), speed * sin, speed * cos, double.NaN,
            CoarsePosition.StepMetres, state, sender, ticks, sink);
        return true;
    }

    bool TakeSurface(ulong field, ref AircraftState state, in Sender sender, long ticks, IDecodeSink sink)
    {
        SurfacePosition told = SurfacePosition.Read(field);
        double knots = told.SpeedKnots;
        if (!state.Place.TryPlace(told.Place, surface: true, knots, ticks, reception, out GeoPoint place))
        {
            WithoutPlace++;
            return false;
        }

        double speed = knots * Conversions.MetresPerSecondPerKnot, course = told.TrackDegrees * Angles.DegreesToRadians;
        if (speed == 0) course = 0;
        Report(place, double.NaN, speed * Math.Sin(course), speed * Math.Cos(course), double.NaN,
            PositionQuality.SigmaMetres(state, told.TypeCode, supplementB: false), state, sender, ticks, sink);
        return true;
    }

    void Report(
        GeoPoint place, double height, double east, double north, double climb, double sigma,
        in AircraftState state, in Sender sender, long ticks, IDecodeSink sink) =>
        sink.OnMeasurement(Of(sensor, sender, state, ticks) with
        {
            LatitudeDegrees = place.LatitudeDegrees,
            LongitudeDegrees = place.LongitudeDegrees,
            HeightMetres = height,
            VelocityEast = east,
            VelocityNorth = north,
            ClimbRate = climb,
            SigmaHorizontalMetres = sigma,
        });

    /// <summary>A report with whose it is, and no place yet.</summary>
    public static Measurement Of(int sensor, in Sender sender, in AircraftState state, long ticks) => new()
    {
        Kind = sender.IsOwnWord ? MeasurementKind.PositionReport : MeasurementKind.SystemTrack,
        Relay = sender.Relay,
        Sensor = sensor,
        Time = new(ticks, TimeSpan.Zero),
        Mode3A = ticks - state.IdentityAt <= identityFor ? state.Mode3A : (short)-1,
        ModeSAddress = sender.IsIcao ? sender.Address : 0,
        SourceTrack = sender.IsIcao && sender.IsOwnWord ? -1 : (int)sender.Key,
        Callsign = state.Callsign,
    };

    /// <summary>Pressure altitude, put right to geometric by the difference the aircraft tells.</summary>
    public static double HeightOf(in AircraftState state, long ticks)
    {
        if (ticks - state.AltitudeAt > altitudeFor) return double.NaN;
        bool corrected = ticks - state.GeometricDifferenceAt <= differenceFor;
        return (state.AltitudeFeet + (corrected ? state.GeometricDifferenceFeet : 0)) * Conversions.MetresPerFoot;
    }

    public static void KeepAltitude(ref AircraftState state, int feet, long ticks) =>
        (state.AltitudeFeet, state.AltitudeAt) = (feet, ticks);

    public static void KeepIdentity(ref AircraftState state, short mode3A, long ticks) =>
        (state.Mode3A, state.IdentityAt) = (mode3A, ticks);

    static void KeepVelocity(in AirborneVelocity told, ref AircraftState state, long ticks)
    {
        if (told.GeometricLessBarometricFeet is { } difference)
            (state.GeometricDifferenceFeet, state.GeometricDifferenceAt) = (difference, ticks);
        if (!told.IsOverGround || double.IsNaN(told.EastKnots)) return;
        state.VelocityEast = told.EastKnots * Conversions.MetresPerSecondPerKnot;
        state.VelocityNorth = told.NorthKnots * Conversions.MetresPerSecondPerKnot;
        state.ClimbRate = told.ClimbFeetPerMinute * Conversions.MetresPerFoot / 60 ?? double.NaN;
        state.VelocityAt = ticks;
    }

    static void KeepStatus(in OperationalStatus told, ref AircraftState state, long ticks)
    {
        state.Version = told.Version;
        if (told.Subtype > 1 || told.Version == 0) return;
        (state.PositionAccuracy, state.QualityAt) = (told.PositionAccuracy, ticks);
        state.SupplementA = told.SupplementA;
        if (told.Subtype == 1) state.SupplementC = told.SupplementC;
    }
}
