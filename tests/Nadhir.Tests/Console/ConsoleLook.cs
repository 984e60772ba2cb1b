using System.Collections.Immutable;
using System.Text.Json;
using Nadhir.Geodesy;

namespace Nadhir.Tests.Console;

/// <summary>
/// Serves the synthetic watch to be looked at in a browser. Not part of the test run:
/// <c>NADHIR_CONSOLE_PORT=8471 artifacts/bin/Nadhir.Tests/debug/Nadhir.Tests -explicit only -method '*looked_at*'</c>.
/// </summary>
public sealed class ConsoleLook
{
    [Fact(Explicit = true)]
    public async Task The_synthetic_watch_can_be_looked_at()
    {
        int port = int.Parse(Environment.GetEnvironmentVariable("NADHIR_CONSOLE_PORT") ?? "8471");
        bool exercise = Environment.GetEnvironmentVariable("NADHIR_CONSOLE_LIVE") is null;
        int crowd = int.Parse(Environment.GetEnvironmentVariable("NADHIR_CONSOLE_CROWD") ?? "0");
        SyntheticWatch watch = new(SyntheticConfiguration.Make(exercise, HomeFromPreparedBorders())) { Crowd = crowd };
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch, port: port);
        CancellationToken ended = TestContext.Current.CancellationToken;
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(250));
        for (int tick = 0; tick < 4 * 1800 && await ticks.WaitForNextTickAsync(ended); tick++)
        {
            watch.MoveTo(SyntheticWatch.Start.AddMilliseconds(250 * tick));
        }
    }

    /// <summary>Iraq's outline where web/scripts/prepare-geo.mjs has run; else nothing and a rough outline is used.</summary>
    static ImmutableArray<ImmutableArray<GeoPoint>> HomeFromPreparedBorders()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "artifacts", "geo", "borders.geojson");
            if (!File.Exists(file)) continue;
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement iraq = document.RootElement.GetProperty("features").EnumerateArray()
                .First(one => one.GetProperty("properties").GetProperty("name").GetString() == "Iraq");
            return [.. iraq.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(ring =>
                ring.EnumerateArray().Select(point => new GeoPoint(point[1].GetDouble(), point[0].GetDouble())).ToImmutableArray())];
        }

        return [];
    }
}
