using System.Runtime.CompilerServices;
using CsCheck;
using Nadhir.Core.Tests.Tracking;
using Nadhir.Core.Tests.Tracking.Capabilities;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Sensing;

/// <summary>What sensors take an object for: their words, and where they come out.</summary>
public sealed class ObjectReportTests
{
    [Theory]
    [InlineData("UAV Rotary Wing", ObjectClass.UavRotor)]
    [InlineData("uav_fixed-wing", ObjectClass.UavFixedWing)]
    [InlineData("Air Vehicle", ObjectClass.Aircraft)]
    [InlineData("DRONE", ObjectClass.Uav)]
    [InlineData("propeller", ObjectClass.Propeller)]
    [InlineData("Unknown", ObjectClass.None)]
    [InlineData(" ", ObjectClass.None)]
    [InlineData("flying saucer", ObjectClass.Other)]
    [InlineData("a word so long that nobody would call anything by it at all", ObjectClass.Other)]
    public void Words_become_the_classes_of_a_fixed_vocabulary(string words, ObjectClass expected) =>
        Assert.Equal(expected, ObjectWords.Read(words));

    [Fact]
    public void Every_class_but_other_is_meant_by_some_word() =>
        Assert.All(Enum.GetValues<ObjectClass>().Except([ObjectClass.None, ObjectClass.Other]), each =>
            Assert.Equal(each, ObjectWords.Read(each.ToString())));

    [Fact]
    public void Any_text_is_read_without_a_throw() => Gen.String.Sample(text => Assert.True(Enum.IsDefined(ObjectWords.Read(text))));

    [Fact]
    public void Confidence_and_level_are_kept_to_a_hundredth_and_a_tenth_of_a_decibel() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[-1000, 1000]).Sample((confidence, level) =>
        {
            ObjectReport report = new(ObjectClass.Uav, confidence, level);
            Assert.Equal(confidence, report.Confidence!.Value, 0.00501);
            Assert.Equal(level, report.LevelDecibels!.Value, 0.0501);
        });

    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(-0.1, 1001)]
    [InlineData(1.1, double.NegativeInfinity)]
    public void What_cannot_be_is_not_told(double confidence, double level)
    {
        ObjectReport report = new(ObjectClass.Uav, confidence, level);
        Assert.Equal((ObjectClass.Uav, (double?)null, (double?)null), (report.Class, report.Confidence, report.LevelDecibels));
    }

    /// <summary>It lies where there was padding: a plot is no larger for it.</summary>
    [Fact]
    public void A_measurement_stays_small() => Assert.Equal(160, Unsafe.SizeOf<Measurement>());

    [Fact]
    public void A_track_says_what_each_sensor_took_it_for_and_forgets_it_with_the_sensor()
    {
        Flight path = RadarWorld.Straight(-40_000, 10_000, 60, 90, 1000);
        MixedWorld world = new(7,
            [MixedWorld.Other("A", SensorKind.System, 60), MixedWorld.Other("B", SensorKind.System, 60), MixedWorld.Other("C", SensorKind.System, 60)]);
        Tell(0, new(ObjectClass.UavFixedWing, 0.8), until: 300);
        Tell(1, new(ObjectClass.Bird), until: 100);
        Tell(2, default, until: 300);
        List<Track> seen = [];
        world.Run(300, t => { if (world.Tracker.Tracks is [var track] && t is 60 or 240) seen.Add(track); });
        Assert.Equal([new(0, new(ObjectClass.UavFixedWing, 0.8)), new(1, new(ObjectClass.Bird))], seen[0].ReportedAs);
        Assert.Equal([new SensorReport(0, new(ObjectClass.UavFixedWing, 0.8))], seen[^1].ReportedAs);

        void Tell(int sensor, ObjectReport what, double until) => world.Every(4, sensor, t =>
        {
            (double east, double north, double _) = path(t)!.Value;
            return t > until ? null : MixedWorld.Place(MeasurementKind.SystemTrack, sensor, t, east, north) with
            {
                SourceTrack = 3, ReportedAs = what, VelocityEast = 60, VelocityNorth = 0,
            };
        }, from: sensor);
    }
}
