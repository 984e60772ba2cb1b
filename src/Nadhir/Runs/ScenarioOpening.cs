using Nadhir.Assessment;
using Nadhir.Configuration;
using Nadhir.Documents;
using Nadhir.Hosting;
using Nadhir.Simulation.Scenarios;

namespace Nadhir.Runs;

/// <summary>Reads a scenario and lays it over the border; says on standard error what is wrong.</summary>
static class ScenarioOpening
{
    public static PreparedScenario? Open(string nameOrPath, Func<Scenario, ScenarioOptions?> choose)
    {
        string path = Installation.Scenario(nameOrPath);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"nadhir: {fault.Message}");
            return null;
        }

        switch (ScenarioLoader.Load(text))
        {
            case ScenarioReading.Loaded(Scenario scenario):
                if (choose(scenario) is not { } options) return null;
                return Border(scenario) is { } border ? new PreparedScenario(scenario, border, options) : null;
            case ScenarioReading.Faulty faulty:
                foreach (DocumentFault fault in faulty.Faults)
                    Console.Error.WriteLine($"{path}:{fault.Line}:{fault.Column}: {fault.Message}");
                return null;
            default:
                throw new InvariantBrokenException("a scenario is loaded or faulty");
        }
    }

    /// <summary>The options of a run as given on the command line; null, with a message, when they do not fit.</summary>
    public static ScenarioOptions? Choose(
        Scenario scenario, int? variant, ulong seed, string[] without, double? reconnaissanceMinutes)
    {
        int azimuth = variant ?? scenario.Variants[0].AzimuthDegrees;
        if (scenario.Variants.All(v => v.AzimuthDegrees != azimuth))
        {
            Console.Error.WriteLine($"nadhir: --variant is one of {string.Join(' ', scenario.Variants.Select(v => v.AzimuthDegrees))}, not {azimuth}");
            return null;
        }

        foreach (string sensor in without)
        {
            if (scenario.Sensors.Any(s => s.Id == sensor)) continue;
            Console.Error.WriteLine($"nadhir: --without: there is no sensor {sensor}");
            return null;
        }

        return new ScenarioOptions
        {
            Azimuth = azimuth, Seed = seed, SensorsOff = [.. without], ReconnaissanceMinutes = reconnaissanceMinutes,
        };
    }

    static Border? Border(Scenario scenario)
    {
        if (CountriesFile.Find() is not { } countries)
        {
            Console.Error.WriteLine("nadhir: the borders were not prepared; start by ./nadhir, which builds them");
            return null;
        }

        Border? border = scenario.BorderFrom(File.ReadAllText(countries), Installation.BordersSource, out string fault);
        if (border is null) Console.Error.WriteLine($"nadhir: {fault}");
        return border;
    }
}
