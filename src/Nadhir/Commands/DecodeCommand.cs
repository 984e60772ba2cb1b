using System.CommandLine;
using Nadhir.Feeds;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Captures;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir decode FILE</c>: every ASTERIX record of a recording as a JSON line; damaged blocks on standard error.
/// Exit code 0 when all could be read, 1 when something was damaged, 2 on bad usage.
/// </summary>
public static class DecodeCommand
{
    static readonly Dictionary<string, CaptureKind?> formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["asterix"] = null,
        ["raw"] = CaptureKind.Raw,
        ["pcap"] = CaptureKind.Pcap,
        ["final"] = CaptureKind.Final,
        ["hex"] = CaptureKind.HexText,
    };

    public static Command Create()
    {
        Argument<string> file = new("FILE")
        {
            Description = "The recording: pcap, pcapng, FINAL frames, bare data blocks or hexadecimal text.",
        };
        Option<string> format = new("--as")
        {
            Description = $"The format, or for ASTERIX how the file is wrapped, when that is not plain: {string.Join(", ", Known())}.",
            DefaultValueFactory = _ => "asterix",
        };
        Option<string[]> edition = new("--edition")
        {
            Description = "Edition of a category, as in 21=0.26. Default: the newest by which most blocks can be read.",
        };
        Option<bool> jsonLines = new("--json") { Description = "JSON lines, which is the default." };
        Option<bool> explain = new("--explain") { Description = "Say unit, title and meaning of every number." };
        Command command = new("decode", "Decode a recording to JSON lines, one a record.")
        {
            file, format, edition, jsonLines, explain,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(file)!, parsed.GetValue(format)!, parsed.GetValue(edition) ?? [], parsed.GetValue(explain),
            Console.OpenStandardOutput(), Console.Error));
        return command;
    }

    internal static int Run(
        string path, string format, IReadOnlyList<string> editions, bool explain, Stream output, TextWriter errors)
    {
        if (FeedFormats.Find(format)?.Printer is { } printer) return Print(path, printer, output, errors);
        if (!formats.TryGetValue(format, out CaptureKind? kind))
            return Misused(errors, $"unknown format {format}; known: {string.Join(", ", Known())}");
        EditionChooser chooser = new();
        foreach (string told in editions)
        {
            string[] sides = told.Split('=');
            if (sides.Length != 2 || !int.TryParse(sides[0], out int category) || !chooser.Tell(category, sides[1]))
                return Misused(errors, $"no such edition: {told}; held: {Held()}");
        }

        Capture capture;
        try
        {
            capture = Capture.Open(path, kind);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Misused(errors, failure.Message);
        }

        return Write(capture, chooser, explain, output, errors);
    }

    static IEnumerable<string> Known() => formats.Keys.Union(FeedFormats.Names, StringComparer.Ordinal);

    static int Print(string path, FilePrinter printer, Stream output, TextWriter errors)
    {
        try
        {
            return printer(File.ReadAllBytes(path), output, errors);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Misused(errors, failure.Message);
        }
    }

    static int Write(Capture capture, EditionChooser chooser, bool explain, Stream output, TextWriter errors)
    {
        foreach (CaptureItem item in capture.Items()) Observe(chooser, item);
        int damaged = 0;
        using BufferedStream buffered = new(output, 1 << 16);
        using AsterixJsonWriter writer = new(buffered, chooser, Report, explain);
        // Read afresh: the counters of what was passed over must not count twice.
        Capture again = capture.Reopen();
        foreach (CaptureItem item in again.Items()) writer.Write(item);
        buffered.Flush();
        (int fragments, _, int truncated) = again.PassedOver;
        if (fragments > 0) errors.WriteLine($"{fragments} fragments of datagrams passed over");
        if (truncated > 0) errors.WriteLine($"{truncated} packets cut off in the capture");
        return damaged + fragments + truncated > 0 ? 1 : 0;

        void Report(DamagedBlock block)
        {
            damaged++;
            errors.WriteLine($"{block.Offset}: {block.Fault}, {block.Length} bytes passed over ({block.Detail})");
        }
    }

    static void Observe(EditionChooser chooser, in CaptureItem item)
    {
        ReadOnlySpan<byte> rest = item.Bytes.Span;
        while (AsterixBlock.TryTake(ref rest, out AsterixBlock block) == Sensing.DecodeFault.None) chooser.Observe(block);
    }

    static string Held() =>
        string.Join(" ", AsterixCatalogue.Editions.SelectMany(pair => pair.Value.Select(edition => $"{pair.Key}={edition}")));

    static int Misused(TextWriter errors, string why)
    {
        errors.WriteLine(why);
        return 2;
    }
}
