using System.Buffers.Binary;
using CsCheck;
using Nadhir.DutyConsole;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Tracking;

namespace Nadhir.Tests.Console;

public sealed class TrackFrameTests
{
    static readonly DateTimeOffset Now = SyntheticWatch.Start;

    [Fact]
    public void A_record_has_every_field_in_the_place_that_the_docs_name()
    {
        Track track = SyntheticBoards.Make(4711, new(32.9123456, -44.1234567), 250.1, 359.99, 6000, Now, TrackStatus.Coasting) with
        {
            Class = new(0.1, 0, 0, 0, 0.9),
        };
        byte[] frame = TrackFrame.Encode([new(track, new(IdentityKind.Cooperative, null, []))], exercise: true, Now, 77);

        Assert.Equal(24 + 32, frame.Length);
        Assert.Equal(1, frame[0]);
        Assert.Equal(1, frame[1]);
        Assert.Equal(32, BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(2)));
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4)));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), BinaryPrimitives.ReadDoubleLittleEndian(frame.AsSpan(8)));
        Assert.Equal(77, BinaryPrimitives.ReadInt64LittleEndian(frame.AsSpan(16)));
        ReadOnlySpan<byte> record = frame.AsSpan(24);
        Assert.Equal(4711, BinaryPrimitives.ReadInt32LittleEndian(record));
        Assert.Equal(329_123_456, BinaryPrimitives.ReadInt32LittleEndian(record[4..]));
        Assert.Equal(-441_234_567, BinaryPrimitives.ReadInt32LittleEndian(record[8..]));
        Assert.Equal(600, BinaryPrimitives.ReadInt16LittleEndian(record[12..]));
        Assert.Equal(2501, BinaryPrimitives.ReadUInt16LittleEndian(record[14..]));
        Assert.Equal(35_999, BinaryPrimitives.ReadUInt16LittleEndian(record[16..]));
        Assert.Equal(2 | (1 << 4), record[18]);
        Assert.Equal(5, record[19]);
        Assert.Equal(120, BinaryPrimitives.ReadUInt16LittleEndian(record[20..]));
        Assert.Equal(30, BinaryPrimitives.ReadUInt16LittleEndian(record[22..]));
        Assert.Equal(0, BinaryPrimitives.ReadInt16LittleEndian(record[24..]));
        Assert.Equal(252, record[26]);
        Assert.Equal(230, record[27]);
        Assert.Equal(120, BinaryPrimitives.ReadUInt16LittleEndian(record[28..]));
        Assert.Equal(0, record[30]);
    }

    [Fact]
    public void The_ellipse_of_the_position_is_told_with_its_axes_and_where_the_longer_one_points() =>
        Gen.Select(Gen.Double[0, 179.9], Gen.Double[10, 400], Gen.Double[0.05, 0.9], Gen.Double[0, 359], Gen.Double[-20, 20]).Sample(
            (bearing, major, share, course, convergence) =>
            {
                // On the plane everything is turned by the convergence, the track's own course too.
                double minor = major * share;
                (double sin, double cos) = Math.SinCos((bearing + convergence) * Math.PI / 180);
                (double sinCourse, double cosCourse) = Math.SinCos((course + convergence) * Math.PI / 180);
                Track made = SyntheticBoards.Make(1, new(33, 44), 200, course, 6000, Now, TrackStatus.Confirmed);
                Track track = made with
                {
                    AccuracyMetres = major,
                    State = made.State with
                    {
                        VelocityEast = 200 * sinCourse, VelocityNorth = 200 * cosCourse,
                        Covariance = new((major * major * sin * sin) + (minor * minor * cos * cos),
                            ((major * major) - (minor * minor)) * sin * cos, 0, 0,
                            (major * major * cos * cos) + (minor * minor * sin * sin), 0, 0, 1, 0, 1),
                    },
                };
                byte[] frame = TrackFrame.Encode([Row(track)], false, Now, 0);
                Assert.Equal(minor, BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(24 + 28)), 0.51);
                double told = frame[24 + 30] * 180 / 256d;
                Assert.True(Math.Abs(Math.IEEERemainder(told - bearing, 180)) < 0.4, $"{told} for {bearing}");
            });

    [Fact]
    public void A_dropped_track_is_left_out() => Assert.Equal(
        TrackFrame.HeaderBytes,
        TrackFrame.Encode([Row(SyntheticBoards.Make(1, new(33, 44), 100, 0, 0, Now, TrackStatus.Dropped))], false, Now, 0).Length);

    [Fact]
    public void A_track_is_shown_where_it_is_now_not_where_it_was_seen() =>
        Gen.Select(Gen.Double[-70, 70], Gen.Double[-179, 179], Gen.Double[0, 360], Gen.Double[0, 700], Gen.Double[0, 60]).Sample(
            (latitude, longitude, course, speed, seconds) =>
            {
                Track track = SyntheticBoards.Make(1, new(latitude, longitude), speed, course, 1000, Now, TrackStatus.Confirmed);
                GeoPoint shown = TrackFrame.Reckon(track, Now.AddSeconds(seconds));
                GeoPoint exact = Geodesic.Direct(new(latitude, longitude), course, speed * seconds);
                // 42 km on a plane at 70° of latitude: below 400 m, the width of a symbol; at 250 m/s and 10 s below a metre.
                Assert.True(Geodesic.Inverse(shown, exact).DistanceMetres < 400);
            });

    [Fact]
    public void A_track_is_not_moved_on_for_ever()
    {
        Track track = SyntheticBoards.Make(1, new(33, 44), 250, 90, 1000, Now, TrackStatus.Coasting);
        Assert.Equal(TrackFrame.Reckon(track, Now.AddSeconds(60)), TrackFrame.Reckon(track, Now.AddHours(3)));
        Assert.Equal(track.Position.Point, TrackFrame.Reckon(track, Now.AddSeconds(-5)));
    }

    [Fact]
    public void No_number_is_too_odd_to_be_written() =>
        Gen.Select(Gen.Double, Gen.Double, Gen.Double, Gen.Double).Sample((speed, course, height, accuracy) =>
        {
            Track track = SyntheticBoards.Make(1, new(33, 44), speed, course, height, Now, TrackStatus.Confirmed) with { AccuracyMetres = accuracy };
            byte[] frame = TrackFrame.Encode([Row(track)], false, Now, 0);
            short written = BinaryPrimitives.ReadInt16LittleEndian(frame.AsSpan(24 + 12));
            Assert.Equal(double.IsNaN(height), written == TrackFrame.Unknown);
        });

    [Fact]
    public void A_section_is_sent_again_only_after_it_changed()
    {
        SyntheticWatch watch = new();
        BoardsFrame first = BoardsFrame.After(null, watch.Current, 0);
        BoardsFrame second = BoardsFrame.After(first, watch.Current with { Sequence = 9 }, 0);
        BoardsFrame third = BoardsFrame.After(second, watch.Current with { Alerts = [] }, 0);
        Assert.Equal("now sequence withheld", Keys(second.ChangedSince(1)));
        Assert.Equal("now sequence withheld alerts", Keys(third.ChangedSince(1)));
        Assert.Equal(3 + BoardsFrame.SectionNames.Length, Keys(third.ChangedSince(0)).Split(' ').Length);
    }

    [Fact]
    public async Task Who_was_slow_gets_the_newest_value_and_none_of_those_between()
    {
        Latest<string> latest = new();
        Task<string> waiting = latest.Next(null, TestContext.Current.CancellationToken);
        latest.Publish("one");
        latest.Publish("two");
        Assert.Equal("one", await waiting);
        Assert.Equal("two", await latest.Next("one", TestContext.Current.CancellationToken));
        Assert.False(latest.Next(latest.Value, TestContext.Current.CancellationToken).IsCompleted);
    }

    static string Keys(byte[] json) =>
        string.Join(' ', System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateObject().Select(property => property.Name));

    static TrackRow Row(Track track) => new(track, Identity.None);
}
