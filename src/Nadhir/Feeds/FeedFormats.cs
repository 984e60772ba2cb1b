using System.Collections.Frozen;
using Nadhir.Formats.Acoustic;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Captures;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Formats.Json;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.ModeS.Text;
using Nadhir.Formats.RemoteId;
using Nadhir.Formats.Sapient;
using Nadhir.Sensing;

namespace Nadhir.Feeds;

/// <summary>Prints a file as JSON lines, one a record; what could not be read goes to <paramref name="errors"/>.</summary>
/// <returns>0 when all could be read, 1 when something was damaged.</returns>
delegate int FilePrinter(ReadOnlyMemory<byte> file, Stream output, TextWriter errors);

/// <summary>A format that a feed may speak.</summary>
/// <param name="Name">As the configuration and <c>nadhir decode --as</c> call it.</param>
/// <param name="Decoder">What turns the bytes of a feed into measurements.</param>
/// <param name="Printer">What <c>nadhir decode</c> does with a file of it; null when it has options of its own (ASTERIX).</param>
/// <param name="IsStream">Over TCP it comes in any pieces: its decoder finds the frames itself.</param>
/// <param name="Recording">How files of it are cut into arrivals; null for ASTERIX, which has captures of its own.</param>
sealed record FeedFormat(
    string Name, DecoderFactory Decoder, FilePrinter? Printer, bool IsStream = false, RecordingFormat? Recording = null);

/// <summary>The formats there are: one line each, and nothing else in the program lists them.</summary>
static class FeedFormats
{
    static readonly Sensor anyReceiver =
        new() { Id = "", Kind = SensorKind.RemoteId, Feed = "", Position = default };

    static readonly FrozenDictionary<string, FeedFormat> byName = new FeedFormat[]
    {
        new("asterix", Asterix, Printer: null),
        new("beast", (feed, watch) => new BeastFeedDecoder(feed.Id, watch.Sensors, feed.ModeS), ModeSPrinter.Beast,
            IsStream: true, ModeSRecordings.Beast),
        new("avr", (feed, watch) => new AvrFeedDecoder(feed.Id, watch.Sensors, feed.ModeS), ModeSPrinter.Avr,
            IsStream: true, ModeSRecordings.Avr),
        new("sbs", (feed, watch) => new SbsFeedDecoder(feed.Id, watch.Sensors), ModeSPrinter.Sbs, IsStream: true,
            ModeSRecordings.Sbs),
        new("aircraft-json", (feed, watch) => new AircraftJsonFeedDecoder(feed.Id, watch.Sensors),
            ModeSPrinter.AircraftJson, Recording: AircraftJsonRecording.Format),
        new("cot", Cot, CotPrinter.Print, Recording: CotRecording.Format),
        new("sapient", Sapient, SapientPrinter.Print, Recording: SapientRecording.Format),
        new("acoustic-json", (feed, all) => new AcousticFeedDecoder(feed.Id, all.Sensors, feed.Mapping), AcousticJson,
            Recording: AcousticRecording.Format),
        new("remote-id", (feed, all) => new RemoteIdFeedDecoder(feed.Id, all.Sensors), RemoteIdJsonWriter.Print,
            Recording: RemoteIdRecordings.Messages),
        new("remote-id-json", (feed, all) => new RemoteIdJsonFeedDecoder(feed.Id, all.Sensors), RemoteIdJson,
            Recording: RemoteIdRecordings.Json),
    }.ToFrozenDictionary(format => format.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => byName.Keys.Order(StringComparer.Ordinal);

    public static FeedFormat? Find(string name) => byName.GetValueOrDefault(name);

    static AsterixFeedDecoder Asterix(FeedConfiguration feed, WatchConfiguration configuration) =>
        new(feed.Id, configuration.Sensors, new AsterixFeedOptions
        {
            Editions =
                [.. feed.Editions.Select(pair => SpokenEdition.Parse(pair.Key, pair.Value)).OfType<SpokenEdition>()],
            TrailingBytes = feed.TrailingBytes,
        });

    static CotFeedDecoder Cot(FeedConfiguration feed, WatchConfiguration configuration) =>
        new(feed.Id, configuration.Sensors, CotTypes.OwnPrefix(configuration.Sender), new(feed.EventTypes),
            configuration.Exercise);

    static SapientFeedDecoder Sapient(FeedConfiguration feed, WatchConfiguration configuration) =>
        new(feed.Id, configuration.Sensors);

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
}
