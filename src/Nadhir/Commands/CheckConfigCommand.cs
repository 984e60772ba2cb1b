using System.CommandLine;
using Nadhir.Configuration;
using Nadhir.Documents;

namespace Nadhir.Commands;

/// <summary><c>nadhir check-config FILE</c>: says everything that is wrong with a configuration, and where.</summary>
public static class CheckConfigCommand
{
    public static System.CommandLine.Command Create()
    {
        Argument<FileInfo> file = new("file") { Description = "The configuration to check." };
        Option<FileInfo?> countries = new("--countries")
        {
            Description = "GeoJSON of countries, for borders given by country when the configuration names no countries_file.",
        };
        System.CommandLine.Command command = new(
            "check-config", "Checks a configuration as a whole: file:line:column: message, one a line. Exit 0 when faultless, 1 when not.")
        {
            file, countries,
        };
        command.SetAction(result => Run(
            result.GetRequiredValue(file).ToString(), result.GetValue(countries)?.FullName,
            result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));
        return command;
    }

    /// <returns>0 faultless, 1 faults found, 2 no such file.</returns>
    internal static int Run(string path, string? countries, TextWriter output, TextWriter error)
    {
        if (!File.Exists(path))
        {
            error.WriteLine($"{path}: there is no such file");
            return 2;
        }

        switch (ConfigurationLoader.Load(path, countries ?? CountriesFile.Find()))
        {
            case ConfigurationReading.Faulty faulty:
                foreach (DocumentFault fault in faulty.Faults)
                    output.WriteLine($"{path}:{fault}");
                error.WriteLine(faulty.Faults.Length == 1 ? "1 fault" : $"{faulty.Faults.Length} faults");
                return 1;
            case ConfigurationReading.Loaded loaded:
                WatchConfiguration watch = loaded.Configuration.Watch;
                output.WriteLine(
                    $"{path}: {watch.Name}{(watch.Exercise ? " (exercise)" : "")}: {watch.Feeds.Length} feeds, {watch.Sensors.Length} sensors, "
                    + $"{watch.Zones.Length} zones, {watch.Sites.Length} sites, {watch.Sirens.Length} sirens: no faults");
                return 0;
            case var other:
                throw new InvariantBrokenException($"no answer for {other}");
        }
    }
}
