using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>What a radar says of one plot, in SI units: the part of CAT 048 that a surveillance feed uses.</summary>
public readonly record struct PlotFields
{
    public PlotFields() { }

    /// <summary>System area code (I048/010).</summary>
    public required int Sac { get; init; }
    /// <summary>System identification code (I048/010).</summary>
    public required int Sic { get; init; }
    /// <summary>Seconds since midnight UTC (I048/140); wrapped into the day.</summary>
    public required double TimeOfDaySeconds { get; init; }
    /// <summary>Slant range (I048/040), below 256 NM.</summary>
    public required double RangeMetres { get; init; }
    /// <summary>From north, clockwise (I048/040).</summary>
    public required double AzimuthRadians { get; init; }
    /// <summary>Twelve bits of the Mode 3/A code (I048/070), or −1.</summary>
    public short Mode3A { get; init; } = -1;
    /// <summary>Pressure altitude (I048/090), or NaN.</summary>
    public double FlightLevelMetres { get; init; } = double.NaN;
    /// <summary>Height measured by a 3-D radar (I048/110), or NaN.</summary>
    public double Height3DMetres { get; init; } = double.NaN;
    /// <summary>ICAO 24-bit address (I048/220), or 0.</summary>
    public uint ModeSAddress { get; init; }
    /// <summary>Aircraft identification (I048/240).</summary>
    public Callsign Callsign { get; init; }
    /// <summary>The primary radar saw it.</summary>
    public bool Primary { get; init; }
    /// <summary>The secondary radar got a reply.</summary>
    public bool Secondary { get; init; }
    /// <summary>A target made by the radar's own simulator (I048/020 SIM).</summary>
    public bool Simulated { get; init; }
}
