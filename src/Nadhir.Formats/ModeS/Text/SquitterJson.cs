using System.Globalization;
using System.Text.Json;
using Nadhir.Formats.ModeS.Squitters;

namespace Nadhir.Formats.ModeS.Text;

/// <summary>
/// The 56-bit field of an extended squitter as JSON members. Units are the wire's and part of the name; what the
/// message does not tell has no member.
/// </summary>
static class SquitterJson
{
    static readonly string[] emergencies =
        ["none", "general", "medical", "fuel", "no_radio", "unlawful_interference", "downed", "reserved"];

    public static void Write(Utf8JsonWriter json, ulong field)
    {
        json.WriteNumber("typeCode", SquitterType.Of(field));
        json.WriteString("me", field.ToString("x14", CultureInfo.InvariantCulture));
        switch (SquitterType.KindOf(field))
        {
            case SquitterKind.Identification:
                WriteIdentification(json, AircraftIdentification.Read(field));
                break;
            case SquitterKind.AirbornePosition or SquitterKind.AirbornePositionGeometric or SquitterKind.NoPosition:
                WriteAirborne(json, AirbornePosition.Read(field));
                break;
            case SquitterKind.SurfacePosition:
                WriteSurface(json, SurfacePosition.Read(field));
                break;
            case SquitterKind.Velocity:
                WriteVelocity(json, AirborneVelocity.Read(field));
                break;
            case SquitterKind.Status:
                WriteStatus(json, AircraftStatus.Read(field));
                if (AircraftStatus.Read(field).Subtype == 2) WriteAdvisory(json, ResolutionAdvisory.Read(field));
                break;
            case SquitterKind.TargetState:
                WriteTarget(json, TargetState.Read(field));
                break;
            case SquitterKind.OperationalStatus:
                WriteOperational(json, OperationalStatus.Read(field));
                break;
        }
    }

    static void WriteIdentification(Utf8JsonWriter json, in AircraftIdentification told)
    {
        json.WriteString("kind", "identification");
        Span<char> characters = stackalloc char[8];
        told.Spell(characters);
        json.WriteString("callsign", characters.TrimEnd());
        json.WriteString("category", string.Create(CultureInfo.InvariantCulture, $"{told.Set}{told.Category}"));
    }

    static void WriteAirborne(Utf8JsonWriter json, in AirbornePosition told)
    {
        json.WriteString("kind", told.TypeCode == 0 ? "no_position" : "airborne_position");
        json.WriteNumber("surveillanceStatus", told.SurveillanceStatus);
        json.WriteBoolean("supplementB", told.Supplement);
        if (told.AltitudeFeet is { } feet)
            json.WriteNumber(told.IsGeometric ? "geometricHeightFeet" : "altitudeFeet", feet);
        if (told.TypeCode != 0) WritePlace(json, told.Place, told.IsTimed);
    }

    static void WriteSurface(Utf8JsonWriter json, in SurfacePosition told)
    {
        json.WriteString("kind", "surface_position");
        json.WriteNumber("movement", told.Movement);
        Number(json, "groundSpeedKnots", told.SpeedKnots);
        Number(json, "trackDegrees", told.TrackDegrees);
        WritePlace(json, told.Place, told.IsTimed);
    }

    static void WritePlace(Utf8JsonWriter json, CompactPosition place, bool timed)
    {
        json.WriteBoolean("utcAligned", timed);
        json.WriteBoolean("odd", place.IsOdd);
        json.WriteNumber("cprLatitude", place.Latitude);
        json.WriteNumber("cprLongitude", place.Longitude);
    }

    static void WriteVelocity(Utf8JsonWriter json, in AirborneVelocity told)
    {
        json.WriteString("kind", "velocity");
        json.WriteNumber("subtype", told.Subtype);
        json.WriteNumber("nacv", told.VelocityAccuracy);
        if (told.IsOverGround && !double.IsNaN(told.EastKnots))
        {
            json.WriteNumber("eastKnots", told.EastKnots);
            json.WriteNumber("northKnots", told.NorthKnots);
            Number(json, "groundSpeedKnots", Math.Round(told.GroundSpeedKnots, 2));
            Number(json, "trackDegrees", Math.Round(told.TrackDegrees, 3));
        }

        Number(json, "headingDegrees", told.HeadingDegrees);
        Number(json, told.IsTrueAirspeed ? "trueAirspeedKnots" : "indicatedAirspeedKnots", told.AirspeedKnots);
        if (told.ClimbFeetPerMinute is { } climb)
        {
            json.WriteNumber("climbFeetPerMinute", climb);
            json.WriteString("climbSource", told.IsClimbBarometric ? "barometric" : "geometric");
        }

        if (told.GeometricLessBarometricFeet is { } difference)
            json.WriteNumber("geometricLessBarometricFeet", difference);
    }

    static void WriteStatus(Utf8JsonWriter json, in AircraftStatus told)
    {
        json.WriteString("kind", "aircraft_status");
        json.WriteNumber("subtype", told.Subtype);
        if (told.Mode3A < 0) return;
        json.WriteString("emergency", emergencies[told.Emergency]);
        json.WriteString("squawk", MessageJson.Octal(told.Mode3A));
    }

    static void WriteAdvisory(Utf8JsonWriter json, in ResolutionAdvisory told)
    {
        json.WriteString("advisories", Convert.ToString(told.Advisories, 2).PadLeft(14, '0'));
        json.WriteString("complements", Convert.ToString(told.Complements, 2).PadLeft(4, '0'));
        json.WriteBoolean("terminated", told.IsTerminated);
        json.WriteBoolean("multipleThreats", told.HasMultipleThreats);
        if (told.IsActive) json.WriteString("advice", WordsOf(told));
        if (told.Threat == ThreatIdentity.Address)
            json.WriteString("threatIcao", told.ThreatAddress.ToString("x6", CultureInfo.InvariantCulture));
        if (told.ThreatAltitudeFeet is { } feet) json.WriteNumber("threatAltitudeFeet", feet);
        Number(json, "threatRangeNauticalMiles", told.ThreatRangeNauticalMiles);
        Number(json, "threatBearingDegrees", told.ThreatBearingDegrees);
    }

    static string WordsOf(in ResolutionAdvisory told)
    {
        List<string> words = [];
        void Add(bool said, string word)
        {
            if (said) words.Add(word);
        }

        if (told.IsOneSided)
        {
            words.Add(told.IsCorrective ? "corrective" : "preventive");
            words.Add(told.IsDownward ? "downward" : "upward");
            words.Add(told.IsPositive ? "positive" : "vertical_speed_limit");
        }

        Add(told.IsIncreased, "increased");
        Add(told.CorrectsUpward, "corrects_upward");
        Add(told.RequiresClimb, "climb");
        Add(told.CorrectsDownward, "corrects_downward");
        Add(told.RequiresDescent, "descend");
        Add(told.IsReversal, "reversal");
        Add(told.IsCrossing, "crossing");
        return string.Join(' ', words);
    }

    public static void WriteCoarse(Utf8JsonWriter json, ulong field)
    {
        CoarsePosition told = CoarsePosition.Read(field);
        json.WriteString("me", field.ToString("x14", CultureInfo.InvariantCulture));
        json.WriteString("kind", "coarse_position");
        json.WriteNumber("serviceVolume", told.ServiceVolume);
        json.WriteNumber("surveillanceStatus", told.SurveillanceStatus);
        if (told.AltitudeFeet is { } feet) json.WriteNumber("altitudeFeet", feet);
        Number(json, "groundSpeedKnots", told.GroundSpeedKnots);
        Number(json, "trackDegrees", told.TrackDegrees);
        json.WriteBoolean("odd", told.Place.IsOdd);
        json.WriteNumber("cprLatitude", told.Place.Latitude >> 5);
        json.WriteNumber("cprLongitude", told.Place.Longitude >> 5);
    }

    static void WriteTarget(Utf8JsonWriter json, in TargetState told)
    {
        json.WriteString("kind", "target_state");
        json.WriteNumber("subtype", told.Subtype);
        if (!told.IsKnown) return;
        if (told.SelectedAltitudeFeet is { } feet)
        {
            json.WriteNumber("selectedAltitudeFeet", feet);
            json.WriteString("selectedBy", told.IsFromFlightManagement ? "fms" : "mcp");
        }

        Number(json, "altimeterSettingMillibars", Math.Round(told.AltimeterSettingMillibars, 1));
        Number(json, "selectedHeadingDegrees", told.SelectedHeadingDegrees);
        json.WriteNumber("nacp", told.PositionAccuracy);
        json.WriteNumber("nicBaro", told.BarometricIntegrity ? 1 : 0);
        json.WriteNumber("sil", told.IntegrityLevel);
        json.WriteBoolean("acasOperational", told.AcasOperational);
        if (!told.ModesTold) return;
        json.WriteBoolean("autopilot", told.Autopilot);
        json.WriteBoolean("verticalNavigation", told.VerticalNavigation);
        json.WriteBoolean("altitudeHold", told.AltitudeHold);
        json.WriteBoolean("approach", told.Approach);
        json.WriteBoolean("lateralNavigation", told.LateralNavigation);
    }

    static void WriteOperational(Utf8JsonWriter json, in OperationalStatus told)
    {
        json.WriteString("kind", "operational_status");
        json.WriteNumber("subtype", told.Subtype);
        json.WriteNumber("version", told.Version);
        if (told.Subtype > 1) return;
        json.WriteNumber("capabilities", told.Capabilities);
        json.WriteNumber("modes", told.Modes);
        if (told.Version == 0) return;
        json.WriteBoolean("supplementA", told.SupplementA);
        if (told.Subtype == 1) json.WriteBoolean("supplementC", told.SupplementC);
        json.WriteNumber("nacp", told.PositionAccuracy);
        json.WriteNumber("sil", told.IntegrityLevel);
        json.WriteBoolean("silPerSample", told.IsPerSample);
        if (told.Subtype == 0) json.WriteNumber("nicBaro", told.BarometricIntegrity ? 1 : 0);
        if (told is { Version: >= 2, Subtype: 0 }) json.WriteNumber("gva", told.VerticalAccuracy);
        json.WriteNumber("sda", told.DesignAssurance);
        json.WriteBoolean("magnetic", told.IsMagnetic);
    }

    static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
    }
}
