using System.Globalization;
using System.Text;
using Nadhir.Journal;
using Nadhir.Sensing;

namespace Nadhir.Dossiers;

/// <summary>
/// <c>replay.yaml</c>: the feeds of the raw bytes and where their sensors stand, so that whoever has the dossier can play
/// them again. Nothing in it that <c>dossier.json</c> does not show.
/// </summary>
static class ReplayFile
{
    public const string Name = "replay.yaml";

    /// <summary>What to type in the dossier's folder.</summary>
    public static string Command(DateTimeOffset from) =>
        string.Create(CultureInfo.InvariantCulture, $"nadhir replay raw/*.bin --config {Name} --day {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} --out NEW_RECORD");

    /// <summary>Null when no bytes are shown, or no sensor of them.</summary>
    /// <param name="received">The entries whose bytes are shown, in order.</param>
    public static byte[]? Write(DossierContent content, WatchConfiguration configuration, IReadOnlyList<Entry> received)
    {
        HashSet<string> shown = [.. content["sensors"].Rows.Where(row => row.Fields.All(field => field.Withheld is null)).Select(row => row.Text("id"))];
        string[] feeds = [.. received.Select(entry => entry.Source).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Sensor[] sensors = [.. configuration.Sensors.Where(sensor => shown.Contains(sensor.Id) && feeds.Contains(sensor.Feed, StringComparer.Ordinal))];
        if (sensors.Length == 0) return null;
        StringBuilder yaml = new($"# {Command(received[0].Time)}\n");
        yaml.Append($"name: {Text($"replay of {configuration.Name}")}\nexercise: true\nsender: replay@nadhir.invalid\n")
            .Append($"origin: {{lat: {Number(sensors[0].Position.LatitudeDegrees)}, lon: {Number(sensors[0].Position.LongitudeDegrees)}}}\n")
            .Append($"time_zone: {Text(configuration.TimeZone)}\nstorage: {{folder: replayed}}\nmqtt: {{embedded: {{address: 127.0.0.1, port: 1883}}}}\nfeeds:\n");
        foreach (FeedConfiguration feed in configuration.Feeds.Where(feed => sensors.Any(sensor => sensor.Feed == feed.Id)))
        {
            string editions = string.Join(", ", feed.Editions.Select(each => $"{Text(each.Key)}: {Text(each.Value)}"));
            yaml.Append($"  - {{id: {Text(feed.Id)}, transport: file, path: {Text(DossierFiles.RawOf(feed.Id))}, format: {Text(feed.Format)}")
                .Append(editions.Length == 0 ? "" : $", editions: {{{editions}}}").Append("}\n");
        }

        yaml.Append("sensors:\n");
        foreach (Sensor sensor in sensors) yaml.Append($"  - {{{string.Join(", ", Fields(sensor))}}}\n");
        return Encoding.UTF8.GetBytes(yaml.ToString());
    }

    static IEnumerable<string> Fields(Sensor sensor)
    {
        yield return $"id: {Text(sensor.Id)}";
        yield return $"kind: {(sensor.Kind == SensorKind.RemoteId ? "remote_id" : sensor.Kind.ToString().ToLowerInvariant())}";
        yield return $"feed: {Text(sensor.Feed)}";
        if (sensor.Sac >= 0) yield return $"sac: {Number(sensor.Sac)}, sic: {Number(sensor.Sic)}";
        if (sensor.NodeId is { } node) yield return $"node: {Text(node)}";
        yield return $"lat: {Number(sensor.Position.LatitudeDegrees)}, lon: {Number(sensor.Position.LongitudeDegrees)}, height_m: {Number(sensor.Position.HeightMetres)}";
        yield return $"antenna_m: {Number(sensor.AntennaMetres)}, range_km: {Number(sensor.RangeMetres / 1000)}, period_s: {Number(sensor.Period.TotalSeconds)}";
        yield return $"pd: {Number(sensor.DetectionProbability)}, false_plots_per_scan: {Number(sensor.FalsePlotsPerScan)}";
        yield return $"sigma_range_m: {Number(sensor.SigmaRangeMetres)}, sigma_azimuth_deg: {Number(sensor.SigmaAzimuthDegrees)}";
        yield return $"sigma_elevation_deg: {Number(sensor.SigmaElevationDegrees)}, sigma_position_m: {Number(sensor.SigmaPositionMetres)}";
        yield return $"clock_offset_s: {Number(sensor.ClockOffset.TotalSeconds)}";
    }

    /// <summary>JSON's way of writing a text is YAML's too.</summary>
    static string Text(string text) => CanonicalJson.Text(text);

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
