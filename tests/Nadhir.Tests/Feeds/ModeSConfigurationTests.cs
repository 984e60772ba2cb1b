using Nadhir.Configuration;
using Nadhir.Sensing;

namespace Nadhir.Tests.Feeds;

/// <summary>How the frames of a receiver are read, and how mistakes are told.</summary>
public sealed class ModeSConfigurationTests : IDisposable
{
    const string Right =
        """
        name: roof
        exercise: true
        sender: test@nadhir.invalid
        storage: {folder: record}
        mqtt:
          embedded: {address: 127.0.0.1, port: 1883}
        feeds:
          - {id: roof, transport: tcp-client, host: 127.0.0.1, port: 30005, format: beast, repair: false, range_factor: 3}
        sensors:
          - {id: A, kind: adsb, feed: roof, lat: 33, lon: 44}
        """;

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-modes-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_said_of_the_frames_goes_on_record_with_the_feed() =>
        Assert.Equal(new ModeSFeedOptions(Repairs: false, RangeFactor: 3), Options(Right));

    [Fact]
    public void What_is_not_said_is_the_default()
    {
        Assert.Equal(new ModeSFeedOptions(Repairs: true, RangeFactor: 3), Options(Right.Replace(" repair: false,", "", StringComparison.Ordinal)));
        Assert.Null(Options(Right.Replace(", repair: false, range_factor: 3", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("repair: false", "repair: never", "must be true or false")]
    [InlineData("range_factor: 3", "range_factor: 0", "must be between 0.1 and 20")]
    [InlineData("range_factor: 3", "range_factor: far", "must be a number")]
    [InlineData("format: beast", "format: sbs", "the formats beast and avr")]
    public void A_mistake_is_told(string right, string wrong, string message)
    {
        ConfigurationReading.Faulty faulty = Assert.IsType<ConfigurationReading.Faulty>(Load(Right.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(faulty.Faults, fault => fault.ToString().Contains(message, StringComparison.Ordinal));
    }

    ModeSFeedOptions? Options(string text) => Assert.IsType<ConfigurationReading.Loaded>(Load(text)).Configuration.Watch.Feeds[0].ModeS;

    ConfigurationReading Load(string text)
    {
        string path = Path.Combine(folder, "nadhir.yaml");
        File.WriteAllText(path, text);
        return ConfigurationLoader.Load(path, Path.Combine(folder, "none.geojson"));
    }
}
