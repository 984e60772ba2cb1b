using Nadhir.Core.Tests.Desks;
using Nadhir.Warning;

namespace Nadhir.Tests.Lessons;

/// <summary>
/// On the German warning day of September 2020 many offices put their messages for the same areas into one system at once;
/// it was flooded, and phones were warned half an hour late. One area has one message, and what is new is an update of it.
/// </summary>
public sealed class Warntag2020Tests
{
    const int Many = 52;

    [Fact]
    public void Fifty_two_tracks_towards_one_zone_are_one_message_with_updates()
    {
        WatchBench bench = new();
        for (int track = 1; track <= Many; track++)
        {
            bench.See(track, 80 - (0.2 * track));
            bench.Wait(1);
        }

        PublicMessage[] told = [.. bench.All.OfType<MessageIssued>().Select(one => one.Message)];
        Assert.Equal(Many, bench.Alert.Tracks.Length);
        Assert.Equal(MessageType.Alert, told[0].Type);
        Assert.All(told.Skip(1), message => Assert.Equal(MessageType.Update, message.Type));
        Assert.InRange(told.Length, 1, 2);
        Assert.Single(bench.All.OfType<SirenCommanded>());
        Assert.Equal("A-z-1", Assert.Single(bench.All.OfType<AlertChanged>().Select(one => one.Alert).Distinct()));
    }

    [Fact]
    public void An_update_says_something_new_and_names_all_before_it()
    {
        WatchBench bench = new();
        for (int track = 1; track <= Many; track++)
        {
            // Each comes sooner than all before it: there is something new to say at every step.
            bench.See(track, 90 - track);
            bench.Wait(10);
        }

        PublicMessage[] told = [.. bench.All.OfType<MessageIssued>().Select(one => one.Message)];
        Assert.InRange(told.Length, 2, 1 + (Many * 10 / 60));
        for (int i = 1; i < told.Length; i++)
        {
            Assert.Equal(told[..i].Select(one => one.Identifier), told[i].References.Select(one => one.Identifier));
            Assert.NotEqual(told[i - 1].Texts[0].Description, told[i].Texts[0].Description);
            // What changes the state is told at once.
            if (told[i].State == told[i - 1].State) Assert.True(told[i].Sent - told[i - 1].Sent >= bench.Configuration.Warning.UpdateEvery);
        }
    }

    [Fact]
    public void Fifty_two_offices_that_raise_the_same_alert_issue_it_once()
    {
        WatchBench bench = new();
        for (int office = 1; office <= Many; office++)
            bench.Give(new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "warning day") { By = $"office {office}" });
        Assert.Single(bench.All.OfType<MessageIssued>());
        Assert.Single(bench.All.OfType<SirenCommanded>());
        Assert.Equal(Many - 1, bench.All.OfType<CommandRefused>().Count(one => one.Reason.Contains("already", StringComparison.Ordinal)));
    }
}
