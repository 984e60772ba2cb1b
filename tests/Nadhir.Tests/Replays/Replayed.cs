using System.Text.Json;
using Nadhir.Commands;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Replays;
using Nadhir.Reports;
using Nadhir.Storage;

namespace Nadhir.Tests.Replays;

/// <summary>A replay into a folder of its own, with what it printed.</summary>
sealed class Replayed : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("nadhir-replay-").FullName;

    public string Record => Path.Combine(root, "record");
    public ReplaySummary Summary { get; private set; } = null!;
    public string Notes { get; private set; } = "";

    public static Replayed From(params string[] inputs) => From(inputs, null);

    public static Replayed From(
        string[] inputs, GeoPosition? at, string? configuration = null, ReplayOptions? options = null)
    {
        Replayed replayed = new();
        StringWriter output = new(), errors = new();
        int code = ReplayCommand.Run(
            inputs, configuration, at, options ?? new(), replayed.Record, asJson: true, output, errors);
        Assert.True(code == 0, errors.ToString());
        replayed.Summary = JsonSerializer.Deserialize<ReplaySummary>(output.ToString(), ReportCommand.Json)!;
        replayed.Notes = errors.ToString();
        return replayed;
    }

    /// <summary>One made-up input file.</summary>
    public static Replayed Of(byte[] bytes, string name = "made.bin", GeoPosition? at = null)
    {
        using TemporaryFile file = new(name, bytes);
        return From([file.Path], at);
    }

    public RecordReport Report() => ReportReader.Read(Record);

    public RecordVerdict Verify() => RecordVerifier.Verify(Record, () => new Recomputation());

    public void Dispose() => Directory.Delete(root, recursive: true);
}

/// <summary>Bytes in a file of a given name for the length of a test.</summary>
sealed class TemporaryFile : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-input-").FullName;

    public TemporaryFile(string name, byte[] bytes)
    {
        Path = System.IO.Path.Combine(folder, name);
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
