using System.Globalization;
using System.Text;
using Nadhir.Formats.Captures;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// Recordings of what a receiver of 1090 MHz hears: Beast and AVR by the counters of their frames, BaseStation by the
/// date
/// and time of its lines.
/// </summary>
public static class ModeSRecordings
{
    /// <summary>A connection hands over what was heard within this time at once.</summary>
    static readonly TimeSpan atOnce = TimeSpan.FromMilliseconds(20);
    /// <summary>As one receiver amid a continent hears.</summary>
    const double FramesPerSecond = 250, LinesPerSecond = 100;
    /// <summary>So much is looked at to know a format.</summary>
    const int Look = 65_536;

    public static RecordingFormat Beast { get; } = new((file, _) => CutBeast(file), IsBeast, FramesPerSecond);
    public static RecordingFormat Avr { get; } = new((file, _) => CutAvr(file), IsAvr, FramesPerSecond);
    public static RecordingFormat Sbs { get; } = new((file, _) => CutSbs(file), IsSbs, LinesPerSecond);

    static List<CaptureItem> CutBeast(ReadOnlyMemory<byte> file)
    {
        List<CaptureItem> pieces = [];
        List<ulong?> counters = [];
        BeastFrames frames = new();
        CuttingFaults faults = new();
        int at = 0, from = 0;
        while (frames.TryTake(file.Span, ref at, faults, out BeastFrame frame))
        {
            bool isMessage = frame.Kind is BeastKind.ModeAC or BeastKind.Short or BeastKind.Long;
            Add(pieces, file, ref from, frame.End);
            counters.Add(isMessage ? ReceiverCounter.Of(frame.Counter) : null);
        }

        return Finish(pieces, counters, file, from);
    }

    static List<CaptureItem> CutAvr(ReadOnlyMemory<byte> file)
    {
        List<CaptureItem> pieces = [];
        List<ulong?> counters = [];
        AvrFrames frames = new();
        CuttingFaults faults = new();
        int at = 0, from = 0;
        while (frames.TryTake(file.Span, ref at, faults, out AvrFrame frame))
        {
            Add(pieces, file, ref from, frame.End);
            counters.Add(ReceiverCounter.Of(frame.Counter));
        }

        return Finish(pieces, counters, file, from);
    }

    static List<CaptureItem> CutSbs(ReadOnlyMemory<byte> file)
    {
        List<CaptureItem> pieces = [];
        List<long?> told = [];
        for (int from = 0; from < file.Length;)
        {
            int end = file.Span[from..].IndexOf((byte)'\n'), start = from;
            Add(pieces, file, ref from, end < 0 ? file.Length : from + end + 1);
            told.Add(TimeOf(file.Span[start..from]));
        }

        return RecordingClock.Gather(RecordingClock.Tell(pieces, told, RecordingEpoch.None), file, TimeSpan.Zero);
    }

    /// <summary>Date and time a message was generated (fields 7 and 8), else logged (9 and 10); taken for
    /// UTC.</summary>
    static long? TimeOf(ReadOnlySpan<byte> line)
    {
        const int longestDate = 10, longestTime = 15;
        Span<Range> fields = stackalloc Range[12];
        Span<char> text = stackalloc char[longestDate + 1 + longestTime];
        int count = SbsLine.Split(line, fields);
        for (int date = 6; date <= 8 && date + 1 < count; date += 2)
        {
            ReadOnlySpan<byte> day = line[fields[date]].Trim(" \r\n"u8), time = line[fields[date + 1]].Trim(" \r\n"u8);
            if (day.Length is 0 or > longestDate || time.Length is 0 or > longestTime) continue;
            int length = Encoding.Latin1.GetChars(day, text);
            text[length++] = ' ';
            length += Encoding.Latin1.GetChars(time, text[length..]);
            if (DateTime.TryParseExact(text[..length], "yyyy/M/d H:m:s.FFFFFF", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime read)) return read.Ticks;
        }

        return null;
    }

    static bool IsBeast(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes.Span[..Math.Min(bytes.Length, Look)];
        BeastFrames frames = new();
        CuttingFaults faults = new();
        int at = 0, read = 0;
        while (frames.TryTake(start, ref at, faults, out _)) read++;
        return read > 0 && faults.Octets * 20 <= start.Length && (faults.Count == 0 || read >= 3 * faults.Count);
    }

    static bool IsAvr(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes.Span[..Math.Min(bytes.Length, Look)];
        AvrFrames frames = new();
        CuttingFaults faults = new();
        int at = 0, read = 0;
        while (frames.TryTake(start, ref at, faults, out _)) read++;
        return read > 0 && read >= 3 * faults.Count && faults.Octets * 20 <= start.Length;
    }

    static bool IsSbs(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes.Span[..Math.Min(bytes.Length, Look)];
        int end = start.IndexOf((byte)'\n');
        // What was captured may begin within a line.
        return IsLine(end < 0 ? start : start[..end]) || (end >= 0 && IsSecond(start[(end + 1)..]));

        static bool IsSecond(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'\n') is >= 0 and var end && IsLine(rest[..end]);

        static bool IsLine(ReadOnlySpan<byte> line) =>
            line.Contains((byte)',') && SbsLine.Read(line.TrimEnd((byte)'\r'), out _, out _) == DecodeFault.None;
    }

    static void Add(List<CaptureItem> pieces, ReadOnlyMemory<byte> file, ref int from, int end)
    {
        pieces.Add(new(null, null, file[from..end], from));
        from = end;
    }

    /// <summary>What is left behind the last frame came with it, for the decoder to report.</summary>
    static List<CaptureItem> Finish(List<CaptureItem> pieces, List<ulong?> counters, ReadOnlyMemory<byte> file, int from)
    {
        if (pieces.Count > 0 && file.Span[from..].Trim(" \t\r\n"u8).IsEmpty)
        {
            pieces[^1] = pieces[^1] with { Bytes = file[(int)pieces[^1].Offset..] };
        }
        else if (from < file.Length)
        {
            Add(pieces, file, ref from, file.Length);
            counters.Add(null);
        }

        return RecordingClock.Gather(ReceiverCounter.Tell(pieces, counters), file, atOnce);
    }
}
