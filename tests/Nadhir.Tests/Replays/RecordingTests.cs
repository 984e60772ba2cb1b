using System.Diagnostics;
using Nadhir.Tests.Outlets;

namespace Nadhir.Tests.Replays;

/// <summary>Real recordings, whose counts somebody else has made too.</summary>
public sealed class RecordingTests
{
    const string Large = "asterix/jade/final_frame_062_065_large_packet_30min.ff";
    const string Small = "asterix/jade/final_frame_062_30min.ff";
    const string Radars = "asterix/croatia/cat_034_048.pcap";

    [Theory]
    [InlineData(Large, 34_225, 22_396, 286)]
    [InlineData(Small, 34_957, 34_957, 219)]
    public void Every_record_of_half_an_hour_is_counted_tracked_and_can_be_decided_again(
        string file, long records, long systemTracks, int numbersFlown)
    {
        using Replayed replayed = Replayed.From(SharedFiles.Find(file));
        FeedSummaryOf(replayed, out var feed);
        Assert.Equal(records, feed.Records.Values.Sum());
        Assert.Equal(systemTracks, feed.SystemTracks);
        Assert.Empty(feed.Faults);
        // One track for each stretch of three reports or more under one number of the source, its message of the end not
        // among them and no gap of more than 60 s: counted from the records.
        Assert.InRange(replayed.Summary.Tracks.Confirmed, 0.95 * numbersFlown, 1.1 * numbersFlown);
        Assert.True(replayed.Verify() is { Intact: true, Sealed: true, DecisionsRecomputed: true });
    }

    [Fact]
    public void A_system_s_tracks_are_confirmed_at_their_third_report()
    {
        using Replayed replayed = Replayed.From(SharedFiles.Find(Small));
        double[] waits = [.. replayed.Report().Tracks.Select(track => (track.ConfirmedAt - track.FirstSeen).TotalSeconds).Order()];
        Assert.InRange(waits[waits.Length / 2], 8, 12); // an update every 5 s
        Assert.InRange(waits[waits.Length * 95 / 100], 8, 21);
    }

    [Fact]
    public void Blocks_and_records_of_a_pcap_are_those_that_tshark_counts()
    {
        string path = SharedFiles.Find(Radars);
        string[] lines = Tshark(path);
        using Replayed replayed = Replayed.From(path);
        Assert.Equal(lines.Length, replayed.Summary.Feeds.Sum(feed => feed.Arrivals));
        Assert.NotEmpty(replayed.Summary.Feeds);
        foreach (var feed in replayed.Summary.Feeds)
        {
            string[][] theirs = [.. lines.Select(line => line.Split('\t'))
                .Where(fields => $"{fields[0]}:{fields[1]}" == feed.Id)];
            Assert.Equal(theirs.Length, feed.Arrivals);
            int[] blocks = [.. theirs.SelectMany(fields => fields[2].Split(',')).Select(int.Parse)];
            Assert.Equal(blocks.Count(category => category == 34), feed.Blocks.GetValueOrDefault("034"));
            Assert.Equal(blocks.Count(category => category == 48), feed.Blocks.GetValueOrDefault("048"));
            Assert.Equal(Each(theirs, 3), feed.Records.GetValueOrDefault("034"));
            Assert.Equal(Each(theirs, 4), feed.Records.GetValueOrDefault("048"));
        }

        static int Each(string[][] lines, int field) =>
            lines.Sum(fields => fields[field].Split(',', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_radar_stands_where_it_says_and_the_others_are_said_to_stand_nowhere()
    {
        using Replayed replayed = Replayed.From(SharedFiles.Find(Radars));
        Assert.Contains("25/11@232.1.1.11:21111: POSITION UNKNOWN", replayed.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("25/12@", replayed.Notes, StringComparison.Ordinal);
        Assert.Equal("found in the capture", replayed.Summary.Sensors.Single(s => s.Id == "25/12@232.1.1.12:21112").Name);
        Assert.Contains("position unknown: plots are placed around the nominal point",
            replayed.Summary.Sensors.Single(s => s.Id == "25/11@232.1.1.11:21111").Name, StringComparison.Ordinal);
        Assert.InRange(replayed.Summary.Sensors.Single(s => s.Id == "25/12@232.1.1.12:21112").PeriodSeconds, 4.94, 4.96);
    }

    [Theory]
    [InlineData(Large, 1)]
    [InlineData(Small, 2)]
    [InlineData(Radars, 3)]
    public void A_damaged_copy_is_replayed_to_its_end_with_its_faults_counted_and_its_bytes_kept(string file, int seed)
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.Find(file));
        Random chance = new(seed);
        for (int i = 0; i < bytes.Length / 2000 + 40; i++) bytes[chance.Next(24, bytes.Length)] ^= (byte)chance.Next(1, 256);
        using Replayed replayed = Replayed.Of(bytes, "damaged.bin");
        Assert.True(replayed.Summary.Feeds.Sum(feed => feed.Faults.Values.Sum()) > 0);
        Assert.True(replayed.Verify() is { Intact: true, DecisionsRecomputed: true });
        foreach (var row in replayed.Report().Feeds)
        {
            var feed = replayed.Summary.Feeds.Single(each => each.Id == row.Id);
            Assert.Equal((row.Arrivals, row.Bytes), (feed.Arrivals, feed.Bytes));
            Assert.Equal(row.Faults.ToDictionary(fault => fault.Fault, fault => fault.Count), feed.Faults);
        }
    }

    [Fact]
    public void The_same_recordings_give_the_same_record()
    {
        string path = SharedFiles.Find(Radars);
        using Replayed first = Replayed.From(path), second = Replayed.From(path);
        Assert.Equal(first.Summary.Root, second.Summary.Root);
    }

    static void FeedSummaryOf(Replayed replayed, out Nadhir.Replays.FeedSummary feed) => feed = Assert.Single(replayed.Summary.Feeds);

    /// <summary>A line a datagram: address, port, categories of the blocks, a SAC for each record of CAT 034 and of CAT 048.</summary>
    static string[] Tshark(string path)
    {
        ProcessStartInfo start = new("tshark") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in new[]
        {
            "-r", path, "-d", "udp.port==21111-22135,asterix", "-T", "fields", "-e", "ip.dst", "-e", "udp.dstport",
            "-e", "asterix.category", "-e", "asterix.034_010_SAC", "-e", "asterix.048_010_SAC",
        }) start.ArgumentList.Add(argument);
        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("tshark is not installed");
            return [];
        }
    }
}
