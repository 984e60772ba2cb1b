using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Text;

/// <summary>
/// Recordings of Beast, AVR, SBS and aircraft.json as JSON lines, one a message; what is damaged is told on the error
/// writer with offset and reason. Each returns 0 when all could be read, 1 when something was damaged.
/// </summary>
public static class ModeSPrinter
{
    static readonly byte[] newLine = "\n"u8.ToArray();

    public static int Beast(ReadOnlyMemory<byte> file, Stream output, TextWriter errors)
    {
        using Printing printing = new(output, errors);
        BeastFrames frames = new();
        MessageJson messages = new(printing.Json);
        int at = 0;
        while (frames.TryTake(file.Span, ref at, printing, out BeastFrame frame))
        {
            printing.Begin(frame.Offset);
            if (frame.Counter != 0) printing.Json.WriteNumber("counter", frame.Counter);
            if (frame.Signal > 0) printing.Json.WriteNumber("dbfs", Level(frame.Signal));
            long? ticks = frame.Counter is 0 or ReceiverClock.Multilateration ? null : (long)frame.Counter * 10 / 12;
            switch (frame.Kind)
            {
                case BeastKind.ModeAC:
                    WriteModeAC(printing.Json, frame.Message);
                    break;
                case BeastKind.Status or BeastKind.Position:
                    printing.Json.WriteString(
                        frame.Kind == BeastKind.Status ? "status" : "receiver",
                        Convert.ToHexStringLower(frame.Message));
                    break;
                default:
                    if (!IsTold(messages.Write(frame.Message, ticks), frame.Offset, frame.End, printing)) continue;
                    break;
            }

            printing.End();
        }

        return printing.Finish(file.Length, frames.Held, "Beast frame without its end");
    }

    public static int Avr(ReadOnlyMemory<byte> file, Stream output, TextWriter errors)
    {
        using Printing printing = new(output, errors);
        AvrFrames frames = new();
        MessageJson messages = new(printing.Json);
        int at = 0;
        while (frames.TryTake(file.Span, ref at, printing, out AvrFrame frame))
        {
            printing.Begin(frame.Offset);
            if (frame.Counter != 0) printing.Json.WriteNumber("counter", frame.Counter);
            if (frame.Signal > 0) printing.Json.WriteNumber("dbfs", Level(frame.Signal));
            long? ticks = frame.Counter is 0 or ReceiverClock.Multilateration ? null : (long)frame.Counter * 10 / 12;
            if (frame.Message.Length == 2) WriteModeAC(printing.Json, frame.Message);
            else if (!IsTold(messages.Write(frame.Message, ticks), frame.Offset, frame.End, printing)) continue;
            printing.End();
        }

        return printing.Finish(file.Length, frames.Held, "AVR frame without its end");
    }

    public static int Sbs(ReadOnlyMemory<byte> file, Stream output, TextWriter errors)
    {
        using Printing printing = new(output, errors);
        TextLines lines = new();
        int at = 0;
        while (lines.TryTake(file.Span, ref at, printing, out ReadOnlySpan<byte> text, out int offset))
            PrintSbs(text, offset, at, printing);
        if (lines.Held > 0) PrintSbs(lines.Last, file.Length - lines.Held, file.Length, printing);
        return printing.Finish(file.Length, held: 0, "");
    }

    static void PrintSbs(ReadOnlySpan<byte> text, int offset, int end, Printing printing)
    {
        DecodeFault fault = SbsLine.Read(text, out SbsLine line, out string detail);
        if (fault != DecodeFault.None)
        {
            printing.OnFault(fault, offset, end - offset, detail);
            return;
        }

        if (line.Transmission == 0) return;
        printing.Begin(offset);
        EntryJson.Write(printing.Json, line);
        printing.End();
    }

    public static int AircraftJson(ReadOnlyMemory<byte> file, Stream output, TextWriter errors)
    {
        using Printing printing = new(output, errors);
        if (!AircraftDocument.TryOpen(file.Span, printing, out AircraftDocument document)) return 1;
        while (document.TryTake(printing, out AircraftEntry entry, out int offset))
        {
            printing.Begin(offset);
            EntryJson.Write(printing.Json, entry, document.NowSeconds);
            printing.End();
        }

        return printing.Finish(file.Length, held: 0, "");
    }

    static bool IsTold(Hearing hearing, int offset, int end, Printing printing)
    {
        (DecodeFault fault, string detail) = HearingFaults.Of(hearing);
        if (fault == DecodeFault.None) return true;
        printing.OnFault(fault, offset, end - offset, detail);
        printing.Drop();
        return false;
    }

    static void WriteModeAC(Utf8JsonWriter json, ReadOnlySpan<byte> octets)
    {
        // The receiver has put the pulses into four octal digits, with the identification pulse in bit 7.
        int code = (octets[0] << 8) | octets[1];
        json.WriteString("modeAC", Convert.ToHexStringLower(octets));
        if ((code & 0x8888) == 0)
            json.WriteString("squawk", MessageJson.Octal(
                (code & 7) | (code >> 1 & 0x38) | (code >> 2 & 0x1C0) | (code >> 3 & 0xE00)));
    }

    static double Level(int signal) => Math.Round(20 * Math.Log10(signal / 255.0), 1);

    /// <summary>The lines so far, and whether anything was damaged.</summary>
    internal sealed class Printing : IDecodeSink, IDisposable
    {
        readonly BufferedStream lines;
        readonly TextWriter errors;
        bool damaged;

        public Printing(Stream output, TextWriter errors)
        {
            lines = new(output, 1 << 16);
            this.errors = errors;
            Json = new(lines, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        }

        public Utf8JsonWriter Json { get; }

        public void Begin(int offset)
        {
            Json.WriteStartObject();
            Json.WriteNumber("offset", offset);
        }

        public void End()
        {
            Json.WriteEndObject();
            Json.Flush();
            Json.Reset();
            lines.Write(newLine);
        }

        /// <summary>The object begun is not written: nothing of it has left the writer yet.</summary>
        public void Drop() => Json.Reset();

        public int Finish(int length, int held, string detail)
        {
            if (held > 0) OnFault(DecodeFault.Truncated, length - held, held, detail);
            lines.Flush();
            return damaged ? 1 : 0;
        }

        /// <summary>The output stays open: it is not ours.</summary>
        public void Dispose() => Json.Dispose();

        public void OnFault(DecodeFault fault, int offset, int length, string detail)
        {
            damaged = true;
            errors.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{offset}: {fault}, {length} bytes passed over ({detail})"));
        }

        public void OnMeasurement(in Measurement measurement) { }
        public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation)
        {
        }

        public void OnAlive(int sensor, DateTimeOffset time) { }
    }
}
