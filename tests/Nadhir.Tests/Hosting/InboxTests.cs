using CsCheck;
using Nadhir.Hosting;
using Nadhir.Journal;

namespace Nadhir.Tests.Hosting;

/// <summary>What waits for the watch: nothing of worth is lost, and what is lost is counted.</summary>
public sealed class InboxTests
{
    static readonly DateTimeOffset start = new(2024, 7, 30, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Orders_are_served_before_what_sensors_bring()
    {
        Inbox inbox = new();
        inbox.Offer(Arrival("radar", 1));
        inbox.Offer(Order());
        Assert.Equal([EntryKind.Command, EntryKind.Received], All(inbox).Select(input => input.Entry.Kind));
    }

    [Fact]
    public void Feeds_are_served_in_turn_and_each_in_the_order_of_its_arrivals()
    {
        Inbox inbox = new();
        for (int i = 0; i < 3; i++) inbox.Offer(Arrival("loud", i));
        inbox.Offer(Arrival("quiet", 9));
        Assert.Equal(["loud 0", "quiet 9", "loud 1", "loud 2"], All(inbox).Select(Words));
    }

    [Fact]
    public void A_source_that_can_wait_is_told_that_there_is_no_room()
    {
        Inbox inbox = new();
        for (int i = 0; i < Inbox.FeedLimit; i++) Assert.True(inbox.TryOffer(Arrival("file", i)));
        Assert.False(inbox.TryOffer(Arrival("file", -1)));
        Assert.True(inbox.TryOffer(Arrival("other", 1)));
        Assert.Equal(0, inbox.Lost);
    }

    [Fact]
    public void Large_arrivals_are_bounded_by_their_bytes()
    {
        Inbox inbox = new();
        byte[] large = new byte[60_000];
        for (int i = 0; i < 1000; i++) inbox.Offer(new Input(new Entry(EntryKind.Received, start, "video", large), null));
        long held = All(inbox).Sum(input => (long)input.Entry.Payload.Length);
        Assert.InRange(held, Inbox.FeedBytes - large.Length, Inbox.FeedBytes);
        Assert.Equal(1000 - (held / large.Length), inbox.Lost);
    }

    [Fact]
    public void Names_of_feeds_without_end_share_a_line()
    {
        Inbox inbox = new();
        for (int i = 0; i < 3 * Inbox.MostFeeds; i++) inbox.Offer(Arrival($"feed {i}", i));
        Assert.Equal(3 * Inbox.MostFeeds, All(inbox).Count);
    }

    [Fact]
    public void Whatever_comes_and_goes_each_arrival_is_taken_once_or_counted_as_lost() =>
        Gen.Int[0, 9].List[0, 3000].Sample(steps =>
        {
            Inbox inbox = new();
            long offered = 0, taken = 0, told = 0;
            Dictionary<string, int> last = new(StringComparer.Ordinal);
            foreach (int step in steps)
            {
                switch (step)
                {
                    case < 6:
                        for (int k = 0; k < 1 + (step * 200); k++) inbox.Offer(Arrival($"f{step}", (int)offered++));
                        break;
                    case < 9:
                        for (int k = 0; k < 50 && inbox.TryTake(out Input input); k++)
                        {
                            taken++;
                            int number = BitConverter.ToInt32(input.Entry.Payload.Span);
                            if (number <= last.GetValueOrDefault(input.Entry.Source, -1)) return false;
                            last[input.Entry.Source] = number;
                        }

                        break;
                    default:
                        if (inbox.TryTakeLosses(out var losses)) told += losses.Sum(loss => loss.Lost);
                        break;
                }
            }

            taken += All(inbox).Count;
            if (inbox.TryTakeLosses(out var rest)) told += rest.Sum(loss => loss.Lost);
            return taken + told == offered && told == inbox.Lost;
        }, iter: 30);

    [Fact]
    public void What_an_asterix_feed_lost_is_told_by_source()
    {
        Inbox inbox = new(new HashSet<string>(StringComparer.Ordinal) { "radars" });
        for (int i = 0; i < Inbox.FeedLimit + 30; i++)
        {
            byte[] block = [34, 0, 7, 0b1100_0000, 25, (byte)(i % 3 == 0 ? 2 : 1), 1];
            inbox.Offer(new(new Entry(EntryKind.Received, start, "radars", block), null));
            inbox.Offer(new(new Entry(EntryKind.Received, start, "other", block), null));
        }

        Assert.True(inbox.TryTakeLosses(out var losses));
        Assert.Equal(["other", "radars"], losses.Select(loss => loss.Feed));
        Assert.Equal("more came than could be held: the oldest 30 arrivals were lost", losses[0].Detail);
        Assert.Equal("more came than could be held: the oldest 30 arrivals were lost, by SAC/SIC: 25/1 ×20, 25/2 ×10", losses[1].Detail);
    }

    static Input Arrival(string feed, int number) =>
        new(new Entry(EntryKind.Received, start, feed, BitConverter.GetBytes(number)), null);

    static Input Order() => new(new Entry(EntryKind.Command, start, "person", default), null);

    static string Words(Input input) => $"{input.Entry.Source} {BitConverter.ToInt32(input.Entry.Payload.Span)}";

    static List<Input> All(Inbox inbox)
    {
        List<Input> all = [];
        while (inbox.TryTake(out Input input)) all.Add(input);
        return all;
    }
}
