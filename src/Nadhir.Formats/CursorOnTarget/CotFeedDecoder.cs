using System.Collections.Immutable;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// Cursor-on-Target of one feed to measurements: events in XML, TAK protocol messages, and datagrams of the mesh, as
/// they come. What is in the air becomes a system track, what a person marked a sighting, a deletion ends a track.
/// Affiliation is other people's judgement and is dropped. Its only state is which number stands for which name.
/// </summary>
public sealed class CotFeedDecoder : IFeedDecoder
{
    /// <summary>Faster than this is not believed, metres per second.</summary>
    const double MostSpeed = 10_000;
    /// <summary>Heights outside are not believed, metres.</summary>
    const double LeastHeight = -1_000, MostHeight = 100_000;

    /// <summary>Errors from here on mean unknown; some write one nine less than the schema.</summary>
    const double UnknownFrom = 999_999;

    readonly int system, observer;
    readonly ImmutableArray<Sensor> sensors;
    readonly string ownPrefix;
    readonly CotTypeTable types;
    readonly bool exercise;
    readonly CotUids uids = new();

    /// <param name="feed">
    /// Only sensors of this feed are known here: the first of kind system, and of kind observer.
    /// </param>
    /// <param name="sensors">
    /// All sensors, in the order of the configuration: the index is what measurements carry.
    /// </param>
    /// <param name="ownPrefix">Events whose uid begins so are our own; empty when there are none.</param>
    /// <param name="types">What kinds of events are taken for.</param>
    /// <param name="exercise">Which events are of the other world: those of operations, or those of exercises.</param>
    public CotFeedDecoder(
        string feed, ImmutableArray<Sensor> sensors, string ownPrefix, CotTypeTable? types = null, bool exercise = false)
    {
        this.exercise = exercise;
        this.sensors = sensors;
        this.ownPrefix = ownPrefix;
        this.types = types ?? new();
        system = IndexOf(SensorKind.System);
        observer = IndexOf(SensorKind.Observer);

        int IndexOf(SensorKind kind) => sensors.IndexOf(sensors.FirstOrDefault(s => s.Feed == feed && s.Kind == kind)!);
    }

    /// <summary>Events of kinds that are taken for nothing.</summary>
    public long Ignored { get; private set; }
    /// <summary>Events that were over when they came.</summary>
    public long Stale { get; private set; }
    /// <summary>Our own events, come back.</summary>
    public long Own { get; private set; }

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (TakProtobuf.IsMesh(bytes))
        {
            if (bytes[1] == TakProtobuf.Version) Message(bytes[3..], bytes.Length, 0, arrived, sink);
            else sink.OnFault(DecodeFault.NotThisFormat, 0, bytes.Length, $"TAK protocol version {bytes[1]}");
            return;
        }

        for (int at = 0; at < bytes.Length;)
        {
            CotScan scan = default;
            CotFrame frame = CotFraming.Next(bytes[at..], isAll: true, ref scan);
            ReadOnlySpan<byte> whole = bytes.Slice(at, frame.Length);
            switch (frame.Kind)
            {
                case CotFrameKind.Xml:
                    DecodeFault fault = CotXmlReader.TryRead(whole, out CotEvent? told, out string detail);
                    if (fault != DecodeFault.None) sink.OnFault(fault, at, frame.Length, detail);
                    else Take(told!, at, frame.Length, arrived, sink);
                    break;
                case CotFrameKind.Protobuf:
                    Message(whole[frame.Header..], frame.Length, at, arrived, sink);
                    break;
                case CotFrameKind.Noise:
                    sink.OnFault(frame.Fault, at, frame.Length, "no whole event");
                    break;
            }

            at += frame.Length;
        }
    }

    void Message(ReadOnlySpan<byte> body, int length, int offset, DateTimeOffset arrived, IDecodeSink sink)
    {
        DecodeFault fault = TakProtobuf.TryRead(body, out TakMessage? message, out string detail);
        if (fault != DecodeFault.None) sink.OnFault(fault, offset, length, detail);
        else if (message!.Event is { } told) Take(told, offset, length, arrived, sink);
        else Alive(arrived, sink);
    }

    void Take(CotEvent told, int offset, int length, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (IsOwn(told.Uid))
        {
            Own++;
            return;
        }

        // Whatever it is: of the other world's objects not even the end is ours.
        if (exercise ? told.IsOperation : told.IsExercise)
        {
            sink.OnFault(DecodeFault.OtherWorld, offset, length,
                exercise ? $"{Short(told.Type)} of the live world" : $"{Short(told.Type)} of an exercise");
            return;
        }

        if (told.Type is CotTypes.Ping or CotTypes.Pong || CotTypes.IsAboutProtocol(told.Type))
        {
            Alive(arrived, sink);
            return;
        }

        if (told.Type == CotTypes.Delete)
        {
            Alive(arrived, sink);
            if (CotDetailXml.Attribute(told.Detail.Xml, "link", "uid") is { } gone) End(gone, told.Time, sink);
            return;
        }

        CotUse use = types.Of(told.Type);
        if (use == CotUse.Nothing)
        {
            Ignored++;
            Alive(arrived, sink);
            return;
        }

        if (use == CotUse.Track && told.IsFromPerson) use = CotUse.Sighting;
        int sensor = use == CotUse.Track ? system : observer;
        if (sensor < 0)
        {
            string kind = use == CotUse.Track ? "system" : "observer";
            sink.OnFault(DecodeFault.UnknownSensor, offset, length, $"no sensor of kind {kind} for {Short(told.Type)}");
            return;
        }

        // Over by its own word the moment it was made: how some systems take back an object.
        if (told.Stale <= told.Time)
        {
            Stale++;
            End(told.Uid, told.Time, sink);
            return;
        }

        if (told.Stale - sensors[sensor].ClockOffset <= arrived)
        {
            Stale++;
            string late = FormattableString.Invariant($"{(arrived - told.Stale).TotalSeconds:0} s after it went stale");
            sink.OnFault(DecodeFault.Stale, offset, length, $"{Short(told.Type)} came {late}");
            return;
        }

        if (told.Point.IsNowhere)
        {
            sink.OnFault(DecodeFault.BadValue, offset, length, $"{Short(told.Type)} at 0, 0: no position");
            return;
        }

        sink.OnMeasurement(use == CotUse.Track ? Track(told) : Sighting(told));
    }

    Measurement Track(CotEvent told)
    {
        (double east, double north) = Velocity(told.Detail);
        return new()
        {
            Kind = MeasurementKind.SystemTrack,
            Sensor = system,
            Time = told.Time,
            LatitudeDegrees = told.Point.LatitudeDegrees,
            LongitudeDegrees = told.Point.LongitudeDegrees,
            HeightMetres = Height(told.Point),
            SigmaHorizontalMetres = Sigma(told.Point),
            VelocityEast = east,
            VelocityNorth = north,
            Callsign = CallsignOf(told.Detail),
            SourceTrack = uids.NumberOf(told.Uid),
            Simulated = told.IsExercise,
        };
    }

    Measurement Sighting(CotEvent told) => new()
    {
        Kind = MeasurementKind.Sighting,
        Sensor = observer,
        Time = told.Time,
        LatitudeDegrees = told.Point.LatitudeDegrees,
        LongitudeDegrees = told.Point.LongitudeDegrees,
        HeightMetres = Height(told.Point),
        SigmaHorizontalMetres = Sigma(told.Point),
        Simulated = told.IsExercise,
    };

    void End(string uid, DateTimeOffset time, IDecodeSink sink)
    {
        if (system < 0 || uids.Known(uid) is not { } number) return;
        uids.Forget(uid);
        sink.OnMeasurement(new()
        {
            Kind = MeasurementKind.SystemTrack,
            Sensor = system,
            Time = time,
            SourceTrack = number,
            Ended = true,
        });
    }

    void Alive(DateTimeOffset arrived, IDecodeSink sink)
    {
        if (system >= 0) sink.OnAlive(system, arrived);
        if (observer >= 0) sink.OnAlive(observer, arrived);
        if (system < 0 && observer < 0) sink.OnAlive(-1, arrived);
    }

    bool IsOwn(string uid) => ownPrefix.Length > 0 && uid.StartsWith(ownPrefix, StringComparison.Ordinal);

    /// <summary>Unknown is told as 9,999,999, and often as 0.</summary>
    static double Sigma(in CotPoint point) =>
        point.CircularError is > 0 and < UnknownFrom ? point.CircularError : double.NaN;

    /// <summary>A height of exactly 0 of unknown accuracy is what equipment sends that knows none.</summary>
    static double Height(in CotPoint point)
    {
        bool knowsError = point.LinearError is > 0 and < UnknownFrom;
        return point.HeightMetres is > LeastHeight and < MostHeight && (point.HeightMetres != 0 || knowsError)
            ? point.HeightMetres
            : double.NaN;
    }

    static (double East, double North) Velocity(CotDetail detail)
    {
        (double course, double speed) = detail.Motion is { } motion
            ? (motion.CourseDegrees, motion.Speed)
            : (Number(detail, "course"), Number(detail, "speed"));
        if (!(speed is >= 0 and < MostSpeed && course is >= -360 and <= 360)) return (double.NaN, double.NaN);
        (double sine, double cosine) = Math.SinCos(course * Angles.DegreesToRadians);
        return (speed * sine, speed * cosine);
    }

    static double Number(CotDetail detail, string attribute) =>
        CotText.TryNumber(CotDetailXml.Attribute(detail.Xml, "track", attribute), out double value)
            ? value
            : double.NaN;

    static Callsign CallsignOf(CotDetail detail) =>
        Callsign.From(detail.Contact?.Callsign ?? CotDetailXml.Attribute(detail.Xml, "contact", "callsign"));

    /// <summary>Types come from outside and may be long.</summary>
    static string Short(string type) => type.Length <= 40 ? type : type[..40];
}
