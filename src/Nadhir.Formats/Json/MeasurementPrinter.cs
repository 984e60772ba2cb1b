using System.Text.Json;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Json;

/// <summary>
/// Prints what a decoder makes of a file of JSON, one arrival a line. Times are left out: a file does not say when its
/// lines arrived.
/// </summary>
public sealed class MeasurementPrinter(Stream output, TextWriter errors) : IDecodeSink
{
    int at, damaged;

    /// <returns>0 when all could be read, else 1.</returns>
    public int Print(IFeedDecoder decoder, ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        for (at = 0; at < bytes.Length;)
        {
            int end = bytes[at..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? bytes[at..] : bytes.Slice(at, end);
            if (!line.Trim(" \t\r"u8).IsEmpty) decoder.Decode(line, DateTimeOffset.UnixEpoch, this);
            at += line.Length + 1;
        }

        return damaged == 0 ? 0 : 1;
    }

    public void OnMeasurement(in Measurement measurement)
    {
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteString("kind", measurement.Kind.ToString());
            Number(json, "azimuthDegrees", measurement.AzimuthRadians * Angles.RadiansToDegrees);
            Number(json, "elevationDegrees", measurement.ElevationRadians * Angles.RadiansToDegrees);
            Number(json, "sigmaAzimuthDegrees", measurement.SigmaAzimuthRadians * Angles.RadiansToDegrees);
            Number(json, "latitude", measurement.LatitudeDegrees);
            Number(json, "longitude", measurement.LongitudeDegrees);
            Number(json, "height", measurement.HeightMetres);
            Number(json, "velocityEast", measurement.VelocityEast);
            Number(json, "velocityNorth", measurement.VelocityNorth);
            Number(json, "climb", measurement.ClimbRate);
            Number(json, "sigmaHorizontal", measurement.SigmaHorizontalMetres);
            if (measurement.SourceTrack >= 0) json.WriteNumber("sourceTrack", measurement.SourceTrack);
            if (!measurement.Callsign.IsNone) json.WriteString("callsign", measurement.Callsign.ToString());
            if (measurement.ReportedAs.Class != ObjectClass.None)
                json.WriteString("reportedAs", measurement.ReportedAs.Class.ToString());
            Number(json, "confidence", measurement.ReportedAs.Confidence ?? double.NaN);
            Number(json, "levelDecibels", measurement.ReportedAs.LevelDecibels ?? double.NaN);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation)
    {
        // Nodes and receivers do not rotate.
    }

    public void OnAlive(int sensor, DateTimeOffset time)
    {
        // A status line holds no measurement to print.
    }

    public void OnFault(DecodeFault fault, int offset, int length, string detail)
    {
        damaged++;
        errors.WriteLine($"{at + offset}: {fault}, {length} bytes passed over ({detail})");
    }

    /// <summary>What is not told is left out.</summary>
    static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, Math.Round(value, 9));
    }
}
