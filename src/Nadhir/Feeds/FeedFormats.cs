using System.Collections.Frozen;
using System.Globalization;
using Nadhir.Formats.Acoustic;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Json;
using Nadhir.Formats.RemoteId;
using Nadhir.Sensing;

namespace Nadhir.Feeds;

/// <summary>Prints a file as JSON lines, one a record; what could not be read goes to <paramref name="errors"/>.</summary>
/// <returns>0 when all could be read, 1 when something was damaged.</returns>
delegate int FilePrinter(ReadOnlyMemory<byte> file, Stream output, TextWriter errors);

/// <summary>A format that a feed may speak.</summary>
/// <param name="Name">As the configuration and <c>nadhir decode --as</c> call it.</param>
/// <param name="Decoder">What turns the bytes of a feed into measurements.</param>
/// <param name="Printer">What <c>nadhir decode</c> does with a file of it; null when it has options of its own (ASTERIX).</param>
sealed record FeedFormat(string Name, DecoderFactory Decoder, FilePrinter? Printer);

/// <summary>The formats there are: one line each, and nothing else in the program lists them.</summary>
static class FeedFormats
{
    static readonly Sensor anyReceiver =
        new() { Id = "", Kind = SensorKind.RemoteId, Feed = "", Position = default };

    static readonly FrozenDictionary<string, FeedFormat> byName = new FeedFormat[]
    {
        new("asterix", Asterix, Printer: null),
        new("acoustic-json", (feed, all) => new AcousticFeedDecoder(feed.Id, all.Sensors, feed.Mapping), AcousticJson),
        new("remote-id", (feed, all) => new RemoteIdFeedDecoder(feed.Id, all.Sensors), RemoteIdJsonWriter.Print),
        new("remote-id-json", (feed, all) => new RemoteIdJsonFeedDecoder(feed.Id, all.Sensors), RemoteIdJson),
    }.ToFrozenDictionary(format => format.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => byName.Keys.Order(StringComparer.Ordinal);

    public static FeedFormat? Find(string name) => byName.GetValueOrDefault(name);

    static AsterixFeedDecoder Asterix(FeedConfiguration feed, WatchConfiguration configuration) =>
        new(feed.Id, configuration.Sensors, new AsterixFeedOptions
        {
            Editions = [.. feed.Editions.Select(Spoken)],
            TrailingBytes = feed.TrailingBytes,
        });

    /// <summary>By our own schema, and all nodes taken for one: a file names none of ours.</summary>
    static int AcousticJson(ReadOnlyMemory<byte> file, Stream output, TextWriter errors) =>
        new MeasurementPrinter(output, errors).Print(
            new AcousticFeedDecoder("", [anyReceiver], AcousticFields.OurOwn with
            {
                Fields = AcousticFields.OurOwn.Fields.Remove(AcousticFields.Node),
            }), file);

    /// <summary>A file does not say which receiver it is of: any will do.</summary>
    static int RemoteIdJson(ReadOnlyMemory<byte> file, Stream output, TextWriter errors) =>
        new MeasurementPrinter(output, errors).Print(new RemoteIdJsonFeedDecoder("", [anyReceiver]), file);

    static SpokenEdition Spoken(KeyValuePair<string, string> edition) =>
        new(int.Parse(edition.Key, CultureInfo.InvariantCulture), edition.Value);
}
