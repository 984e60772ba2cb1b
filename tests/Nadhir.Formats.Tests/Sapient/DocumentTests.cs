using System.Text;
using System.Text.Json;
using CsCheck;
using Google.Protobuf;
using Nadhir.Formats.Sapient;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Sapient;

/// <summary>The same message as protobuf and as JSON, and what is said about one that is not as it should be.</summary>
public sealed class DocumentTests
{
    const string Node = "a8654cdf-4328-47de-81fa-c495589e30c8";

    [Fact]
    public void Any_message_survives_protobuf_and_JSON_and_is_valid() =>
        Gen.UInt.Sample(
            seed =>
            {
                byte[] written = new AnySapient(new((int)seed)).Message().ToBytes();
                SapientDocument document = new();
                Assert.True(document.TryRead(written), string.Join('\n', document.Reasons));
                Assert.Equal(written, document.ToBytes());
                byte[] json = Json(document);
                SapientDocument again = new();
                Assert.True(again.TryReadJson(json), string.Join('\n', again.Reasons));
                Assert.Equal(json, Json(again));
                Assert.Equal(written, again.ToBytes());
            },
            iter: 3_000);

    [Fact]
    public void Published_samples_survive_protobuf()
    {
        SapientDocument document = new(), again = new();
        Assert.All(Directory.GetFiles(SharedData.Find("sapient/True"), "*.json"), file =>
        {
            Assert.True(document.TryReadJson(File.ReadAllBytes(file)));
            byte[] binary = document.ToBytes();
            Assert.True(again.TryRead(binary));
            Assert.Equal(Json(document), Json(again));
            Assert.Equal(binary, again.ToBytes());
        });
    }

    [Fact]
    public void Bytes_are_those_that_the_library_of_protobuf_writes()
    {
        using MemoryStream stream = new();
        using (CodedOutputStream output = new(stream, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteMessage(
                new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1_700_000_000, Nanos = 123_456_700 });
            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteString(Node);
            output.WriteTag(5, WireFormat.WireType.LengthDelimited);
            output.WriteLength(2);
            output.WriteTag(1, WireFormat.WireType.Varint);
            output.WriteBool(true);
        }

        SapientDocument ours = new();
        ours.Add(SapientDocument.Root, Flex335.Root["timestamp"],
            DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddTicks(1_234_567));
        ours.Add(SapientDocument.Root, Flex335.Root["node_id"], Node);
        int ack = ours.Add(SapientDocument.Root, Flex335.Root["registration_ack"]);
        ours.Add(ack, Flex335.Message("RegistrationAck")["acceptance"], true);
        Assert.Equal(stream.ToArray(), ours.ToBytes());
    }

    [Theory]
    [InlineData("""{"error":{"packet":"AAA=","errorMessage":["x"]}}""", "timestamp missing", "node_id missing")]
    [InlineData("""{"alert":{"alertId":"x"},"task":{}}""", "content is told twice")]
    [InlineData("""{"alert":{"confidence":"much"}}""", "alert.confidence: 'much' is not a number")]
    [InlineData("""{"alert":{"alertType":"ALERT_TYPE_LOUD"}}""", "alert.alert_type: 'ALERT_TYPE_LOUD' is not a AlertType")]
    [InlineData("""{"alert":{"associatedFile":{}}}""", "alert.associated_file: '{' is not a list")]
    [InlineData("""{"alert":{"description":"a","description":"b"}}""", "alert: description is there twice")]
    [InlineData("""{"alert":{"sound":1}}""", "alert.sound is not a field of Alert")]
    [InlineData("""{"registrationAck":{"acceptance":"yes"}}""", "registration_ack.acceptance: 'yes' is not a true or false")]
    [InlineData("""{"taskAck":{"taskStatus":"TASK_STATUS_UNSPECIFIED"}}""", "task_ack.task_status missing (unspecified)")]
    [InlineData("""{"timestamp":"2023-07-07 12:44"}""", "timestamp: '2023-07-07 12:44' is not a time")]
    [InlineData("[1,2]", "not an object")]
    [InlineData("{\"alert\":", "not JSON")]
    [InlineData("", "not JSON")]
    public void What_is_wrong_is_told_with_its_path(string json, params string[] expected)
    {
        SapientDocument document = new();
        Assert.False(document.TryReadJson(Encoding.UTF8.GetBytes(json)));
        Assert.All(expected, text =>
            Assert.Contains(document.Reasons, reason => reason.StartsWith(text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(new byte[] { 0x0A }, DecodeFault.Truncated)] // a tag and no length
    [InlineData(new byte[] { 0x0A, 0x05, 0x08 }, DecodeFault.Truncated)] // five bytes told, one there
    [InlineData(new byte[] { 0x00 }, DecodeFault.NotThisFormat)] // field 0
    [InlineData(new byte[] { 0x10, 0x01 }, DecodeFault.NotThisFormat)] // the node's identifier as a number
    [InlineData(new byte[] { 0x12, 0x01, 0xFF }, DecodeFault.BadValue)] // not UTF-8
    [InlineData(new byte[] { 0x12, 0x00, 0x12, 0x00 }, DecodeFault.BadValue)] // there twice
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, DecodeFault.Truncated)]
    [InlineData(new byte[] { 0xA3, 0x06 }, DecodeFault.Truncated)] // a group
    public void Damaged_protobuf_is_told_apart(byte[] bytes, DecodeFault expected)
    {
        SapientDocument document = new();
        Assert.False(document.TryRead(bytes));
        Assert.Equal(expected, document.Damage);
        Assert.NotEmpty(document.Reasons);
    }

    [Fact]
    public void A_field_of_a_later_edition_is_passed_over()
    {
        byte[] known = new AnySapient(new(5)).Message().ToBytes();
        byte[] later = [.. known, 0xC2, 0x3E, 0x03, 1, 2, 3, 0xC8, 0x3E, 0x07, 0xCD, 0x3E, 1, 2, 3, 4, 0xC9, 0x3E, 1,
            2, 3, 4, 5, 6, 7, 8];
        SapientDocument document = new();
        Assert.True(document.TryRead(later), string.Join('\n', document.Reasons));
        Assert.Equal(known, document.ToBytes());
    }

    [Fact]
    public void Operators_are_read_packed_and_one_by_one_alike()
    {
        SapientMessageType type = Flex335.Message("FilterParameter");
        Assert.True(type["operators"].Repeated);
        // registration > mode_definition > task > region_definition > class_filter_definition > filter_parameter >
        // operators
        SapientDocument packed = new(), single = new();
        packed.TryRead(Nested([0x12, 0x03, 1, 2, 3], 1, 4, 2, 11, 7, 4));
        single.TryRead(Nested([0x10, 1, 0x10, 2, 0x10, 3], 1, 4, 2, 11, 7, 4));
        Assert.Equal(Json(single), Json(packed));
        Assert.Contains("OPERATOR_LESS_THAN", Encoding.UTF8.GetString(Json(packed)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        byte[] bytes = [];
        for (int i = 0; i < 60; i++) bytes = [.. Header(4, bytes.Length), .. bytes]; // sub_class of sub_class
        bytes = Nested(bytes, 3, 3, 4, 10, 7, 4);
        SapientDocument document = new();
        Assert.False(document.TryRead(bytes));
        Assert.Equal(DecodeFault.BadLength, document.Damage);
        Assert.Contains("levels", document.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void More_values_than_there_is_room_for_are_refused()
    {
        byte[] many = new byte[4 * SapientDocument.MostEntries];
        for (int i = 0; i < many.Length; i += 2) many[i] = 0x0A; // node_definition, empty, again and again
        SapientDocument document = new();
        Assert.False(document.TryRead(Nested(many, 4)));
        Assert.Equal(DecodeFault.BadLength, document.Damage);
        Assert.False(document.TryRead(new byte[SapientDocument.MostBytes + 1]));
        Assert.Equal(DecodeFault.BadLength, document.Damage);
    }

    [Fact]
    public void A_message_with_a_thousand_faults_names_a_few_of_them()
    {
        byte[] many = new byte[20_000];
        for (int i = 0; i < many.Length; i += 2) many[i] = 0x0A;
        SapientDocument document = new();
        Assert.False(document.TryRead(Nested(many, 4)));
        Assert.Equal(SapientDocument.MostReasons, document.Reasons.Count);
        Assert.Equal("and more", document.Reasons[^1]);
    }

    [Fact]
    public void A_valid_message_costs_no_memory_once_the_tables_have_grown()
    {
        byte[] message = TestMessages.Detection("\"location\":" + TestMessages.Degrees(44.1, 33.2));
        SapientDocument document = new();
        Assert.True(document.TryRead(message));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) document.TryRead(message);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Bytes within messages; the innermost field first.</summary>
    static byte[] Nested(byte[] bytes, params int[] fields)
    {
        foreach (int field in fields) bytes = [.. Header(field, bytes.Length), .. bytes];
        return bytes;
    }

    static byte[] Header(int field, int length)
    {
        List<byte> header = [(byte)((field << 3) | 2)];
        for (; length >= 0x80; length >>= 7) header.Add((byte)(length | 0x80));
        header.Add((byte)length);
        return [.. header];
    }

    static byte[] Json(SapientDocument document)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream)) document.WriteJson(writer);
        return stream.ToArray();
    }
}
