using CsCheck;
using MQTTnet.Protocol;
using Nadhir.Outlets.Sirens;

namespace Nadhir.Tests.Outlets.Sirens;

public sealed class SubscriptionTreeTests
{
    static readonly Gen<string> Level = Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const(""), Gen.Const("$sys"));
    static readonly Gen<string> Topic = Level.List[1, 4].Select(levels => string.Join('/', levels)).Where(topic => topic.Length > 0);
    static readonly Gen<string> Filter = Gen.Select(
        Gen.OneOf(Level, Gen.Const("+")).List[1, 4], Gen.Bool,
        (levels, further) => string.Join('/', further ? levels.Append("#") : levels)).Where(filter => filter.Length > 0);

    readonly SubscriptionTree<string> tree = new();

    [Fact]
    public void It_finds_whom_one_would_find_asking_each_filter() =>
        Gen.Select(Gen.Select(Filter, Gen.Int[0, 4]).List[0, 12], Topic.List[1, 5]).Sample((wanted, topics) =>
        {
            SubscriptionTree<string> some = new();
            foreach ((string filter, int who) in wanted) Assert.True(some.TryAdd(filter, Listener($"s{who}")));
            foreach (string topic in topics)
            {
                string[] expected =
                [
                    .. wanted.Where(one => Matches(one.Item1.Split('/'), topic.Split('/'), first: true))
                        .Select(one => $"s{one.Item2}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
                ];
                Assert.Equal(expected, some.Find(topic).Keys.Order(StringComparer.Ordinal));
            }
        });

    [Fact]
    public void What_was_taken_away_is_found_no_more_and_the_rest_still_is() =>
        Gen.Select(Gen.Select(Filter, Gen.Int[0, 3]).List[1, 10], Gen.Select(Filter, Gen.Int[0, 3]).List[1, 10], Topic).Sample(
            (kept, gone, topic) =>
            {
                SubscriptionTree<string> some = new(), fresh = new();
                foreach ((string filter, int who) in kept.Concat(gone)) some.TryAdd(filter, Listener($"s{who}"));
                foreach ((string filter, int who) in gone) some.Remove(filter, $"s{who}");
                some.Remove("s0");
                foreach ((string filter, int who) in kept)
                    if (who != 0 && !gone.Contains((filter, who))) fresh.TryAdd(filter, Listener($"s{who}"));
                Assert.Equal(fresh.Find(topic).Keys.Order(StringComparer.Ordinal), some.Find(topic).Keys.Order(StringComparer.Ordinal));
            });

    [Fact]
    public void Of_several_filters_the_best_quality_counts_and_what_the_library_must_do_stays_the_librarys()
    {
        tree.TryAdd("a/+", new("s", MqttQualityOfServiceLevel.AtMostOnce, IsPlain: true));
        tree.TryAdd("a/b", new("s", MqttQualityOfServiceLevel.AtLeastOnce, IsPlain: true));
        Assert.Equal(new("s", MqttQualityOfServiceLevel.AtLeastOnce, true), tree.Find("a/b")["s"]);
        tree.TryAdd("#", new("s", MqttQualityOfServiceLevel.AtMostOnce, IsPlain: false));
        Assert.Equal(new("s", MqttQualityOfServiceLevel.AtLeastOnce, false), tree.Find("a/b")["s"]);
    }

    [Fact]
    public void Too_many_levels_and_too_many_filters_are_refused()
    {
        Assert.False(tree.TryAdd(string.Join('/', Enumerable.Repeat("+", SubscriptionTree<string>.MostLevels + 1)), Listener("s")));
        for (int i = 0; i < SubscriptionTree<string>.MostFilters; i++) Assert.True(tree.TryAdd($"t{i}", Listener("s")));
        Assert.False(tree.TryAdd("one more", Listener("s")));
        Assert.True(tree.TryAdd("t0", Listener("s")));
        Assert.True(tree.TryAdd("one more", Listener("another")));
        tree.Remove("t0", "s");
        Assert.True(tree.TryAdd("one more", Listener("s")));
    }

    /// <summary>MQTT 5, §4.7, word by word. (MQTTnet's own comparison does not let "+/#" mean "a".)</summary>
    static bool Matches(string[] filter, string[] topic, bool first)
    {
        if (filter is ["#"]) return !(first && topic is [['$', ..], ..]);
        if (topic is [] || filter is []) return topic is [] && filter is [];
        bool level = filter[0] == topic[0] || (filter[0] == "+" && !(first && topic[0] is ['$', ..]));
        return level && Matches(filter[1..], topic[1..], first: false);
    }

    static Listener<string> Listener(string who) => new(who, MqttQualityOfServiceLevel.AtLeastOnce, IsPlain: true);
}
