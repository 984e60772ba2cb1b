using System.Collections.Concurrent;
using System.Collections.Immutable;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Identification;
using Nadhir.Outlets;
using Nadhir.Outlets.Tak;
using Nadhir.Sensing;
using Nadhir.Tak;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Tests.Tak;

/// <summary>Boards that a test sets, an outlet that tells of them, and a decoder for what comes back.</summary>
sealed class TakScene : IDecodeSink
{
    readonly CotFeedDecoder decoder;
    volatile Boards boards;

    public TakScene(bool exercise = false)
    {
        Configuration = new()
        {
            Name = "test",
            Exercise = exercise,
            Sender = "test@nadhir.example",
            Origin = new(33, 44),
            TimeZone = "UTC",
            Sensors =
            [
                new() { Id = "neighbour", Kind = SensorKind.System, Feed = "tak", Position = new(33, 44, 0) },
                new() { Id = "people", Kind = SensorKind.Observer, Feed = "tak", Position = new(33, 44, 0) },
            ],
            Zones =
            [
                new() { Id = "round", Name = "Round town", Area = new() { Centre = new(33.1, 44.1), RadiusMetres = 5000 } },
                new()
                {
                    Id = "square", Name = "Square town",
                    Area = new() { Rings = [[new(33, 44), new(33, 44.1), new(33.1, 44.1), new(33.1, 44)]] },
                },
            ],
        };
        OwnPrefix = CotTypes.OwnPrefix(Configuration.Sender);
        decoder = new("tak", Configuration.Sensors, OwnPrefix);
        boards = new() { Now = Now, Sequence = 0 };
    }

    public WatchConfiguration Configuration { get; }
    public string OwnPrefix { get; }
    public ReceiptLog Receipts { get; } = new();
    public ConcurrentQueue<Measurement> Seen { get; } = new();
    public ConcurrentQueue<string> Faults { get; } = new();
    public ConcurrentQueue<int> Alive { get; } = new();
    public Boards Boards { get => boards; set => boards = value; }
    public long OwnEventsReturned => decoder.Own;

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public TakOutlet Outlet(params TakPartner[] partners) =>
        new([.. partners], Configuration, () => boards, Receipts, TimeProvider.System);

    public void Heard(byte[] frame)
    {
        lock (decoder) decoder.Decode(frame, Now, this);
    }

    public void ShowTracks(params TrackRow[] rows) => boards = boards with { Now = Now, Tracks = [.. rows] };

    public static TrackRow TrackAt(int id, double latitude, Identity? identity = null) => new(
        new()
        {
            Id = id,
            Status = TrackStatus.Confirmed,
            State = new()
            {
                Time = Now, East = 0, North = 0, VelocityEast = 0, VelocityNorth = 0, Covariance = default,
                HeightMetres = 2500, SigmaHeightMetres = 100,
            },
            Position = new(latitude, 44.5, 2500),
            GroundSpeed = 210,
            CourseDegrees = 45,
            AccuracyMetres = 200,
            ExistenceProbability = 1,
            FirstSeen = Now,
            LastSeen = Now,
        },
        identity ?? Identity.None);

    public PublicMessage Message(AlertState state, string identifier, MessageType type = MessageType.Alert) => new()
    {
        Identifier = identifier,
        Sender = Configuration.Sender,
        Sent = Now,
        Exercise = Configuration.Exercise,
        Type = type,
        Alert = "A-1",
        State = state,
        Kind = ThreatKind.Aircraft,
        Urgency = "Immediate",
        Severity = "Extreme",
        Certainty = "Likely",
        Response = "Shelter",
        Effective = Now,
        Expires = Now.AddMinutes(10),
        Texts = [new("en", "Air warning", "Take shelter <now>", "Something is coming.", "Go inside."), new("ar", "إنذار", "احتم", "", "")],
        Areas = [new("round", ImmutableSortedDictionary<string, string>.Empty, Configuration.Zones[0].Area)],
    };

    public static DurableDecision Durable(PublicMessage message) => new(1, message.Sent, message.Sent, new MessageIssued(message));

    public async Task<Measurement> WaitForTrack(double seconds = 20)
    {
        await Until(() => !Seen.IsEmpty, seconds, () => $"no measurement; faults: {string.Join(", ", Faults)}");
        return Seen.First();
    }

    public static async Task Until(Func<bool> isTrue, double seconds, Func<string> otherwise)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (!isTrue())
        {
            if (TimeProvider.System.GetElapsedTime(begin).TotalSeconds > seconds) Assert.Fail(otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    void IDecodeSink.OnMeasurement(in Measurement measurement) => Seen.Enqueue(measurement);

    void IDecodeSink.OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) =>
        Faults.Enqueue("a scan mark");

    void IDecodeSink.OnAlive(int sensor, DateTimeOffset time) => Alive.Enqueue(sensor);

    void IDecodeSink.OnFault(DecodeFault fault, int offset, int length, string detail) => Faults.Enqueue($"{fault}: {detail}");
}
