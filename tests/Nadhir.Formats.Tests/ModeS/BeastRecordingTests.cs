using Nadhir.Formats.ModeS;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>A recording that two other decoders have read: the same messages, the same values.</summary>
public sealed class BeastRecordingTests
{
    [Fact]
    public void Every_message_another_decoder_believes_is_believed_and_reads_the_same()
    {
        (List<HeardMessage> heard, int frames, int modeAC) = BeastRecording.Hear(BeastRecording.Bytes());
        Assert.Equal((13_954, 5_026), (frames, modeAC));
        List<HeardMessage> believed = [.. heard.Where(message => message.Hearing == Hearing.Believed)];
        List<List<string>> expected = Blocks(File.ReadAllLines(SharedData.Find("modes/beastblackbox/beast_decoded_dump1090.txt")));
        Assert.Equal(8_922, expected.Count);
        Assert.Equal(8_922, believed.Count);
        Assert.Equal(6, heard.Count(message => message.Hearing == Hearing.UnknownAddress));

        // What differs by its ways and not by ours (Dump1090Text says how), and how often.
        Assert.Equal((1_492, 174), (Lines(expected, "Vertical rate:"), Lines(expected, "SIL:               3 (per sample)")));

        List<string> differences = [];
        for (int i = 0; i < believed.Count; i++)
        {
            HeardMessage ours = believed[i];
            List<string> lines = Dump1090Text.Of(ours.Message, ours.Sender, ours.Counter, ours.Signal, ours.Place);
            differences.AddRange(lines.Except(expected[i], StringComparer.OrdinalIgnoreCase).Select(line => $"{i} ours: {line}"));
            differences.AddRange(expected[i].Except(lines, StringComparer.OrdinalIgnoreCase).Select(line => $"{i} theirs: {line}"));
        }

        Assert.True(differences.Count == 0, $"{differences.Count}\n" + string.Join('\n', differences.Take(60)));
    }

    static int Lines(List<List<string>> blocks, string begin) =>
        blocks.Sum(block => block.Count(line => line.StartsWith(begin, StringComparison.Ordinal)));

    /// <summary>
    /// Left out: times since the last message and the log's start, the log's own clock, and callsigns of BDS 2,0.
    /// </summary>
    static List<List<string>> Blocks(string[] lines)
    {
        List<List<string>> blocks = [];
        foreach (string raw in lines)
        {
            string line = raw.TrimStart();
            if (line.StartsWith("Total processed", StringComparison.Ordinal)) break;
            if (line.StartsWith('*')) blocks.Add([]);
            if (line.Length == 0 || line.StartsWith("Realtime", StringComparison.Ordinal)) continue;
            if (line.StartsWith("Ident:", StringComparison.Ordinal) && blocks[^1][4].StartsWith("DF:2", StringComparison.Ordinal)) continue;
            if (line.StartsWith("Time:", StringComparison.Ordinal)) line = line.Split(',')[0];
            if (line.StartsWith("Ident:", StringComparison.Ordinal)) line = line.TrimEnd();
            blocks[^1].Add(line);
        }

        return blocks;
    }
}
