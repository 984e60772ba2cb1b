using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nadhir.Formats.Captures;
using Nadhir.Units;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>
/// Every value of every item in use in the recordings, against Wireshark's dissector where it is installed. Left out: CAT 001,
/// whose eight records in cat_001_002.pcap it takes for fourteen (the other decoder's text, RecordingTests, has our eight).
/// One reading of its (4.0) is mended before it is compared: negative flight levels.
/// </summary>
public sealed class TsharkItemTests
{
    const int Port = 8600;

    /// <summary>What one of theirs may be in our units: one factor a field, and it must hold for all values of it.</summary>
    static readonly double[] units =
    [
        1, Conversions.MetresPerNauticalMile, Conversions.MetresPerFlightLevel, Conversions.MetresPerFoot,
        Conversions.MetresPerSecondPerKnot, Conversions.MetresPerFoot / 60, 100, 1e-3,
    ];

    /// <summary>
    /// The dissector leaves expansion and special fields alone; registers are ours. The runway of I062/390 holds octets in
    /// this recording that are no characters, which each shows in its own way.
    /// </summary>
    static bool IsOursAlone(string name) => name.Contains("_RE", StringComparison.Ordinal) ||
        name.StartsWith("062_390_RDS", StringComparison.Ordinal) || name.EndsWith("_SP", StringComparison.Ordinal) || name.Contains("_register", StringComparison.Ordinal);

    [Theory]
    [InlineData("jade/final_frame_062_065_large_packet_30min.ff", 800, 100)]
    [InlineData("jade/final_frame_062_30min.ff", 800, 40)]
    [InlineData("croatia/cat_034_048.pcap", 1000, 60)]
    [InlineData("croatia/cat_062_065.pcap", 1000, 40)]
    public void Wireshark_reads_the_same_value_of_every_element(string recording, int arrivals, int leastFields)
    {
        CaptureItem[] items = [.. Capture.Open(SharedData.Find($"asterix/{recording}")).Items().Take(arrivals)];
        if (!IsOnPath("tshark")) Assert.Skip("tshark is not installed");
        List<Dictionary<string, List<string>>> ours = Ours(items), theirs = Theirs(items);
        Assert.Equal(theirs.Count, ours.Count);
        Dictionary<string, double> unitOf = [];
        int values = 0;
        foreach ((Dictionary<string, List<string>> our, Dictionary<string, List<string>> their) in ours.Zip(theirs))
        {
            Assert.Equal(their.Keys.Order(StringComparer.Ordinal), our.Keys.Order(StringComparer.Ordinal));
            foreach ((string name, List<string> found) in our)
            {
                Assert.True(their[name].Count == found.Count, $"{name}: {found.Count} of {their[name].Count}");
                for (int i = 0; i < found.Count; i++, values++)
                    Assert.True(IsSame(name, their[name][i], found[i], unitOf), $"{name}: theirs {their[name][i]}, ours {found[i]}");
            }
        }

        int fields = ours.SelectMany(record => record.Keys).Distinct().Count();
        Assert.True(fields >= leastFields, $"{fields} fields, {values} values");
    }

    static bool IsSame(string name, string theirs, string ours, Dictionary<string, double> unitOf)
    {
        if (theirs == ours) return true;
        // An octet that is no character of ASCII has no right reading: they show a mark, we the octet.
        if (theirs.Contains('\uFFFD', StringComparison.Ordinal)) return theirs.Length == ours.Length && ours.Any(each => each is < ' ' or > '~');
        // Codes: twelve bits as a number, or four octal digits.
        if (name.Contains("_MODE", StringComparison.Ordinal) && ours.Length is 2 or 4)
            return long.TryParse(theirs, NumberStyles.Integer, CultureInfo.InvariantCulture, out long bits) && Convert.ToInt64(ours, 8) == bits;
        if (theirs.StartsWith("0x", StringComparison.Ordinal))
        {
            ulong number = Convert.ToUInt64(theirs, 16);
            return ulong.TryParse(ours, NumberStyles.None, CultureInfo.InvariantCulture, out ulong plain) && plain == number
                || (ulong.TryParse(ours, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong digits) && digits == number);
        }

        if (!double.TryParse(theirs, CultureInfo.InvariantCulture, out double their) || !double.TryParse(ours, CultureInfo.InvariantCulture, out double our)) return false;
        // Flight levels below zero come out of it without their sign: 14 bits of quarters of a level.
        if (name == "048_090_FL" && our < 0) their -= 4096;
        if (their == 0 || our == 0) return their == our;
        if (!unitOf.TryGetValue(name, out double unit))
            unitOf[name] = unit = units.MinBy(each => Math.Abs((their * each / our) - 1));
        return Math.Abs((their * unit) - our) <= 1e-4 * Math.Max(Math.Abs(our), 1e-2);
    }

    static List<Dictionary<string, List<string>>> Ours(CaptureItem[] items)
    {
        List<Dictionary<string, List<string>>> records = [];
        Formats.Asterix.EditionChooser editions = new();
        using MemoryStream lines = new();
        using Formats.Asterix.AsterixJsonWriter writer = new(lines, editions, damage => Assert.Fail(damage.Detail));
        foreach (CaptureItem item in items) writer.Write(item);
        lines.Position = 0;
        using StreamReader text = new(lines);
        while (text.ReadLine() is { } line)
        {
            using JsonDocument record = JsonDocument.Parse(line);
            Dictionary<string, List<string>> values = [];
            Flatten(record.RootElement.GetProperty("items"), $"{record.RootElement.GetProperty("category").GetInt32():000}", values);
            records.Add(values);
        }

        return records;
    }

    static void Flatten(JsonElement element, string name, Dictionary<string, List<string>> values)
    {
        if (IsOursAlone(name)) return;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject()) Flatten(property.Value, $"{name}_{property.Name}", values);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement each in element.EnumerateArray()) Flatten(each, name, values);
        }
        // Text of blanks or zeros: empty to us, left out by the dissector if of zeros.
        else if (!string.IsNullOrWhiteSpace(element.ToString())) Add(values, name, element.ToString());
    }

    static List<Dictionary<string, List<string>>> Theirs(CaptureItem[] items)
    {
        string capture = Path.Combine(Path.GetTempPath(), $"nadhir-test-{Environment.ProcessId}-{items.Length}-{items[0].Bytes.Length}.pcap");
        try
        {
            using (FileStream file = File.Create(capture))
            {
                file.Write([0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 101, 0, 0, 0]);
                foreach (CaptureItem item in items) file.Write(Packet(item.Bytes.Span));
            }

            ProcessStartInfo start = new("tshark") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (string argument in new[] { "-r", capture, "-d", $"udp.port=={Port},asterix", "-T", "json", "--no-duplicate-keys", "-J", "asterix" })
                start.ArgumentList.Add(argument);
            using Process tshark = Process.Start(start)!;
            tshark.ErrorDataReceived += (_, _) => { };
            tshark.BeginErrorReadLine();
            using JsonDocument packets = JsonDocument.Parse(tshark.StandardOutput.BaseStream);
            tshark.WaitForExit();
            List<Dictionary<string, List<string>>> records = [];
            Messages(packets.RootElement, records);
            return records;
        }
        finally
        {
            File.Delete(capture);
        }
    }

    static void Messages(JsonElement element, List<Dictionary<string, List<string>>> records)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement each in element.EnumerateArray()) Messages(each, records);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Name != "asterix.message") Messages(property.Value, records);
                else if (property.Value.ValueKind == JsonValueKind.Array)
                    foreach (JsonElement each in property.Value.EnumerateArray()) Record(each, records);
                else Record(property.Value, records);
            }
        }
    }

    static void Record(JsonElement message, List<Dictionary<string, List<string>>> records)
    {
        Dictionary<string, List<string>> values = [];
        Leaves(message, "", values);
        records.Add(values);
    }

    static void Leaves(JsonElement element, string name, Dictionary<string, List<string>> values)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject()) Leaves(property.Value, property.Name, values);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement each in element.EnumerateArray()) Leaves(each, name, values);
        }
        else if (name.StartsWith("asterix.", StringComparison.Ordinal) && char.IsAsciiDigit(name[8]))
        {
            string plain = name[8..];
            if (plain.EndsWith("_VALUE", StringComparison.Ordinal)) plain = plain[..^6];
            if (!IsOursAlone(plain) && !string.IsNullOrWhiteSpace(element.ToString())) Add(values, plain, element.ToString().TrimEnd());
        }
    }

    static void Add(Dictionary<string, List<string>> values, string name, string value)
    {
        if (!values.TryGetValue(name, out List<string>? list)) values[name] = list = [];
        list.Add(value);
    }

    /// <summary>One UDP datagram over IPv4, without checksums, as a record of a capture of link type 101.</summary>
    static byte[] Packet(ReadOnlySpan<byte> payload)
    {
        byte[] packet = new byte[44 + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(8), 28 + payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(12), 28 + payload.Length);
        (packet[16], packet[24], packet[25], packet[28], packet[31], packet[32], packet[35]) = (0x45, 64, 17, 127, 1, 127, 1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(18), (ushort)(28 + payload.Length));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(36), Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(38), Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(40), (ushort)(8 + payload.Length));
        payload.CopyTo(packet.AsSpan(44));
        return packet;
    }

    static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
