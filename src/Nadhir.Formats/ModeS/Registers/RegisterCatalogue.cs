using System.Collections.Frozen;
using System.Collections.Immutable;
using Nadhir.Units;

namespace Nadhir.Formats.ModeS.Registers;

/// <summary>The registers we read: elementary and enhanced surveillance, the weather, 4,1 and 5,3.</summary>
public static class RegisterCatalogue
{
    const double Knot = Conversions.MetresPerSecondPerKnot, Foot = Conversions.MetresPerFoot, FeetPerMinute = Foot / 60;

    static readonly RegisterDefinition[] byNumber = new RegisterDefinition[256];

    /// <summary>Magnetic heading and true track: two's complement of 90/512 degrees.</summary>
    const double Turn = 90.0 / 512;

    static RegisterCatalogue()
    {
        foreach (RegisterDefinition register in All) byNumber[register.Number] = register;
    }

    public static ImmutableArray<RegisterDefinition> All { get; } =
    [
        DataLinkCapability(), CommonUsage(), Identification(), ResolutionAdvisory(), VerticalIntention(), NextWaypoint(),
        RoutineWeather(), HazardWeather(), TrackAndTurn(), AirReferencedState(), HeadingAndSpeed(),
    ];

    /// <summary>A register by its number (0x40 is 4,0), or null.</summary>
    public static RegisterDefinition? Find(int number) => number is >= 0 and < 256 ? byNumber[number] : null;

    static RegisterDefinition DataLinkCapability() => new()
    {
        Number = 0x10,
        Title = "Data link capability report",
        NamesItself = true,
        Reserved = [(10, 14)],
        Fields =
        [
            Flag("continues", 9), Flag("overlayCommand", 15), Flag("acasOperational", 16), Code("subnetworkVersion", 17, 7),
            Flag("enhancedProtocol", 24), Flag("specificServices", 25), Code("uplinkElm", 26, 3),
            Code("downlinkElm", 29, 4),
            Flag("identification", 33), Flag("squitter", 34), Flag("surveillanceIdentifier", 35),
            Flag("commonUsageReport", 36),
            Flag("hybridSurveillance", 37), Flag("acasResolution", 38), Code("acasVersion", 39, 2),
            Code("dataTerminals", 41, 16),
        ],
        // The overlay command came with version 5 of the subnetwork.
        Agrees = contents => RegisterField.Take(contents, 15, 1) != 0 == RegisterField.Take(contents, 17, 7) >= 5,
    };

    static RegisterDefinition CommonUsage() => new()
    {
        Number = 0x17,
        Title = "Common usage GICB capability report",
        Reserved = [(25, 56)],
        Fields = [],
        Capabilities =
        [
            "0,5", "0,6", "0,7", "0,8", "0,9", "0,A", "2,0", "2,1", "4,0", "4,1", "4,2", "4,3", "4,4", "4,5", "4,8", "5,0",
            "5,1", "5,2", "5,3", "5,4", "5,5", "5,6", "5,F", "6,0",
        ],
        // Whoever has this register has the aircraft identification.
        Agrees = contents => RegisterField.Take(contents, 7, 1) != 0,
    };

    static RegisterDefinition Identification()
    {
        RegisterField identification = Text("identification", 9, 48);
        return new()
        {
            Number = 0x20,
            Title = "Aircraft identification",
            NamesItself = true,
            Fields = [identification],
            Agrees = contents => RegisterText.IsReadable(identification, contents),
        };
    }

    static RegisterDefinition ResolutionAdvisory() => new()
    {
        Number = 0x30,
        Title = "ACAS active resolution advisory",
        NamesItself = true,
        Fields =
        [
            Code("advisories", 9, 14), Code("complements", 23, 4), Flag("terminated", 27), Flag("multipleThreats", 28),
            Code("threatKind", 29, 2) with
            {
                Most = 2,
                Meanings = Means("no identity", "Mode S address", "altitude, range and bearing"),
            },
            Code("threatAddress", 31, 24) with { Kind = RegisterFieldKind.Hexadecimal, When = (29, 2, 1) },
            Code("threatAltitudeCode", 31, 13) with { When = (29, 2, 2) },
            // 0: no estimate. 1: nearer than 0.05 NM.
            Code("threatRange", 44, 7) with
            {
                When = (29, 2, 2),
                Factor = Conversions.MetresPerNauticalMile / 10,
                Offset = -Conversions.MetresPerNauticalMile / 10,
                Unit = "m",
            },
            // The middle of the sector of six degrees; −3: no estimate.
            Code("threatBearing", 51, 6) with { When = (29, 2, 2), Factor = 6, Offset = -3, Unit = "deg" },
        ],
        Agrees = contents => RegisterField.Take(contents, 16, 7) < 48,
    };

    static RegisterDefinition VerticalIntention() => new()
    {
        Number = 0x40,
        Title = "Selected vertical intention",
        Reserved = [(40, 47), (52, 53)],
        Fields =
        [
            Number("selectedAltitudeMcp", 1, 2, 12, 16 * Foot, "m"),
            Number("selectedAltitudeFms", 14, 15, 12, 16 * Foot, "m"),
            Number("pressureSetting", 27, 28, 12, 10, "Pa") with { Offset = 80_000 },
            Number("vnav", 48, 49, 1, 1, ""), Number("altitudeHold", 48, 50, 1, 1, ""),
            Number("approach", 48, 51, 1, 1, ""),
            Number("targetAltitudeSource", 54, 55, 2, 1, "") with
            {
                Meanings = Means("unknown", "aircraft altitude", "selected on the panel", "selected in the FMS"),
            },
        ],
    };

    static RegisterDefinition NextWaypoint()
    {
        RegisterField name = Text("waypoint", 2, 54) with { Status = 1 };
        return new()
        {
            Number = 0x41,
            Title = "Next waypoint details",
            Reserved = [(56, 56)],
            Fields = [name],
            Agrees = contents => RegisterText.IsReadable(name, contents),
        };
    }

    static RegisterDefinition RoutineWeather() => new()
    {
        Number = 0x44,
        Title = "Meteorological routine air report",
        Fields =
        [
            Code("source", 1, 4) with
            {
                Most = 4, Meanings = Means("invalid", "INS", "GNSS", "DME/DME", "VOR/DME"),
            },
            Number("windSpeed", 5, 6, 9, Knot, "m/s") with { Most = 250 * Knot },
            Number("windDirection", 5, 15, 9, 180.0 / 256, "deg"),
            Signed("temperature", 0, 24, 11, 0.25, "degC") with { Least = -80, Most = 60 },
            Number("pressure", 35, 36, 11, 100, "Pa"),
            Severity("turbulence", 47, 48), Number("humidity", 50, 51, 6, 100.0 / 64, "%"),
        ],
        // A report has at least its wind, and a temperature that was not left zero with all else.
        Agrees = contents => RegisterField.Take(contents, 5, 1) != 0,
    };

    static RegisterDefinition HazardWeather() => new()
    {
        Number = 0x45,
        Title = "Meteorological hazard report",
        Reserved = [(52, 56)],
        Fields =
        [
            Severity("turbulence", 1, 2), Severity("windShear", 4, 5), Severity("microburst", 7, 8),
            Severity("icing", 10, 11),
            Severity("wakeVortex", 13, 14),
            Signed("temperature", 16, 17, 10, 0.25, "degC") with { Least = -80, Most = 60 },
            Number("pressure", 27, 28, 11, 100, "Pa"), Number("radioHeight", 39, 40, 12, 16 * Foot, "m"),
        ],
    };

    static RegisterDefinition TrackAndTurn()
    {
        RegisterField ground = Number("groundSpeed", 24, 25, 10, 2 * Knot, "m/s") with { Most = 600 * Knot };
        RegisterField air = Number("trueAirspeed", 46, 47, 10, 2 * Knot, "m/s") with { Most = 600 * Knot };
        return new()
        {
            Number = 0x50,
            Title = "Track and turn report",
            Fields =
            [
                Signed("roll", 1, 2, 10, 45.0 / 256, "deg") with { Least = -50, Most = 50 },
                Signed("trueTrack", 12, 13, 11, Turn, "deg"), ground,
                Signed("trackRate", 35, 36, 10, 8.0 / 256, "deg/s"), air,
            ],
            // The wind is the difference.
            Agrees = contents => !(Math.Abs(ground.Read(contents) - air.Read(contents)) > 200 * Knot),
        };
    }

    static RegisterDefinition AirReferencedState() => new()
    {
        Number = 0x53,
        Title = "Air-referenced state vector",
        Fields =
        [
            Signed("magneticHeading", 1, 2, 11, Turn, "deg"),
            Number("indicatedAirspeed", 13, 14, 10, Knot, "m/s") with { Most = 500 * Knot },
            Number("mach", 24, 25, 9, 0.008, "Mach") with { Most = 1 },
            Number("trueAirspeed", 34, 35, 12, 0.5 * Knot, "m/s") with { Most = 600 * Knot },
            Rate("altitudeRate", 47, 9, 64, most: 8000),
        ],
    };

    static RegisterDefinition HeadingAndSpeed()
    {
        RegisterField airspeed = Number("indicatedAirspeed", 13, 14, 10, Knot, "m/s") with { Most = 500 * Knot };
        RegisterField mach = Number("mach", 24, 25, 10, 2.048 / 512, "Mach") with { Most = 1 };
        return new()
        {
            Number = 0x60,
            Title = "Heading and speed report",
            Fields =
            [
                Signed("magneticHeading", 1, 2, 11, Turn, "deg"), airspeed, mach,
                Rate("barometricRate", 35, 10, 32, most: 6000),
                Rate("inertialRate", 46, 10, 32, most: 6000),
            ],
            Agrees = contents => SpeedsAgree(airspeed.Read(contents), mach.Read(contents)),
        };
    }

    /// <summary>
    /// Indicated airspeed over Mach number is the speed of sound at sea level on the ground (340 m/s), and falls with the
    /// air pressure, to about a third of it at 15 km.
    /// </summary>
    static bool SpeedsAgree(double airspeed, double mach) =>
        double.IsNaN(airspeed) || double.IsNaN(mach) || mach < 0.1 || (airspeed / mach) is > 100 and < 380;

    static RegisterField Flag(string name, int bit) => new() { Name = name, First = bit, Bits = 1 };

    static RegisterField Code(string name, int first, int bits) => new() { Name = name, First = first, Bits = bits };

    static RegisterField Text(string name, int first, int bits) =>
        new() { Name = name, Kind = RegisterFieldKind.Text, First = first, Bits = bits };

    static RegisterField Number(string name, int status, int first, int bits, double factor, string unit) =>
        new() { Name = name, Status = status, First = first, Bits = bits, Factor = factor, Unit = unit };

    static RegisterField Signed(string name, int status, int first, int bits, double factor, string unit) =>
        Number(name, status, first, bits, factor, unit) with { Kind = RegisterFieldKind.Signed };

    /// <summary>A rate of climb in feet a minute, the sign behind the status.</summary>
    static RegisterField Rate(string name, int status, int bits, double factor, double most) =>
        Signed(name, status, status + 1, bits, factor * FeetPerMinute, "m/s") with
        {
            Least = -most * FeetPerMinute, Most = most * FeetPerMinute,
        };

    static RegisterField Severity(string name, int status, int first) =>
        Number(name, status, first, 2, 1, "") with { Meanings = Means("nil", "light", "moderate", "severe") };

    static FrozenDictionary<long, string> Means(params string[] words) =>
        words.Select((word, i) => ((long)i, word)).ToFrozenDictionary(pair => pair.Item1, pair => pair.word);
}
