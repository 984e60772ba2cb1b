using System.Text;
using CsCheck;
using Nadhir.Formats.Acoustic;
using Nadhir.Formats.Captures;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Formats.RemoteId;
using Nadhir.Formats.Sapient;
using Nadhir.Formats.Tests.Sapient;

namespace Nadhir.Formats.Tests.Captures;

/// <summary>Recordings of every format, cut into what once arrived.</summary>
public sealed class RecordingTests
{
    static readonly byte[] message = ModeSWriter.AllCall(0x4CA2AD);

    static readonly Dictionary<string, RecordingFormat> formats = new()
    {
        ["beast"] = ModeSRecordings.Beast,
        ["avr"] = ModeSRecordings.Avr,
        ["sbs"] = ModeSRecordings.Sbs,
        ["aircraft-json"] = AircraftJsonRecording.Format,
        ["sapient"] = SapientRecording.Format,
        ["cot"] = CotRecording.Format,
        ["remote-id"] = RemoteIdRecordings.Messages,
        ["remote-id-json"] = RemoteIdRecordings.Json,
        ["acoustic-json"] = AcousticRecording.Format,
    };

    [Theory]
    [InlineData(100_000_000UL, 12_000_000UL)]
    [InlineData((1UL << 48) - 6_000_000, 12_000_000UL)]
    public void Frames_of_Beast_come_as_far_apart_as_the_counter_says_also_when_it_comes_round(ulong first, ulong step)
    {
        ulong[] counters = [.. Enumerable.Range(0, 12).Select(i => (first + ((ulong)i * step)) & ((1UL << 48) - 1))];
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (double)i), Beast(counters).Select(Elapsed));
    }

    [Fact]
    public void Frames_that_were_heard_within_a_moment_arrive_together_when_the_last_is_heard()
    {
        CaptureItem[] items = Beast(12_000_000, 12_000_000 + 12_000, 12_000_000 + 120_000, 24_000_000);
        Assert.Equal([0.01, 1.0], items.Select(Elapsed));
        Assert.Equal(3 * items[1].Bytes.Length, items[0].Bytes.Length);
    }

    [Fact]
    public void A_counter_disciplined_by_GPS_is_a_time_of_day()
    {
        ulong[] stamps = [.. Enumerable.Range(0, 12).Select(i => ((ulong)(86_395 + i) % 86_400 << 30) | 500_000_000)];
        Assert.Equal(Enumerable.Range(0, 12).Select(i => 86_395.5 + i),
            Beast(stamps).Select(item => item.TimeOfDay!.Value.TotalSeconds));
    }

    [Fact]
    public void A_position_worked_out_by_others_and_a_damaged_counter_arrive_with_what_came_before()
    {
        ulong[] counters = [.. Enumerable.Range(1, 12).Select(i => (ulong)i * 12_000_000)];
        counters[3] = 0xFF00_4D4C_4154;
        counters[7] = 0x7FFF_0000_0000;
        Assert.Equal([0, 1, 2, 4, 5, 6, 8, 9, 10, 11], Beast(counters).Select(Elapsed));
    }

    [Fact]
    public void A_counter_that_begins_anew_goes_on_from_where_it_was()
    {
        ulong[] counters = [.. Enumerable.Range(0, 20).Select(i => (ulong)((i < 10 ? 5000 : 3) + (i % 10)) * 12_000_000)];
        double[] times = [.. Beast(counters).Select(Elapsed)];
        Assert.Equal(9, times[9]);
        Assert.Equal(18, times[^1]);
    }

    [Fact]
    public void AVR_tells_a_time_only_with_its_counter()
    {
        StringBuilder with = new(), without = new();
        for (ulong i = 1; i < 4; i++)
        {
            ModeSWriter.AppendAvr(with, message, i * 12_000_000);
            ModeSWriter.AppendAvr(without, message);
        }

        Assert.Equal([0, 1, 2], Cut("avr", with.ToString()).Select(Elapsed));
        CaptureItem[] untimed = Cut("avr", without.ToString());
        Assert.Equal(3, untimed.Length);
        Assert.All(untimed, item => Assert.True(item is { Time: null, TimeOfDay: null, Elapsed: null }));
    }

    [Fact]
    public void Lines_of_BaseStation_arrive_when_they_were_generated_and_those_of_one_moment_together()
    {
        CaptureItem[] items = Cut("sbs",
            "MSG,8,1,1,4CA2AD,1,2018/04/03,19:02:28.136,2018/04/10,21:24:39.436,,,,,,,,,,,,\r\n"
            + "MSG,8,1,1,4CA2AD,1,2018/04/03,19:02:28.136,2018/04/10,21:24:39.437,,,,,,,,,,,,\r\n"
            + "MSG,8,1,1,4CA2AD,1,,,2018/04/03,19:02:30,,,,,,,,,,,,\r\n");
        Assert.Equal([new(2018, 4, 3, 19, 2, 28, 136, TimeSpan.Zero), new(2018, 4, 3, 19, 2, 30, TimeSpan.Zero)],
            items.Select(item => item.Time!.Value));
    }

    [Fact]
    public void Snapshots_are_cut_whether_they_stand_on_a_line_or_on_many()
    {
        CaptureItem[] items = Cut("aircraft-json",
            "{\"now\":1772366400.5,\"aircraft\":[]}\n{ \"now\" : 1772366401.5,\n \"aircraft\" : [\n{\"hex\":\"4ca2ad\"}\n]\n}\n");
        Assert.Equal([1772366400.5, 1772366401.5], items.Select(item => item.Time!.Value.ToUnixTimeMilliseconds() / 1000.0));
    }

    [Fact]
    public void A_damaged_line_of_JSON_costs_only_itself()
    {
        CaptureItem[] items = Cut("acoustic-json",
            "{\"time\":\"2026-03-01T12:00:00Z\",\"bearing_deg\":1}\n{\"time\":\"2026-03-01T12:00:01Z\",\"bear\n"
            + "{\"time\":\"2026-03-01T12:00:02Z\",\"detections\":[{\"bearing_deg\":1}\n{\"time\":\"2026-03-01T12:00:03Z\",\"bearing_deg\":2}\n");
        Assert.Equal(4, items.Length);
        Assert.Equal([0, 0, 0, 3], items.Select(item => (item.Time!.Value - items[0].Time!.Value).TotalSeconds));
        Assert.Contains("bearing_deg\":2", Encoding.UTF8.GetString(items[3].Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_of_SAPIENT_in_JSON_become_the_frames_that_would_have_come()
    {
        byte[] binary = TestMessages.Message(TestMessages.Status());
        SapientDocument document = new();
        Assert.True(document.TryRead(binary));
        using MemoryStream json = new();
        using (System.Text.Json.Utf8JsonWriter writer = new(json)) document.WriteJson(writer);
        CaptureItem fromJson = Assert.Single(Cut("sapient", json.ToArray()));
        CaptureItem fromFrame = Assert.Single(Cut("sapient", SapientFrame.Wrap(binary)));
        Assert.Equal(fromFrame.Bytes.ToArray(), fromJson.Bytes.ToArray());
        Assert.Equal((TestMessages.Sent, TestMessages.Sent), (fromFrame.Time, fromJson.Time));
    }

    [Fact]
    public void Events_arrive_when_they_were_made_in_XML_and_in_protobuf()
    {
        DateTimeOffset noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        byte[] stream =
        [
            .. CotXmlWriter.Write(Event(noon)), (byte)'\n',
            .. TakProtobuf.WriteStream(new(null, Event(noon.AddSeconds(2)))), .. CotXmlWriter.Write(Event(noon.AddSeconds(3))),
        ];
        CaptureItem[] items = Cut("cot", stream);
        Assert.Equal([noon, noon.AddSeconds(2), noon.AddSeconds(3)], items.Select(item => item.Time!.Value));
        byte[] mesh = TakProtobuf.WriteMesh(new(null, Event(noon)));
        Assert.Equal((noon, mesh.Length), (Assert.Single(Cut("cot", mesh)).Time, Cut("cot", mesh)[0].Bytes.Length));
    }

    [Fact]
    public void Remote_ID_is_cut_by_its_lengths_and_hexadecimal_text_by_its_lines()
    {
        byte[] basic = new byte[RemoteIdMessage.Length], pack = new byte[RemoteIdMessage.Length + RemoteIdMessage.PackHeader];
        new RemoteIdBasicId(RemoteIdIdType.SerialNumber, 2, ShortText.From("1581F45T7228K00SERI")).Write(basic);
        RemoteIdMessage.WritePack(basic, pack);
        Assert.Equal([25, 28, 25], Cut("remote-id", [.. basic, .. pack, .. basic]).Select(item => item.Bytes.Length));
        string lines = $"{Convert.ToHexString([1, 2, 3, 4, 5, 6, 200, .. basic])}\n{Convert.ToHexString(pack)}\n";
        Assert.Equal([32, 28], Cut("remote-id", lines).Select(item => item.Bytes.Length));
    }

    [Theory]
    [InlineData("{\"mac\":\"02:00:00:00:00:01\",\"drone_lat\":33,\"drone_long\":44,\"timestamp\":\"2026-03-01T12:00:00Z\"}")]
    [InlineData("[{\"Basic ID\":{\"id\":\"A\"},\"ts\":1772366400}]")]
    [InlineData("{\"basic_id\":\"A\",\"time\":1772366400000}")]
    public void A_receiver_of_Remote_ID_may_say_in_several_ways_when_it_heard(string document) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1772366400), Assert.Single(Cut("remote-id-json", document)).Time);

    public static TheoryData<string, byte[]> Samples()
    {
        byte[] basic = new byte[RemoteIdMessage.Length];
        new RemoteIdBasicId(RemoteIdIdType.SerialNumber, 2, ShortText.From("1581F45T7228K00SERI")).Write(basic);
        List<byte> beast = [];
        StringBuilder avr = new();
        for (ulong i = 1; i < 5; i++)
        {
            ModeSWriter.AppendBeast(beast, message, i * 12_000_000);
            ModeSWriter.AppendAvr(avr, message, i * 12_000_000);
        }

        return new()
        {
            { "beast", [.. beast] },
            { "avr", Encoding.ASCII.GetBytes(avr.ToString()) },
            { "sbs", "MSG,8,1,1,4CA2AD,1,2018/04/03,19:02:28.136,2018/04/10,21:24:39.436,,,,,,,,,,,,\r\n"u8.ToArray() },
            { "aircraft-json", "{\"now\":1772366400.5,\"aircraft\":[{\"hex\":\"4ca2ad\"}]}"u8.ToArray() },
            { "sapient", SapientFrame.Wrap(TestMessages.Message(TestMessages.Status())) },
            { "cot", CotXmlWriter.Write(Event(DateTimeOffset.UnixEpoch)) },
            { "cot", TakProtobuf.WriteMesh(new(null, Event(DateTimeOffset.UnixEpoch))) },
            { "remote-id", [.. basic, .. basic] },
            { "remote-id-json", "{\"mac\":\"a\",\"drone_lat\":33,\"drone_long\":44}"u8.ToArray() },
            { "acoustic-json", "{\"node\":\"b-17\",\"detections\":[]}"u8.ToArray() },
        };
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_a_recording_holds_says_which_one_format_it_is(string format, byte[] sample) =>
        Assert.Equal([format], formats.Where(pair => pair.Value.IsOne(sample)).Select(pair => pair.Key));

    [Fact]
    public void ASTERIX_is_none_of_the_other_formats()
    {
        byte[] block = [34, 0, 10, 0b1110_0000, 7, 9, 1, 0x54, 0x60, 0];
        Assert.DoesNotContain(formats.Values, format => format.IsOne(block));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_bytes_make_the_cutting_throw_lose_bytes_or_run_backwards(string format, byte[] sample) =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, int.MaxValue]).Sample((damages, seed) =>
        {
            Random random = new(seed);
            byte[] bytes = [.. Enumerable.Repeat(sample, 6).SelectMany(each => each)];
            for (int i = 0; i < damages; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(bytes.Length + 1)];
            CaptureItem[] items = Cut(format, bytes);
            _ = formats[format].IsOne(bytes);
            for (int i = 1; i < items.Length; i++)
            {
                Assert.True(items[i].Time is null || items[i].Time >= items[i - 1].Time);
                Assert.True(items[i].Elapsed is null || items[i].Elapsed >= items[i - 1].Elapsed);
                Assert.True(items[i].TimeOfDay is null || items[i].TimeOfDay >= items[i - 1].TimeOfDay);
            }

            if (format is "beast" or "avr" or "sbs")
                Assert.Equal(bytes, items.SelectMany(item => item.Bytes.ToArray()));
        }, iter: 2000);

    [Fact]
    public void Brackets_that_never_close_cost_no_more_than_a_few_looks()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\n", 200_000)));
        Assert.Equal(200_000, Cut("aircraft-json", bytes).Length);
    }

    static CotEvent Event(DateTimeOffset time) => new()
    {
        Uid = "a", Type = "a-u-A", How = "m-g", Time = time, Start = time, Stale = time.AddSeconds(30),
        Point = new(33, 44, 1000, 10, 10),
    };

    static CaptureItem[] Beast(params ulong[] counters)
    {
        List<byte> stream = [];
        foreach (ulong counter in counters) ModeSWriter.AppendBeast(stream, message, counter, signal: 99);
        return Cut("beast", [.. stream]);
    }

    static CaptureItem[] Cut(string format, string text) => Cut(format, Encoding.UTF8.GetBytes(text));

    static CaptureItem[] Cut(string format, byte[] bytes) => [.. formats[format].Cut(bytes, null)];

    static double Elapsed(CaptureItem item) => item.Elapsed!.Value.TotalSeconds;
}
