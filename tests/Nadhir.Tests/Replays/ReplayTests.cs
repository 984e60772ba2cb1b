using System.Buffers.Binary;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Journal;
using Nadhir.Replays;
using Nadhir.Storage;

namespace Nadhir.Tests.Replays;

/// <summary>Recordings made up to hold one difficulty each.</summary>
public sealed class ReplayTests
{
    const double Noon = 43_200;

    [Fact]
    public void A_recording_without_times_is_played_by_the_times_that_its_records_tell()
    {
        byte[] bytes = [.. North(Noon), .. North(Noon + 5), .. North(Noon + 4), .. North(Noon + 10)];
        using Replayed replayed = Replayed.Of(bytes);
        DateTimeOffset start = ReplayOptions.NominalDay.AddSeconds(Noon);
        Assert.Equal((start, start.AddSeconds(10)), (replayed.Summary.From, replayed.Summary.To));
        Assert.Equal([0, 5, 5, 10], Received(replayed).Select(entry => (entry.Time - start).TotalSeconds));
    }

    [Fact]
    public void The_clock_ticks_at_every_full_second_and_before_what_arrives_then()
    {
        using Replayed replayed = Replayed.Of([.. North(Noon), .. North(Noon + 3)]);
        Assert.Equal("CTRTTTRT", string.Concat(Entries(replayed).Where(entry => entry.IsInput).Select(entry => entry.Kind.ToString()[0])));
    }

    [Fact]
    public void The_rotation_is_measured_from_north_to_north_when_the_radar_does_not_tell_it()
    {
        byte[] bytes = [.. Enumerable.Range(0, 9).SelectMany(turn => North(Noon + (turn * 6.25)))];
        using Replayed replayed = Replayed.Of(bytes);
        Assert.Equal(6.25, Assert.Single(replayed.Summary.Sensors).PeriodSeconds, 2);
    }

    [Fact]
    public void Plots_lie_around_the_place_that_was_given()
    {
        using Replayed replayed = Replayed.Of(Turns(8), at: new GeoPosition(33, 44, 100));
        Assert.Equal(1, replayed.Summary.Tracks.Confirmed);
        Assert.DoesNotContain("UNKNOWN", replayed.Notes, StringComparison.Ordinal);
        TrackConfirmed confirmed = Assert.Single(Decisions(replayed).OfType<TrackConfirmed>());
        Assert.InRange(Geodesic.Inverse(new(33, 44), confirmed.Position).DistanceMetres, 70_000, 90_000);
    }

    [Fact]
    public void Bytes_that_a_radar_appends_to_every_datagram_are_no_fault()
    {
        byte[] appended = [0xFE, 0xFF, 0xFF, 1, 2, 3, 4, 5];
        byte[] bytes = PacketFile.Udp([.. Enumerable.Range(0, 6).Select(i => (1.7e9 + i, 4000, (byte[])[.. North(Noon + i), .. appended]))]);
        using Replayed replayed = Replayed.Of(bytes, "tail.pcap");
        var feed = Assert.Single(replayed.Summary.Feeds);
        Assert.Equal(("10.0.0.1:4000", 6), (feed.Id, feed.Arrivals));
        Assert.Empty(feed.Faults);
    }

    [Fact]
    public void Several_recordings_are_merged_by_time()
    {
        using TemporaryFile first = new("a.pcap", PacketFile.Udp([(1.7e9, 4000, North(1)), (1.7e9 + 2, 4000, North(3))]));
        using TemporaryFile second = new("b.pcap", PacketFile.Udp([(1.7e9 + 1, 4001, North(2))]));
        using Replayed replayed = Replayed.From(first.Path, second.Path);
        Assert.Equal(["10.0.0.1:4000", "10.0.0.1:4001", "10.0.0.1:4000"], Received(replayed).Select(entry => entry.Source));
    }

    [Fact]
    public void A_time_stamp_years_ahead_costs_no_years_of_ticks()
    {
        using Replayed replayed = Replayed.Of(PacketFile.Udp([(1.7e9, 4000, North(1)), (2.1e9, 4000, North(2))]), "jump.pcap");
        Assert.InRange(replayed.Summary.Entries, 300, 400);
        Assert.Equal(2, Received(replayed).Count());
    }

    [Fact]
    public void A_clock_that_is_far_off_is_corrected_and_said()
    {
        byte[] bytes = PacketFile.Udp([.. Enumerable.Range(0, 20).Select(i => (1.7e9 + i, 4000, North(((1_700_000_000 + i) % 86_400) + 123)))]);
        using Replayed replayed = Replayed.Of(bytes, "clock.pcap");
        Assert.Equal(123, Assert.Single(replayed.Summary.Sensors).ClockOffsetSeconds, 1);
        Assert.Contains("its clock is 123.0 s off", replayed.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_asterix_at_all_is_kept_and_counted()
    {
        using Replayed replayed = Replayed.Of([0xFF, 0x00, 0x02, 0x55, 0x81]);
        Assert.Equal(1, Assert.Single(replayed.Summary.Feeds).Faults.Values.Sum());
        Assert.Equal(5, Received(replayed).Sum(entry => entry.Payload.Length));
        Assert.True(replayed.Verify().Intact);
    }

    static byte[] North(double timeOfDay)
    {
        int time = (int)Math.Round(timeOfDay * 128) % (86_400 * 128);
        return [34, 0, 10, 0b1110_0000, 7, 9, 1, (byte)(time >> 16), (byte)(time >> 8), (byte)time];
    }

    /// <summary>A target 80 km in the north of a radar that turns in 5 s, moving east.</summary>
    static byte[] Turns(int count)
    {
        List<byte> bytes = [];
        for (int turn = 0; turn < count; turn++)
        {
            for (int sector = 0; sector < 32; sector++)
            {
                double at = Noon + (5.0 * turn) + (5.0 * sector / 32);
                bytes.AddRange(ServiceMessages.SectorCrossing(7, 9, at, sector * 8, 5));
                if (sector != 0) continue;
                Append(bytes, at + 0.05, 0.05 + (turn * 5 * 200 / 80_000.0));
            }
        }

        return [.. bytes];
    }

    static void Append(List<byte> bytes, double timeOfDay, double azimuth)
    {
        int time = (int)Math.Round(timeOfDay * 128), range = (int)(80_000 / 1852.0 * 256), theta = (int)(azimuth / (2 * Math.PI) * 65536);
        // I010, I140, I020 (PSR), I040.
        bytes.AddRange([
            48, 0, 14, 0b1111_0000, 7, 9, (byte)(time >> 16), (byte)(time >> 8), (byte)time, 0b0010_0000,
            (byte)(range >> 8), (byte)range, (byte)(theta >> 8), (byte)theta]);
    }

    static List<Entry> Entries(Replayed replayed)
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(replayed.Record);
        return [.. journal.Read().Select(each => each.Entry)];
    }

    static IEnumerable<Entry> Received(Replayed replayed) => Entries(replayed).Where(entry => entry.Kind == EntryKind.Received);

    static IEnumerable<Decision> Decisions(Replayed replayed) => Entries(replayed).Where(entry => entry.Kind == EntryKind.Decision)
        .Select(entry => System.Text.Json.JsonSerializer.Deserialize(entry.Payload.Span, WatchJson.Default.Decision)!);
}
